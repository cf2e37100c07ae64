import { Select, Textarea } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '@house/api/client.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { Consequences, type Consequence } from '@house/parts/Consequences.tsx';
import { Money } from '@house/parts/Money.tsx';
import { notify } from '@house/parts/notices.ts';
import { customerOptions, nameOf, type Customer } from './customers.ts';
import { isRelayOnly, together } from './draft.ts';
import en from './texts.en.ts';

/** Two entries of one person become one: what the survivor would have is shown before, and it can be taken back. */
export function MergeCustomer({ customer, onClose }: { customer: Customer; onClose: () => void }) {
  const t = useTexts(en);
  const queries = useQueryClient();
  const [otherId, setOther] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const other = useQuery({ ...customerOptions(otherId ?? ''), enabled: otherId !== null });
  const preview = useMergePreview(customer, other.data ?? null);
  const fresh = () => queries.invalidateQueries({ queryKey: ['customers'] });
  const merge = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/customers/{id}/merge', { params: { path: { id: customer.id } }, body: { other: otherId as never, reason: reason.trim() || null } })),
    onSuccess: async () => {
      await fresh();
      const merged = otherId!;
      notify(t('merge.done', { name: other.data ? nameOf(other.data) : merged }), () => ask(api.POST('/api/v1/customers/{id}/unmerge', { params: { path: { id: merged } }, body: {} })).then(fresh));
      onClose();
    },
  });
  const relay = [customer, other.data].find((c) => c && isRelayOnly(c));
  return (
    <Consequences
      opened
      onClose={onClose}
      title={t('merge.title', { name: nameOf(customer) })}
      rows={otherId === null ? [] : preview}
      confirm={t('merge')}
      notYet={otherId === null ? t('merge.choose') : relay ? t('merge.relay', { name: nameOf(relay) }) : null}
      onConfirm={() => merge.mutate()}
      isPending={merge.isPending}
      error={merge.error ?? other.error}
    >
      <p className="sy-muted">{t('merge.text', { name: nameOf(customer) })}</p>
      <OtherCustomer not={customer.id} value={otherId} onChange={setOther} />
      <Textarea label={t('reasonIfAny')} value={reason} onChange={(e) => setReason(e.currentTarget.value)} maxLength={500} autosize minRows={1} />
    </Consequences>
  );
}

function useMergePreview(one: Customer, other: Customer | null): Consequence[] | null {
  const t = useTexts(en);
  const { number } = useFormat();
  if (!other) return null;
  const after = together(one, other);
  const sums = (value: readonly { currency: string; totalMinor: number }[]) =>
    value.length === 0 ? '–' : value.map((v) => <div key={v.currency}><Money minor={v.totalMinor} currency={v.currency} /></div>);
  const seen = [...(one.history?.value ?? []), ...(other.history?.value ?? [])].every((v) => typeof (v.totalMinor as number | undefined) === 'number');
  const list = (texts: readonly (string | null)[]) => texts.filter(Boolean).map((text) => <div key={text} dir="auto">{text}</div>);
  return [
    { what: t('name'), now: list([nameOf(one), nameOf(other)]), after: list([nameOf(one)]) },
    { what: t('orders'), now: `${number(one.history?.orders ?? 0)} + ${number(other.history?.orders ?? 0)}`, after: number(after.orders) },
    ...(seen ? [{ what: t('merge.bought'), now: sums(one.history?.value ?? []), after: sums(after.value) }] : []),
    { what: t('merge.foundBy'), now: list([one.email, ...one.otherEmails]), after: list(after.emails) },
    { what: t('numbers'), now: number(one.externalIds.length), after: number(after.numbers) },
    ...(other.blockedReason !== null || one.blockedReason !== null
      ? [{ what: t('blocked'), now: one.blockedReason ?? t('no'), after: one.blockedReason ?? other.blockedReason }]
      : []),
  ];
}

/** Whoever else there is, by name, email or telephone. */
function OtherCustomer({ not, value, onChange }: { not: string; value: string | null; onChange: (id: string | null) => void }) {
  const t = useTexts(en);
  const [typed, setTyped] = useState('');
  const [isOpen, setOpen] = useState(false);
  const [asked] = useDebouncedValue(typed.trim(), 200);
  const { data } = useQuery({
    queryKey: ['customers', 'offer', asked],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/customers', { params: { query: { query: wordsOf(asked), limit: 8 } }, signal })),
    enabled: asked.length >= 2,
    retry: false,
    placeholderData: (before) => before,
  });
  const found = (data?.data ?? []).filter((c) => c.id !== not);
  return (
    <Select
      label={t('merge.other')}
      placeholder={t('merge.hint')}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t('clear') }}
      value={value}
      onChange={onChange}
      onSearchChange={setTyped}
      filter={({ options }) => options}
      description={asked.length >= 2 && data && found.length === 0 ? t('merge.none') : t('merge.type')}
      // A list without entries is none: what is missing is said above.
      dropdownOpened={isOpen && found.length > 0}
      onDropdownOpen={() => setOpen(true)}
      onDropdownClose={() => setOpen(false)}
      data={found.map((c) => ({ value: c.id as string, label: [nameOf(c), c.email, c.addresses[0]?.city].filter(Boolean).filter((x, i, all) => all.indexOf(x) === i).join(' · ') }))}
      data-autofocus
    />
  );
}

const wordsOf = (text: string) => (/^[\p{L}\p{N}@._+\s-]+$/u.test(text) && !/^-|\s-/.test(text) ? text : `"${text.replaceAll('"', '')}"`);
