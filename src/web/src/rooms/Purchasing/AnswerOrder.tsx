import { NumberInput, Select, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '@house/api/client.ts';
import { byField } from '@house/api/problem.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { Consequences } from '@house/parts/Consequences.tsx';
import { notify } from '@house/parts/notices.ts';
import css from './SupplierOrders.module.css';
import type { Answer, SupplierOrder } from './supplierOrders.ts';
import en from './texts.en.ts';

const reasons = ['missing', 'damaged', 'busy', 'closed', 'other'] as const;

/** What the supplier answered, for whoever heard it: confirmed, sent, refused, stopped. */
export function AnswerOrder({ order, answer, onClose }: { order: SupplierOrder; answer: Answer; onClose: () => void }) {
  const t = useTexts(en);
  const { number } = useFormat();
  const queries = useQueryClient();
  const open = (order.lines ?? []).filter((l) => l.open > 0);
  const [units, setUnits] = useState<Record<number, number>>(() => Object.fromEntries(open.map((l) => [l.line, l.open])));
  const [text, setText] = useState({ reference: order.reference ?? '', expected: '', carrier: '', tracking: '', note: '' });
  const [reason, setReason] = useState<(typeof reasons)[number]>('missing');
  const [stopped, setStopped] = useState('yes');
  const put = (change: Partial<typeof text>) => setText((now) => ({ ...now, ...change }));
  const at = { params: { path: { number: order.number } } };
  const lines = open.every((l) => units[l.line] === l.open) ? null : open.filter((l) => (units[l.line] ?? 0) > 0).map((l) => ({ line: l.line, quantity: units[l.line]! }));
  const save = useMutation({
    mutationFn: () => {
      const or = (s: string) => s.trim() || null;
      if (answer === 'confirm') return ask(api.POST('/api/v1/purchase-orders/{number}/confirm', { ...at, body: { reference: or(text.reference), expectedAt: text.expected ? new Date(`${text.expected}T12:00:00`).toISOString() : null, lines } }));
      if (answer === 'ship') return ask(api.POST('/api/v1/purchase-orders/{number}/ship', { ...at, body: { carrier: or(text.carrier), service: null, tracking: or(text.tracking), lines } }));
      if (answer === 'reject') return ask(api.POST('/api/v1/purchase-orders/{number}/reject', { ...at, body: { reason, note: or(text.note), lines } }));
      return ask(api.POST('/api/v1/purchase-orders/{number}/stop-answer', { ...at, body: { accepted: stopped === 'yes', reason: or(text.note), carrier: or(text.carrier), tracking: or(text.tracking) } }));
    },
    onSuccess: async () => {
      notify(t(`po.${answer}.done`, { number: order.number }));
      await queries.invalidateQueries({ queryKey: ['purchase-orders'] });
      void queries.invalidateQueries({ queryKey: ['orders'] });
      onClose();
    },
  });
  const faults = byField(save.error);
  const told = open.reduce((n, l) => n + (units[l.line] ?? 0), 0);
  const all = open.reduce((n, l) => n + l.open, 0);
  const rows =
    answer === 'stop'
      ? [{ what: t('po.goods'), now: t('po.stop.asked'), after: t(stopped === 'yes' ? 'po.stop.back' : 'po.stop.gone') }]
      : [
          { what: t('po.units'), now: t('po.openUnits', { n: all }), after: t(`po.${answer}.units`, { n: told }) },
          ...(told < all && answer === 'confirm' ? [{ what: t('po.rest'), now: number(all - told), after: t('po.elsewhere') }] : []),
          ...(answer === 'reject' ? [{ what: t('po.rest'), now: number(told), after: t('po.elsewhere') }] : []),
        ];
  return (
    <Consequences opened isDanger={answer === 'reject'} onClose={onClose} title={t(`po.${answer}.title`, { number: order.number })} rows={rows} confirm={t(`po.${answer}`)} notYet={answer !== 'stop' && told === 0 ? t('po.someUnits') : null} onConfirm={() => save.mutate()} isPending={save.isPending} error={save.error}>
      {answer === 'confirm' && (
        <>
          <TextInput label={t('po.reference')} value={text.reference} onChange={(e) => put({ reference: e.currentTarget.value })} error={faults['reference']} maxLength={100} data-autofocus />
          <TextInput type="date" label={t('po.expected')} value={text.expected} onChange={(e) => put({ expected: e.currentTarget.value })} error={faults['expectedAt']} />
        </>
      )}
      {answer === 'reject' && <Select label={t('po.reason')} value={reason} allowDeselect={false} data={reasons.map((r) => ({ value: r, label: t(`po.reason.${r}`) }))} onChange={(v) => v && setReason(v as typeof reason)} error={faults['reason']} data-autofocus />}
      {answer === 'stop' && <Select label={t('po.stop.did')} value={stopped} allowDeselect={false} data={[{ value: 'yes', label: t('po.stop.yes') }, { value: 'no', label: t('po.stop.no') }]} onChange={(v) => v && setStopped(v)} data-autofocus />}
      {(answer === 'ship' || (answer === 'stop' && stopped === 'no')) && (
        <>
          <TextInput label={t('po.carrier')} value={text.carrier} onChange={(e) => put({ carrier: e.currentTarget.value })} error={faults['carrier']} maxLength={100} data-autofocus />
          <TextInput label={t('po.tracking')} value={text.tracking} onChange={(e) => put({ tracking: e.currentTarget.value })} error={faults['tracking']} maxLength={100} />
        </>
      )}
      {(answer === 'reject' || answer === 'stop') && <Textarea label={t('po.note')} value={text.note} onChange={(e) => put({ note: e.currentTarget.value })} error={faults['note']} maxLength={500} autosize minRows={2} />}
      {answer !== 'stop' && (
        <div className={css.lines}>
          {open.map((l) => (
            <NumberInput key={l.line} label={t('po.unitsOfLine', { what: l.name ?? l.sku })} value={units[l.line] ?? 0} min={0} max={l.open} allowDecimal={false} onChange={(v) => setUnits((now) => ({ ...now, [l.line]: Number(v) || 0 }))} />
          ))}
        </div>
      )}
    </Consequences>
  );
}
