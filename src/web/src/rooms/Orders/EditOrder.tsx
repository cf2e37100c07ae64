import { ActionIcon, Autocomplete, Button, Checkbox, Modal, NumberInput, Textarea, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask, askWithStatus, ifMatch } from '@house/api/client.ts';
import { ApiError, byField } from '@house/api/problem.ts';
import { IconPlus, IconTrash } from '@house/icons.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { ClashDialog } from '@house/parts/ClashDialog.tsx';
import { notify } from '@house/parts/notices.ts';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { Section } from '@house/parts/Section.tsx';
import { useActorName } from '@house/useActorName.ts';
import { AddressForm } from '@rooms/Drafts/AddressForm.tsx';
import { clashOf, emptyDraft, mayBeReplaced, takesOthers, wishOf, type Draft } from './edit.ts';
import css from './EditOrder.module.css';
import { EditDifference } from './EditDifference.tsx';
import { orderOptions, type Order } from './orders.ts';
import { useOrderChange } from './useOrderChange.ts';
import en from './texts.en.ts';

/** Changes an order; what it would do to money, stock and dates is shown before it is saved. */
export function EditOrder({ order, onClose }: { order: Order; onClose: () => void }) {
  const t = useTexts(en);
  const queries = useQueryClient();
  // As it was when the person began: what somebody else changes meanwhile is told, not overwritten.
  const [start] = useState(order);
  const [draft, setDraft] = useState<Draft>(emptyDraft);
  const [reason, setReason] = useState('');
  const [clash, setClash] = useState<Order | null>(null);
  const set = (change: Partial<Draft>) => setDraft((now) => ({ ...now, ...change }));
  const wish = wishOf(start, draft);
  const isChanged = Object.keys(wish).length > 0;

  const [asked] = useDebouncedValue(JSON.stringify(wish), 350);
  const preview = useQuery({
    queryKey: ['orders', order.id, 'edit-preview', asked],
    queryFn: ({ signal }) => ask(api.POST('/api/v1/orders/{id}/edit/preview', { params: { path: { id: order.id } }, body: JSON.parse(asked) as typeof wish, signal })),
    enabled: asked !== '{}',
    retry: false,
    placeholderData: (before) => before,
  });
  const save = useOrderChange(
    order.id,
    (version: number) =>
      askWithStatus(api.POST('/api/v1/orders/{id}/edit', { params: { path: { id: order.id } }, body: { ...wish, reason: reason || null }, headers: ifMatch(version) })),
    ({ status }) => {
      notify(status === 202 ? t('edit.wasAsked') : t('edit.done', { number: order.number }));
      onClose();
    },
  );
  const submit = (version: number) =>
    save.mutate(version, {
      onError: (error) => {
        if (error instanceof ApiError && error.isClash)
          void queries.fetchQuery({ ...orderOptions(order.id), staleTime: 0 }).then(setClash, () => undefined);
      },
    });
  const faults = { ...byField(preview.error), ...byField(save.error) };
  const editable = start.lines.filter((l) => l.kind === 'goods' || l.kind === 'bundle');
  const isClash = save.error instanceof ApiError && save.error.isClash;

  if (clash && isClash)
    return (
      <Clash
        before={start}
        now={clash}
        draft={draft}
        isPending={save.isPending}
        onDiscard={() => {
          setClash(null);
          onClose();
        }}
        onReapply={() => submit(clash.version)}
      />
    );
  return (
    <Modal opened onClose={onClose} title={t('edit.title', { number: order.number })} size="min(920px, 100%)" closeButtonProps={{ 'aria-label': t('close') }}>
      <form
        className={css.form}
        onSubmit={(e) => {
          e.preventDefault();
          submit(start.version);
        }}
      >
        <div className={css.fields}>
          <Section title={t('lines')}>
            <ul className={css.lines}>
              {editable.map((l) => {
                const quantity = draft.quantities[l.line] ?? l.quantity - l.cancelled;
                return (
                  <li key={l.line} className={css.line} data-removed={quantity === 0 || undefined}>
                    <span className={css.name}>
                      <span dir="auto">{l.name ?? l.sku}</span>
                      <bdi className="sy-code sy-meta">{l.sku}</bdi>
                      {mayBeReplaced(l) && (
                        <Checkbox
                          size="xs"
                          className={css.takes!}
                          label={t('edit.takesOthers')}
                          aria-label={t('edit.takesOthersOf', { sku: l.sku })}
                          checked={draft.substitutes[l.line] ?? takesOthers(l)}
                          disabled={quantity === 0}
                          onChange={(e) => set({ substitutes: { ...draft.substitutes, [l.line]: e.currentTarget.checked } })}
                        />
                      )}
                    </span>
                    <NumberInput
                      aria-label={t('edit.quantityOf', { sku: l.sku })}
                      className={css.quantity}
                      value={quantity}
                      min={0}
                      max={100_000}
                      allowDecimal={false}
                      onChange={(v) => set({ quantities: { ...draft.quantities, [l.line]: Number(v) || 0 } })}
                    />
                    <ActionIcon aria-label={t('edit.remove', { sku: l.sku })} onClick={() => set({ quantities: { ...draft.quantities, [l.line]: 0 } })} disabled={quantity === 0}>
                      <IconTrash size={16} aria-hidden />
                    </ActionIcon>
                  </li>
                );
              })}
              {draft.added.map((a, i) => (
                <li key={i} className={css.line}>
                  <ProductField value={a.sku} error={faults[`add.${i}.sku`]} onChange={(sku) => set({ added: draft.added.with(i, { ...a, sku }) })} />
                  <NumberInput
                    aria-label={t('edit.quantityOf', { sku: a.sku })}
                    className={css.quantity}
                    value={a.quantity}
                    min={1}
                    max={100_000}
                    allowDecimal={false}
                    onChange={(v) => set({ added: draft.added.with(i, { ...a, quantity: Number(v) || 1 }) })}
                  />
                  <ActionIcon aria-label={t('edit.remove', { sku: a.sku })} onClick={() => set({ added: draft.added.toSpliced(i, 1) })}>
                    <IconTrash size={16} aria-hidden />
                  </ActionIcon>
                </li>
              ))}
            </ul>
            <Button variant="subtle" size="compact-sm" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => set({ added: [...draft.added, { sku: '', quantity: 1 }] })} className={css.add}>
              {t('edit.add')}
            </Button>
          </Section>
          <Section title={t('address.shipping')}>
            <AddressForm place="shippingAddress" address={draft.address ?? start.shippingAddress} usualName={start.customer?.name ?? ''} faults={faults} onChange={(address) => set({ address })} />
          </Section>
          <Section title={t('edit.more')}>
            <div className={css.address}>
              <TextInput label={t('column.method')} value={draft.method ?? start.method ?? ''} error={faults['method']} onChange={(e) => set({ method: e.currentTarget.value })} />
              <TextInput label={t('customer.email')} type="email" value={draft.email ?? start.customer?.email ?? ''} error={faults['customer.email']} onChange={(e) => set({ email: e.currentTarget.value })} />
              <TextInput label={t('customer.phone')} type="tel" value={draft.phone ?? start.customer?.phone ?? ''} error={faults['customer.phone']} onChange={(e) => set({ phone: e.currentTarget.value })} />
            </div>
            <Textarea label={t('reason')} value={reason} onChange={(e) => setReason(e.currentTarget.value)} maxLength={500} autosize minRows={2} />
          </Section>
        </div>
        <div className={css.side}>
          <EditDifference order={start} wish={wish} preview={isChanged ? preview.data : undefined} isWorking={preview.isFetching} error={isChanged ? preview.error : null} />
          <ProblemAlert error={isClash ? null : save.error} what={t('edit.failed')} />
          <div className={css.buttons}>
            <Button variant="default" onClick={onClose}>
              {t('back')}
            </Button>
            <Button type="submit" loading={save.isPending} disabled={!isChanged}>
              {t('edit.save')}
            </Button>
          </div>
          {!isChanged && <p className="sy-meta">{t('edit.nothing')}</p>}
        </div>
      </form>
    </Modal>
  );
}

/** A product by SKU or a word of its name. */
function ProductField({ value, error, onChange }: { value: string; error?: string | undefined; onChange: (sku: string) => void }) {
  const t = useTexts(en);
  const [asked] = useDebouncedValue(value.trim(), 200);
  const { data } = useQuery({
    queryKey: ['products', 'offer', asked],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/products', { params: { query: { query: asked, limit: 8 } as never }, signal })),
    enabled: asked.length >= 2,
    retry: false,
  });
  const products = (data?.data ?? []) as { sku: string; name?: string | null }[];
  return (
    <Autocomplete
      className="sy-grow"
      aria-label={t('edit.sku')}
      placeholder={t('edit.sku')}
      value={value}
      onChange={onChange}
      error={error}
      data={[...new Set(products.map((p) => p.sku))]}
      filter={({ options }) => options}
      renderOption={({ option }) => (
        <span>
          <bdi className="sy-code">{option.value}</bdi> <span className="sy-muted">{products.find((p) => p.sku === option.value)?.name}</span>
        </span>
      )}
      data-autofocus
    />
  );
}

function Clash({ before, now, draft, isPending, onReapply, onDiscard }: { before: Order; now: Order; draft: Draft; isPending: boolean; onReapply: () => void; onDiscard: () => void }) {
  const t = useTexts(en);
  const nameOf = useActorName();
  const { data } = useQuery({
    queryKey: ['orders', now.id, 'since', before.seq],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/orders/{id}/timeline', { params: { path: { id: now.id }, query: { limit: 20, since: before.seq } }, signal })),
  });
  // Others may have touched it too; whoever edited it is whom one wants to ask.
  const last = data?.data.find((e) => e.kind === 'OrderEdited') ?? data?.data[0];
  return (
    <ClashDialog
      opened
      who={last ? nameOf(last.actor) : null}
      at={last?.at ?? null}
      isPending={isPending}
      onReapply={onReapply}
      onDiscard={onDiscard}
      rows={clashOf(before, now, draft).map((row) => ({
        what: (
          <>
            {row.about && <bdi className="sy-code">{row.about} </bdi>}
            {row.what === 'shippingAddress' ? t('address.shipping') : t.maybe(`change.${row.what}`)}
          </>
        ),
        before: row.before || '–',
        theirs: row.theirs === row.before ? <span className="sy-muted">{row.theirs || '–'}</span> : <strong>{row.theirs || '–'}</strong>,
        mine: row.mine,
      }))}
    />
  );
}
