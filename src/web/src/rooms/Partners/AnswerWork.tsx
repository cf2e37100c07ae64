import { NumberInput, Select, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '@house/api/client.ts';
import { byField } from '@house/api/problem.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { Consequences } from '@house/parts/Consequences.tsx';
import { notify } from '@house/parts/notices.ts';
import { useKept } from './useAnswerId.ts';
import type { Answer, Work } from './work.ts';
import en from './texts.en.ts';

const reasons = ['missing', 'damaged', 'busy', 'closed', 'other'] as const;

/** Accept, reject, report missing, or say whether it could be stopped. */
export function AnswerWork({ work, answer, onClose }: { work: Work; answer: Exclude<Answer, 'ship'>; onClose: () => void }) {
  const t = useTexts(en);
  const queries = useQueryClient();
  const id = useKept();
  const open = work.lines.filter((l) => l.open > 0);
  const all = open.reduce((n, l) => n + l.open, 0);
  const [units, setUnits] = useState<Record<number, number>>(() => Object.fromEntries(open.map((l) => [l.line, answer === 'short' ? 0 : l.open])));
  const [text, setText] = useState({ reference: work.reference ?? '', expected: '', note: '', carrier: '', tracking: '' });
  const [reason, setReason] = useState<(typeof reasons)[number]>(answer === 'short' ? 'missing' : 'busy');
  const [stopped, setStopped] = useState('yes');
  const put = (change: Partial<typeof text>) => setText((now) => ({ ...now, ...change }));
  const or = (s: string) => s.trim() || null;
  const said = open.filter((l) => (units[l.line] ?? 0) > 0).map((l) => ({ line: l.line, quantity: units[l.line]! }));
  const lines = open.every((l) => units[l.line] === l.open) ? null : said;
  const told = said.reduce((n, l) => n + l.quantity, 0);
  const at = { params: { path: { id: work.id } } };
  const save = useMutation({
    mutationFn: () => {
      if (answer === 'accept') return ask(api.POST('/api/v1/partner/work/{id}/accept', { ...at, body: { id, reference: or(text.reference), expectedAt: text.expected ? new Date(`${text.expected}T12:00:00`).toISOString() : null, lines } }));
      if (answer === 'reject') return ask(api.POST('/api/v1/partner/work/{id}/reject', { ...at, body: { id, reason, note: or(text.note), lines } }));
      if (answer === 'short') return ask(api.POST('/api/v1/partner/work/{id}/short', { ...at, body: { id, reason: reason === 'damaged' ? 'damaged' : 'missing', lines: said } }));
      return ask(api.POST('/api/v1/partner/work/{id}/stop-answer', { ...at, body: { id, accepted: stopped === 'yes', carrier: or(text.carrier), tracking: or(text.tracking) } }));
    },
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['partner'] });
      notify(t(`${answer}.done`, { number: work.number }));
      onClose();
    },
  });
  const faults = byField(save.error);
  const now = t('ledger.open', { n: all });
  const rows =
    answer === 'stop'
      ? [{ what: t('goods'), now: t('stop.asked'), after: t(stopped === 'yes' ? 'stop.back' : 'stop.gone') }]
      : answer === 'accept'
        ? [{ what: t('ledger.units'), now, after: t('ledger.accepted', { n: told }) }, ...(told < all ? [{ what: t('ledger.rest'), now: t('ledger.open', { n: all - told }), after: t('ledger.away', { n: all - told }) }] : [])]
        : [{ what: t('ledger.units'), now, after: t('ledger.away', { n: told }) }];
  const choices = answer === 'short' ? reasons.slice(0, 2) : reasons;
  return (
    <Consequences
      opened
      onClose={onClose}
      title={t(`${answer}.title`, { number: work.number })}
      rows={rows}
      confirm={t(answer)}
      isDanger={answer === 'reject'}
      onConfirm={() => save.mutate()}
      isPending={save.isPending}
      error={save.error}
      notYet={answer !== 'stop' && told === 0 ? t('nothing') : null}
    >
      {/* Kept with our order to a supplier; a 3PL has none. */}
      {answer === 'accept' && work.supplierOrder && (
        <div className="sy-stack">
          <TextInput label={t('reference')} value={text.reference} onChange={(e) => put({ reference: e.currentTarget.value })} error={faults['reference']} maxLength={100} data-autofocus />
          <TextInput type="date" label={t('expected')} value={text.expected} onChange={(e) => put({ expected: e.currentTarget.value })} error={faults['expectedAt']} />
        </div>
      )}
      {(answer === 'reject' || answer === 'short') && <Select label={t('reason')} value={reason} allowDeselect={false} data={choices.map((r) => ({ value: r, label: t(`reason.${r}`) }))} onChange={(v) => v && setReason(v)} />}
      {answer === 'reject' && <Textarea label={t('note')} value={text.note} onChange={(e) => put({ note: e.currentTarget.value })} error={faults['note']} maxLength={500} autosize />}
      {answer === 'stop' && <Select label={t('stop.did')} value={stopped} allowDeselect={false} data={[{ value: 'yes', label: t('stop.yes') }, { value: 'no', label: t('stop.no') }]} onChange={(v) => setStopped(v ?? 'yes')} />}
      {answer === 'stop' && stopped === 'no' && (
        <>
          <TextInput label={t('carrier')} value={text.carrier} onChange={(e) => put({ carrier: e.currentTarget.value })} error={faults['carrier']} maxLength={100} />
          <TextInput label={t('tracking')} value={text.tracking} onChange={(e) => put({ tracking: e.currentTarget.value })} error={faults['tracking']} maxLength={100} />
        </>
      )}
      {answer !== 'stop' &&
        open.map((l) => (
          <NumberInput key={l.line} label={t('unitsOf', { what: l.name ?? l.sku })} value={units[l.line] ?? 0} min={0} max={l.open} allowDecimal={false} onChange={(v) => setUnits((before) => ({ ...before, [l.line]: Number(v) || 0 }))} />
        ))}
    </Consequences>
  );
}
