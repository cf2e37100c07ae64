import { NumberInput, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask, askWithStatus } from '@house/api/client.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { Consequences, type Consequence } from '@house/parts/Consequences.tsx';
import { Money } from '@house/parts/Money.tsx';
import { notify } from '@house/parts/notices.ts';
import { useMay } from '@house/session.tsx';
import css from './CancelOrder.module.css';
import { freeUnits, hasLeft, isGoods, seesPrices, unitsInWork, type Order } from './orders.ts';
import { useOrderChange } from './useOrderChange.ts';
import en from './texts.en.ts';

/** Cancels all that can still be cancelled, or some units; tells before what becomes of stock and money. */
export function CancelOrder({ order, onClose }: { order: Order; onClose: () => void }) {
  const t = useTexts(en);
  const may = useMay();
  const [reason, setReason] = useState('');
  const lines = order.lines.filter((l) => l.kind !== 'charge' && l.kind !== 'component' && possible(order, l.line) > 0);
  const [units, setUnits] = useState<Record<number, number>>(() => Object.fromEntries(lines.map((l) => [l.line, possible(order, l.line)])));
  const n = lines.reduce((sum, l) => sum + (units[l.line] ?? 0), 0);
  const isAll = lines.every((l) => units[l.line] === possible(order, l.line));
  const isWhole = isAll && !hasLeft(order);
  const inWork = order.lines.filter(isGoods).reduce((sum, l) => sum + unitsInWork(l), 0);
  const chosen = lines.filter((l) => (units[l.line] ?? 0) > 0).map((l) => ({ line: l.line, quantity: units[l.line]! }));

  // The server works out money and stock as for an edit; whoever may not edit sees what is certain anyway.
  const wish = isWhole ? { cancelAll: true } : { lines: chosen.map((c) => ({ line: c.line, quantity: wanted(order, c.line) - c.quantity })) };
  const preview = useQuery({
    queryKey: ['orders', order.id, 'cancel-preview', wish],
    queryFn: ({ signal }) => ask(api.POST('/api/v1/orders/{id}/edit/preview', { params: { path: { id: order.id } }, body: wish, signal })),
    enabled: n > 0 && may('orders:change'),
    retry: false,
  });
  const difference = preview.data?.difference;
  const money = (minor: number) => <Money minor={minor} currency={order.currency} />;
  const rows: Consequence[] = [
    { what: t('cancel.units'), now: t('cancel.wanted', { n: lines.reduce((sum, l) => sum + wanted(order, l.line), 0) }), after: t('cancel.lessUnits', { n }) },
    ...(difference && seesPrices(order)
      ? [
          { what: t('column.total'), now: money(difference.totalMinorBefore), after: money(difference.totalMinor) },
          ...(difference.refundDueMinor > 0 ? [{ what: t('cancel.refund'), now: money(0), after: money(difference.refundDueMinor) }] : []),
          ...(difference.dueMinor > 0 ? [{ what: t('money.due'), now: money(Math.max(0, order.dueMinor)), after: money(difference.dueMinor) }] : []),
        ]
      : []),
    { what: t('effect.stock'), now: t('effect.kept'), after: inWork > 0 ? t('cancel.asked', { n: inWork }) : t('cancel.back') },
  ];
  const cancel = useOrderChange(
    order.id,
    () => {
      const body = isAll ? { reason: reason || null, ...(hasLeft(order) ? { remaining: true } : {}) } : { reason: reason || null, lines: chosen };
      return askWithStatus(api.POST('/api/v1/orders/{id}/cancel', { params: { path: { id: order.id } }, body }));
    },
    ({ status }) => {
      notify(status === 202 ? t('cancel.wasAsked') : t('cancel.done', { number: order.number, n }));
      onClose();
    },
  );
  return (
    <Consequences
      opened
      onClose={onClose}
      title={t('cancel.title', { number: order.number })}
      rows={preview.isFetching && !difference ? null : rows}
      confirm={isWhole ? t('cancel.goAll') : t('cancel.go', { n })}
      isDanger
      notYet={n === 0 ? t('cancel.none') : null}
      onConfirm={() => cancel.mutate()}
      isPending={cancel.isPending}
      error={cancel.error}
    >
      <ul className={css.lines}>
        {lines.map((l) => (
          <li key={l.line} className={css.line}>
            <span className="sy-grow">
              <span dir="auto">{l.name ?? l.sku}</span> <bdi className="sy-code sy-meta">{l.sku}</bdi>
            </span>
            <NumberInput
              aria-label={t('cancel.unitsOf', { sku: l.sku })}
              className={css.units}
              value={units[l.line] ?? 0}
              onChange={(v) => setUnits({ ...units, [l.line]: Math.max(0, Math.min(possible(order, l.line), Number(v) || 0)) })}
              min={0}
              max={possible(order, l.line)}
              clampBehavior="strict"
            />
            <span className="sy-muted sy-nowrap">{t('cancel.of', { n: possible(order, l.line) })}</span>
          </li>
        ))}
      </ul>
      <Textarea label={t('reason')} value={reason} onChange={(e) => setReason(e.currentTarget.value)} maxLength={500} autosize minRows={2} data-autofocus />
    </Consequences>
  );
}

const wanted = (order: Order, no: number) => {
  const line = order.lines.find((l) => l.line === no)!;
  return line.quantity - line.cancelled;
};

/** Units of a line that have not left; of a bundle, the whole bundles all of whose parts have not. */
function possible(order: Order, no: number): number {
  const line = order.lines.find((l) => l.line === no)!;
  if (isGoods(line)) return freeUnits(line) + unitsInWork(line);
  const parts = order.lines.filter((l) => l.parentLine === no);
  return parts.length === 0 ? 0 : Math.min(...parts.map((p) => Math.floor((freeUnits(p) + unitsInWork(p)) / Math.max(1, p.quantity / line.quantity))));
}
