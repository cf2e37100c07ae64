import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask, type Schema } from '@house/api/client.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { notify } from '@house/parts/notices.ts';
import { Money } from '@house/parts/Money.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { Status, type Tone } from '@house/parts/Status.tsx';
import { When } from '@house/parts/When.tsx';
import { useMay } from '@house/session.tsx';
import css from './OrderPayments.module.css';
import { RefundPayment } from './RefundPayment.tsx';
import type { Order } from './orders.ts';
import { useOrderChange } from './useOrderChange.ts';
import en from './texts.en.ts';

type Payment = Schema['PaymentView'];

const tones: Record<string, Tone> = { created: 'neutral', pending: 'warn', succeeded: 'good', failed: 'bad', unknown: 'warn' };

/** Every movement of money, and what may still be captured or given back. */
export function OrderPayments({ order }: { order: Order }) {
  const t = useTexts(en);
  const may = useMay();
  const { money } = useFormat();
  const [refunded, setRefunded] = useState<Payment | null>(null);
  const { data, error } = useQuery({
    queryKey: ['orders', order.id, 'payments'],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/orders/{id}/payments', { params: { path: { id: order.id } }, signal })),
    enabled: may('payments:read'),
  });
  const capture = useOrderChange(
    order.id,
    (payment: Payment) => ask(api.POST('/api/v1/payments/{id}/capture', { params: { path: { id: payment.id } }, body: { amountMinor: payment.leftMinor } })),
    (made) => notify(t('payment.captured', { amount: money(made.amountMinor, made.currency) })),
  );
  if (!may('payments:read') || !data || data.data.length === 0) return <ProblemAlert error={error} />;
  return (
    <>
      <ul className={css.payments} aria-label={t('payments')}>
        {data.data.map((p) => (
          <li key={p.id} className={css.payment}>
            <span className={css.what}>
              <span className="sy-strong">{t.maybe(`payment.type.${p.type}`)}</span>
              <span className="sy-muted">
                {[p.tender && p.tender !== 'external' ? (`tender.${p.tender}` in en.words ? t.maybe(`tender.${p.tender}`) : p.tender) : null, p.reference].filter(Boolean).join(' ')}
                {p.reason && <bdi> · {p.reason}</bdi>}
              </span>
            </span>
            {p.state !== 'succeeded' && (
              <Status tone={tones[p.state] ?? 'neutral'} isPlain>
                {t.maybe(`payment.state.${p.state}`)}
              </Status>
            )}
            <span className="sy-muted">
              <When at={p.settledAt ?? p.createdAt} />
            </span>
            <span className={css.amount}>{p.type === 'void' ? '–' : <Money minor={p.type === 'refund' ? -p.amountMinor : p.amountMinor} currency={p.currency} />}</span>
            <span className={css.act}>
              {p.type === 'authorise' && p.leftMinor > 0 && may('payments:write') && (
                <Button size="compact-sm" variant="default" loading={capture.isPending} onClick={() => capture.mutate(p)}>
                  {t('payment.capture', { amount: money(p.leftMinor, p.currency) })}
                </Button>
              )}
              {p.type !== 'authorise' && p.leftMinor > 0 && may('payments:refund') && (
                <Button size="compact-sm" variant="default" onClick={() => setRefunded(p)}>
                  {t('refund')}
                </Button>
              )}
            </span>
          </li>
        ))}
      </ul>
      <ProblemAlert error={capture.error} what={t('payment.notCaptured')} />
      {refunded && <RefundPayment order={order} payment={refunded} onClose={() => setRefunded(null)} />}
    </>
  );
}
