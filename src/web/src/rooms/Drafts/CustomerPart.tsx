import { Button, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { api, ask, type Schema } from '@house/api/client.ts';
import { IconPlus, IconX } from '@house/icons.ts';
import { useCountryName } from '@house/i18n/useCountryName.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { Section } from '@house/parts/Section.tsx';
import { Status } from '@house/parts/Status.tsx';
import { useMay } from '@house/session.tsx';
import type { Order } from '@rooms/Orders/orders.ts';
import css from './CustomerPart.module.css';
import { oneLine } from './addresses.ts';
import { addressOf, askedOf, isBlank, isPostcode, newCustomer, type Form } from './draft.ts';
import { FindBox } from './FindBox.tsx';
import { KnownCustomer } from './KnownCustomer.tsx';
import type { Part } from './part.ts';
import en from './texts.en.ts';

type Customer = Schema['CustomerView'];
type Found = { kind: 'known'; id: string; name: string; more: string; customer: Customer | null; order: Order | null } | { kind: 'new'; text: string };

/** Who orders: found by name, email, telephone or postcode, or made of what was typed; what they had before stands beside. */
export function CustomerPart({ form, change, faults, isNew, onPicked }: Part & { isNew: boolean; onPicked: () => void }) {
  const t = useTexts(en);
  const [text, setText] = useState('');
  const find = useRef<HTMLInputElement>(null);
  const isChosen = Boolean(form.customerId || form.name || form.email || form.phone);
  const [isOpen, setOpen] = useState(isChosen);
  const { found, isBusy } = useFound(text, !isOpen);
  useEffect(() => {
    // After the page has taken the focus for itself.
    if (isNew) requestAnimationFrame(() => requestAnimationFrame(() => find.current?.focus()));
  }, [isNew]);

  const pick = (who: Found) => {
    setText('');
    setOpen(true);
    if (who.kind === 'new') {
      const guess = newCustomer(who.text);
      change((now) => ({ ...now, customerId: null, reference: null, ...guess }));
      requestAnimationFrame(() => document.querySelector<HTMLInputElement>(`[data-place="customer.${guess.name ? 'email' : 'name'}"]`)?.focus());
      return;
    }
    const c = who.customer;
    const order = who.order;
    change((now) => ({
      ...now,
      customerId: who.id,
      reference: null,
      name: c?.name ?? order?.customer?.name ?? '',
      email: c?.email ?? order?.customer?.email ?? '',
      phone: c?.phone ?? order?.customer?.phone ?? '',
      type: c?.kind === 'company' ? 'wholesale' : now.type,
      shipping: isBlank(now.shipping) && order?.shippingAddress ? addressOf(order.shippingAddress) : now.shipping,
    }));
    onPicked();
  };
  const leave = () => {
    setOpen(false);
    change((now) => ({ ...now, customerId: null, reference: null, name: '', email: '', phone: '' }));
    requestAnimationFrame(() => find.current?.focus());
  };

  return (
    <Section
      title={t('customer')}
      actions={
        isOpen && (
          <Button className={css.leave!} variant="subtle" size="compact-sm" leftSection={<IconX size={14} aria-hidden />} onClick={leave}>
            {t('customer.other')}
          </Button>
        )
      }
    >
      {!isOpen ? (
        <div data-place="customer">
          <FindBox<Found>
            label={t('customer.find')}
            hint={t('customer.hint')}
            text={text}
            onText={setText}
            items={found}
            idOf={(f) => (f.kind === 'new' ? 'new' : f.id)}
            show={(f) => <Choice found={f} />}
            onPick={pick}
            onEnter={() => false}
            input={find}
            isBusy={isBusy}
            fault={faults['customer']}
          />
        </div>
      ) : (
        <Chosen form={form} change={change} faults={faults} />
      )}
    </Section>
  );
}

function Choice({ found }: { found: Found }) {
  const t = useTexts(en);
  if (found.kind === 'new')
    return (
      <>
        <IconPlus size={16} aria-hidden />
        <span>{t('customer.new', { text: found.text })}</span>
      </>
    );
  return (
    <span className={css.choice}>
      <bdi className="sy-strong sy-clip">{found.name}</bdi>
      <bdi className="sy-muted sy-clip">{found.more}</bdi>
      {found.customer?.blockedReason && <Status tone="bad" isPlain>{t('customer.blocked')}</Status>}
    </span>
  );
}

/** Customers by what is known of them, and by the postcode their orders went to; last, somebody new. */
function useFound(typed: string, isOn: boolean): { found: Found[]; isBusy: boolean } {
  const may = useMay();
  const countryName = useCountryName();
  const [asked] = useDebouncedValue(typed.trim(), 180);
  const isAsked = isOn && asked.length >= 2;
  const people = useQuery({
    queryKey: ['drafts', 'find', 'customers', asked],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/customers', { params: { query: { query: askedOf(asked), limit: 8 } }, signal })),
    enabled: isAsked && may('customers:read'),
    retry: false,
  });
  const orders = useQuery({
    queryKey: ['drafts', 'find', 'postcodes', asked],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/orders', { params: { query: { query: `postcode:${asked.replace(/[\s-]/g, '')}*`, limit: 20 } }, signal })),
    enabled: isAsked && isPostcode(asked) && may('orders:read'),
    retry: false,
  });
  const known = new Map<string, Found>();
  if (isAsked) {
    for (const o of orders.data?.data ?? []) {
      const id = o.customer?.id;
      if (!id || known.has(id)) continue;
      known.set(id, { kind: 'known', id, name: o.customer?.name ?? o.shippingAddress?.name ?? o.customer?.email ?? `#${o.number}`, more: oneLine({ ...o.shippingAddress!, name: null }, countryName), customer: null, order: o });
    }
    for (const c of people.data?.data ?? []) {
      const before = known.get(c.id);
      known.set(c.id, { kind: 'known', id: c.id, name: c.name ?? c.email ?? c.phone ?? c.id, more: [c.email, c.phone].filter(Boolean).join(' · '), customer: c, order: before?.kind === 'known' ? before.order : null });
    }
  }
  const found = [...known.values()].slice(0, 10);
  if (isOn && typed.trim().length >= 2) found.push({ kind: 'new', text: typed.trim() });
  return { found, isBusy: people.isFetching || orders.isFetching };
}

function Chosen({ form, change, faults }: Pick<Part, 'form' | 'change' | 'faults'>) {
  const t = useTexts(en);
  const set = (part: Partial<Form>) => change((now) => ({ ...now, ...part }));
  return (
    <>
      <div className={css.fields}>
        <TextInput label={t('customer.name')} data-place="customer.name" value={form.name} error={faults['customer.name'] ?? faults['customer']} dir="auto" autoComplete="off" maxLength={200} onChange={(e) => set({ name: e.currentTarget.value })} />
        <TextInput label={t('customer.email')} data-place="customer.email" type="email" value={form.email} error={faults['customer.email']} autoComplete="off" maxLength={320} onChange={(e) => set({ email: e.currentTarget.value })} />
        <TextInput label={t('customer.phone')} data-place="customer.phone" type="tel" value={form.phone} error={faults['customer.phone']} autoComplete="off" maxLength={64} onChange={(e) => set({ phone: e.currentTarget.value })} />
      </div>
      {form.customerId ? <KnownCustomer id={form.customerId} form={form} change={change} /> : <Same form={form} change={change} />}
    </>
  );
}

/** Somebody with this email or number is known already: their order belongs to them. */
function Same({ form, change }: Pick<Part, 'form' | 'change'>) {
  const t = useTexts(en);
  const may = useMay();
  const contact = form.email.includes('@') ? form.email.trim() : form.phone.replace(/\D/g, '').length >= 7 ? form.phone : '';
  const [asked] = useDebouncedValue(contact, 300);
  const { data } = useQuery({
    queryKey: ['drafts', 'find', 'same', asked],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/customers', { params: { query: { query: askedOf(asked), limit: 1 } }, signal })),
    enabled: asked !== '' && may('customers:read'),
    retry: false,
  });
  const same = data?.data[0];
  const isSame = same && (same.email?.toLowerCase() === asked.toLowerCase() || (!asked.includes('@') && same.phone));
  if (!isSame) return <p className="sy-meta">{t('customer.isNew')}</p>;
  return (
    <p className={css.same} role="status">
      <span>{t.node('customer.same', { who: <bdi className="sy-strong">{same.name ?? same.email}</bdi> })}</span>
      <Button variant="default" size="compact-sm" onClick={() => change((now) => ({ ...now, customerId: same.id, name: now.name || (same.name ?? ''), phone: now.phone || (same.phone ?? ''), email: now.email || (same.email ?? '') }))}>
        {t('customer.take')}
      </Button>
    </p>
  );
}
