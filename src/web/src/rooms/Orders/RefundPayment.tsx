import { Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { api, ask, type Schema } from '@house/api/client.ts';
import { byField } from '@house/api/problem.ts';
import { major, minorOf } from '@house/i18n/money.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useSpeech, useTexts } from '@house/i18n/useTexts.tsx';
import { Consequences } from '@house/parts/Consequences.tsx';
import { Money } from '@house/parts/Money.tsx';
import { notify } from '@house/parts/notices.ts';
import type { Order } from './orders.ts';
import { useOrderChange } from './useOrderChange.ts';
import en from './texts.en.ts';

/** Gives money back of one payment; the button says how much. */
export function RefundPayment({ order, payment, onClose }: { order: Order; payment: Schema['PaymentView']; onClose: () => void }) {
  const t = useTexts(en);
  const { locale } = useSpeech();
  const { money } = useFormat();
  const usual = order.dueMinor < 0 ? Math.min(-order.dueMinor, payment.leftMinor) : payment.leftMinor;
  const [typed, setTyped] = useState(() => inWords(usual, payment.currency, locale));
  const [reason, setReason] = useState('');
  const amount = minorOf(typed, payment.currency, locale);
  const isTooMuch = amount !== null && amount > payment.leftMinor;
  const refund = useOrderChange(
    order.id,
    () => ask(api.POST('/api/v1/payments/{id}/refund', { params: { path: { id: payment.id } }, body: { amountMinor: amount, reason } })),
    () => {
      notify(t('refund.done', { amount: money(amount ?? 0, payment.currency) }));
      onClose();
    },
  );
  const faults = byField(refund.error);
  const show = (minor: number) => <Money minor={minor} currency={payment.currency} />;
  const given = amount ?? 0;
  return (
    <Consequences
      opened
      onClose={onClose}
      title={t('refund.title', { number: order.number })}
      rows={[
        { what: t('money.refunded'), now: show(order.refundedMinor), after: show(order.refundedMinor + given) },
        { what: t('refund.left'), now: show(payment.leftMinor), after: show(payment.leftMinor - given) },
        ...(order.dueMinor + given !== 0 || order.dueMinor !== 0
          ? [{ what: order.dueMinor + given > 0 ? t('money.due') : t('money.owed'), now: show(Math.abs(order.dueMinor)), after: show(Math.abs(order.dueMinor + given)) }]
          : []),
      ]}
      confirm={t('refund.go', { amount: money(given, payment.currency) })}
      isDanger
      notYet={amount === null || amount <= 0 ? t('refund.noAmount') : isTooMuch ? t('refund.tooMuch') : reason.trim() === '' ? t('needsReason') : null}
      onConfirm={() => refund.mutate()}
      isPending={refund.isPending}
      error={refund.error}
    >
      <TextInput
        label={t('refund.amount', { currency: payment.currency })}
        value={typed}
        inputMode="decimal"
        onChange={(e) => setTyped(e.currentTarget.value)}
        error={faults['amountMinor'] ?? (isTooMuch ? t('refund.most', { amount: money(payment.leftMinor, payment.currency) }) : undefined)}
        data-autofocus
      />
      <Textarea label={t('reason')} value={reason} onChange={(e) => setReason(e.currentTarget.value)} error={faults['reason']} maxLength={500} autosize minRows={2} />
    </Consequences>
  );
}

/** As the person would type it: 1234,50 in German. */
const inWords = (minor: number, currency: string, locale: string) =>
  major(minor, currency).replace('.', new Intl.NumberFormat(locale).formatToParts(1.5).find((p) => p.type === 'decimal')?.value ?? '.');
