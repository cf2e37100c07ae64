import { Select, Textarea } from '@mantine/core';
import { useState } from 'react';
import { api, ask } from '@house/api/client.ts';
import { byField } from '@house/api/problem.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { Consequences } from '@house/parts/Consequences.tsx';
import { notify } from '@house/parts/notices.ts';
import { Status } from '@house/parts/Status.tsx';
import { toneOfOrder } from '@house/words/status.ts';
import words from '@house/words/texts.en.ts';
import { holdKinds } from './bulk.ts';
import { isGoods, openHolds, unitsInWork, type Order } from './orders.ts';
import { useOrderChange } from './useOrderChange.ts';
import en from './texts.en.ts';

/** Stops an order until somebody lets it go on. */
export function HoldOrder({ order, onClose }: { order: Order; onClose: () => void }) {
  const t = useTexts(en);
  const word = useTexts(words);
  const [kind, setKind] = useState<(typeof holdKinds)[number]>('manual');
  const [reason, setReason] = useState('');
  const at = { params: { path: { id: order.id } } };
  const hold = useOrderChange(
    order.id,
    () => ask(api.POST('/api/v1/orders/{id}/hold', { ...at, body: { kind, reason } })),
    (after) => {
      const made = openHolds(after).at(-1);
      notify(t('hold.done', { number: order.number }), made && (() => ask(api.POST('/api/v1/orders/{id}/release-hold', { ...at, body: { hold: made.hold, reason: null } }))));
      onClose();
    },
  );
  const inWork = order.lines.filter(isGoods).reduce((n, l) => n + unitsInWork(l), 0);
  const state = (status: string) => <Status tone={toneOfOrder(status)}>{word.maybe(`status.${status}`)}</Status>;
  return (
    <Consequences
      opened
      onClose={onClose}
      title={t('hold.title', { number: order.number })}
      rows={[
        { what: t('column.status'), now: state(order.status), after: state('onHold') },
        { what: t('effect.leaves'), now: openHolds(order).length > 0 ? t('no') : t('yes'), after: t('effect.notUntil') },
        { what: t('effect.stock'), now: t('effect.kept'), after: t('effect.kept') },
        ...(inWork > 0 ? [{ what: t('effect.inWork'), now: t('units', { n: inWork }), after: t('effect.goesOn') }] : []),
      ]}
      confirm={t('hold.go')}
      notYet={reason.trim() === '' ? t('needsReason') : null}
      onConfirm={() => hold.mutate()}
      isPending={hold.isPending}
      error={hold.error}
    >
      <Select label={t('hold.kind')} value={kind} onChange={(v) => setKind(holdKinds.find((k) => k === v) ?? 'manual')} allowDeselect={false} data={holdKinds.map((k) => ({ value: k, label: word.maybe(`hold.${k}`) }))} />
      <Textarea label={t('reason')} value={reason} onChange={(e) => setReason(e.currentTarget.value)} error={byField(hold.error)['reason']} maxLength={500} autosize minRows={2} data-autofocus />
    </Consequences>
  );
}
