import { NumberInput, Select, Textarea } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api, ask } from '@house/api/client.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { Consequences } from '@house/parts/Consequences.tsx';
import { Money } from '@house/parts/Money.tsx';
import { notify } from '@house/parts/notices.ts';
import { seesPrices, type Line, type Order } from '@rooms/Orders/orders.ts';
import { useOrderChange } from '@rooms/Orders/useOrderChange.ts';
import { freeOf } from './belonging.ts';
import css from './Units.module.css';
import en from './texts.en.ts';

/** Moves units nobody works on to an order of their own. */
export function SplitOrder({ order, onClose }: { order: Order; onClose: () => void }) {
  const t = useTexts(en);
  const navigate = useNavigate();
  const [units, setUnits] = useState<Record<number, number>>({});
  const [charges, setCharges] = useState<'stay' | 'share'>('stay');
  const [reason, setReason] = useState('');
  const lines = order.lines.filter((l) => freeOf(order, l) > 0);
  const chosen = lines.map((l) => ({ line: l.line, quantity: units[l.line] ?? 0 })).filter((l) => l.quantity > 0);
  const moved = chosen.reduce((n, l) => n + l.quantity, 0);
  const all = order.lines.filter((l) => l.kind === 'goods' || l.kind === 'bundle').reduce((n, l) => n + l.quantity - l.cancelled, 0);
  const split = useOrderChange(
    order.id,
    () => ask(api.POST('/api/v1/orders/{id}/split', { params: { path: { id: order.id } }, body: { lines: chosen.map((l) => ({ ...l, from: null })), charges, reason: reason.trim() || null } })),
    (done) => {
      notify(t('split.done', { number: done.splitOff.number }));
      onClose();
      void navigate({ to: `/orders/${done.splitOff.id}` });
    },
  );
  const hasCharges = order.lines.some((l) => l.kind === 'charge');
  return (
    <Consequences
      opened
      onClose={onClose}
      title={t('split.title', { number: order.number })}
      rows={[
        { what: t('goods'), now: t('goods.count', { n: all }), after: t('split.parts', { here: all - moved, there: moved }) },
        { what: t('quote.stock'), now: t('split.stock'), after: t('split.stock') },
        ...(seesPrices(order) ? [{ what: t('total'), now: <Money minor={order.totalMinor} currency={order.currency} />, after: t('split.sum') }] : []),
        ...(order.capturedMinor > 0 || order.authorisedMinor > 0 ? [{ what: t('payment'), now: t('split.paidHere'), after: t('split.paidAlong') }] : []),
      ]}
      confirm={t('split.go', { n: moved })}
      notYet={moved === 0 ? t('units.choose') : moved >= all ? t('split.nothingStays') : null}
      onConfirm={() => split.mutate()}
      isPending={split.isPending}
      error={split.error}
    >
      <Units lines={lines} most={(l) => freeOf(order, l)} units={units} onUnits={setUnits} />
      {hasCharges && (
        <Select
          label={t('split.charges')}
          data={[{ value: 'stay', label: t('split.stay') }, { value: 'share', label: t('split.share') }]}
          value={charges}
          allowDeselect={false}
          onChange={(v) => setCharges(v === 'share' ? 'share' : 'stay')}
        />
      )}
      <Textarea label={t('discard.why')} value={reason} onChange={(e) => setReason(e.currentTarget.value)} maxLength={500} autosize minRows={2} />
    </Consequences>
  );
}

interface UnitsProps {
  lines: Line[];
  most: (line: Line) => number;
  units: Record<number, number>;
  onUnits: (units: Record<number, number>) => void;
}

/** How many of each line. */
export function Units({ lines, most, units, onUnits }: UnitsProps) {
  const t = useTexts(en);
  return (
    <ul className={css.units}>
      {lines.map((l, i) => (
        <li key={l.line} className={css.unit}>
          <span className={css.name}>
            <span dir="auto">{l.name ?? l.sku}</span>
            <bdi className="sy-code sy-meta">{l.sku}</bdi>
          </span>
          <NumberInput
            className={css.quantity}
            aria-label={t('goods.quantityOf', { name: l.name ?? l.sku })}
            value={units[l.line] ?? 0}
            min={0}
            max={most(l)}
            allowDecimal={false}
            allowNegative={false}
            {...(i === 0 ? { 'data-autofocus': true } : {})}
            onChange={(v) => onUnits({ ...units, [l.line]: Math.min(most(l), Number(v) || 0) })}
          />
          <span className="sy-muted sy-nowrap">{t('units.of', { n: most(l) })}</span>
        </li>
      ))}
    </ul>
  );
}
