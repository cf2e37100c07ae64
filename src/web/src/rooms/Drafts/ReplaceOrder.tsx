import { Textarea } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api, ask } from '@house/api/client.ts';
import { byField } from '@house/api/problem.ts';
import { useCountryName } from '@house/i18n/useCountryName.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { Consequences } from '@house/parts/Consequences.tsx';
import { Money } from '@house/parts/Money.tsx';
import { notify } from '@house/parts/notices.ts';
import { seesPrices, type Order } from '@rooms/Orders/orders.ts';
import { useOrderChange } from '@rooms/Orders/useOrderChange.ts';
import { oneLine } from './addresses.ts';
import { goneOf } from './belonging.ts';
import { Units } from './SplitOrder.tsx';
import en from './texts.en.ts';

/** Sends goods that have left again, free of charge. */
export function ReplaceOrder({ order, onClose }: { order: Order; onClose: () => void }) {
  const t = useTexts(en);
  const countryName = useCountryName();
  const navigate = useNavigate();
  const [units, setUnits] = useState<Record<number, number>>({});
  const [reason, setReason] = useState('');
  const lines = order.lines.filter((l) => goneOf(l) > 0);
  const chosen = lines.map((l) => ({ line: l.line, quantity: units[l.line] ?? 0 })).filter((l) => l.quantity > 0);
  const n = chosen.reduce((sum, l) => sum + l.quantity, 0);
  const replace = useOrderChange(
    order.id,
    () => ask(api.POST('/api/v1/orders/{id}/replacement', { params: { path: { id: order.id } }, body: { reason, lines: chosen, shippingAddress: null, method: null, onShort: null } })),
    (made) => {
      notify(t('replace.done', { number: made.number }));
      onClose();
      void navigate({ to: `/orders/${made.id}` });
    },
  );
  return (
    <Consequences
      opened
      onClose={onClose}
      title={t('replace.title', { number: order.number })}
      rows={[
        { what: t('goods'), now: t('replace.gone'), after: t('replace.again', { n }) },
        ...(seesPrices(order) ? [{ what: t('replace.pays'), now: <Money minor={0} currency={order.currency} />, after: <Money minor={0} currency={order.currency} /> }] : []),
        { what: t('quote.stock'), now: t('replace.forSale'), after: t('replace.taken', { n }) },
        { what: t('replace.to'), now: '–', after: <span dir="auto">{order.shippingAddress ? oneLine(order.shippingAddress, countryName) : '–'}</span> },
      ]}
      confirm={t('replace.go', { n })}
      notYet={n === 0 ? t('units.choose') : reason.trim() === '' ? t('replace.needsReason') : null}
      onConfirm={() => replace.mutate()}
      isPending={replace.isPending}
      error={replace.error}
    >
      <Units lines={lines} most={goneOf} units={units} onUnits={setUnits} />
      <Textarea label={t('discard.why')} value={reason} onChange={(e) => setReason(e.currentTarget.value)} error={byField(replace.error)['reason']} maxLength={500} autosize minRows={2} />
    </Consequences>
  );
}
