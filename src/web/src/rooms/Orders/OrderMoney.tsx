import type { ReactNode } from 'react';
import { minorDigits } from '@house/i18n/money.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { Money } from '@house/parts/Money.tsx';
import { Section } from '@house/parts/Section.tsx';
import css from './OrderMoney.module.css';
import { OrderPayments } from './OrderPayments.tsx';
import { PaymentWord } from './OrderRow.tsx';
import type { Line, Order } from './orders.ts';
import en from './texts.en.ts';

/** From the goods to what is still to be paid, or can be given back. */
export function OrderMoney({ order }: { order: Order }) {
  const t = useTexts(en);
  const charges = order.lines.filter((l) => l.kind === 'charge');
  const refundable = Math.max(0, order.capturedMinor - order.refundedMinor);
  // A name of somebody's own is kept; the usual one is said in the person's language.
  const nameOf = (charge: Line) => (charge.sku === 'delivery' && (charge.name ?? 'Delivery') === 'Delivery' ? t('charge.delivery') : (charge.name ?? charge.sku));
  const step = (name: string, minor: number, more: { isSum?: boolean; tone?: 'warn' | 'bad'; key?: number } = {}) => (
    <div key={more.key} className={css.step} data-sum={more.isSum || undefined} data-tone={more.tone}>
      <dt>{name}</dt>
      <dd>
        <Money minor={minor} currency={order.currency} />
      </dd>
    </div>
  );
  const note = (text: ReactNode) => (
    <div className={css.note}>
      <dt className="sy-hidden">{t('money.note')}</dt>
      <dd>{text}</dd>
    </div>
  );
  return (
    <Section title={t('money')} beside={<PaymentWord status={order.paymentStatus} />}>
      <dl className={css.ladder}>
        {step(t('money.goods'), order.goodsMinor)}
        {order.discountMinor !== 0 && step(t('money.discount'), -order.discountMinor)}
        {charges.map((c) => step(nameOf(c), c.totalMinor, { key: c.line }))}
        {!order.pricesIncludeTax && step(t('money.tax'), order.taxMinor)}
        {step(t('money.total'), order.totalMinor, { isSum: true })}
        {order.pricesIncludeTax && note(t.node('money.taxIn', { tax: <Money minor={order.taxMinor} currency={order.currency} /> }))}
        {order.taxOwedBy === 'channel' && note(t('money.taxTheirs'))}
        {order.rateToBase !== null &&
          order.currency !== order.baseCurrency &&
          note(t.node('money.rate', { amount: <Money minor={inBase(order)} currency={order.baseCurrency} />, rate: String(order.rateToBase) }))}
        {order.authorisedMinor > 0 && step(t('money.authorised'), order.authorisedMinor)}
        {step(t('money.paid'), order.capturedMinor)}
        {order.refundedMinor > 0 && step(t('money.refunded'), -order.refundedMinor)}
        {order.dueMinor > 0 && step(t('money.due'), order.dueMinor, { isSum: true, tone: 'warn' })}
        {order.dueMinor < 0 && step(t('money.owed'), -order.dueMinor, { isSum: true, tone: 'bad' })}
        {order.dueMinor === 0 && refundable > 0 && step(t('money.refundable'), refundable)}
      </dl>
      <OrderPayments order={order} />
    </Section>
  );
}

/** For the eye only: what is booked in the shop's own currency is worked out on the server. */
const inBase = (order: Order) =>
  Math.round(((order.totalMinor * (order.rateToBase ?? 1)) / 10 ** minorDigits(order.currency)) * 10 ** minorDigits(order.baseCurrency));
