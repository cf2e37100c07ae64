import { Radio, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { api, ask, type Schema } from '@house/api/client.ts';
import { ApiError, byField } from '@house/api/problem.ts';
import { major, minorOf } from '@house/i18n/money.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useSpeech, useTexts } from '@house/i18n/useTexts.tsx';
import { Consequences } from '@house/parts/Consequences.tsx';
import { Money } from '@house/parts/Money.tsx';
import { notify } from '@house/parts/notices.ts';
import css from './RefundPayment.module.css';
import type { Order } from './orders.ts';
import { useOrderChange } from './useOrderChange.ts';
import en from './texts.en.ts';

/** What the server said of goods that were sent again: their worth, and what may be refunded beside them. */
interface SentAgain {
  worth: number;
  left: number;
}

/** Gives money back of one payment; the button says how much. What was sent again is refunded too only by somebody's own choice. */
export function RefundPayment({ order, payment, onClose }: { order: Order; payment: Schema['PaymentView']; onClose: () => void }) {
  const t = useTexts(en);
  const { locale } = useSpeech();
  const { money } = useFormat();
  const usual = order.dueMinor < 0 ? Math.min(-order.dueMinor, payment.leftMinor) : payment.leftMinor;
  const [typed, setTyped] = useState(() => inWords(usual, payment.currency, locale));
  const [reason, setReason] = useState('');
  const [again, setAgain] = useState<SentAgain | null>(null);
  const [way, setWay] = useState<'rest' | 'both' | null>(null);
  const wanted = minorOf(typed, payment.currency, locale);
  const amount = way === 'rest' && again ? Math.min(again.left, payment.leftMinor) : wanted;
  const isTooMuch = amount !== null && amount > payment.leftMinor;
  const refund = useOrderChange(
    order.id,
    () => ask(api.POST('/api/v1/payments/{id}/refund', { params: { path: { id: payment.id } }, body: { amountMinor: amount, reason, allowReplaced: way === 'both' } })),
    () => {
      notify(t('refund.done', { amount: money(amount ?? 0, payment.currency) }));
      onClose();
    },
  );
  const isAgain = refund.error instanceof ApiError && refund.error.code === 'payments.replaced_already';
  const send = () =>
    refund.mutate(undefined, {
      onError: (error) => {
        if (!(error instanceof ApiError) || error.code !== 'payments.replaced_already') return;
        setAgain({ worth: Number(error.extra['replacedMinor'] ?? 0), left: Number(error.extra['leftMinor'] ?? 0) });
        setWay(null);
      },
    });
  const faults = isAgain ? {} : byField(refund.error);
  const show = (minor: number) => <Money minor={minor} currency={payment.currency} />;
  const inFull = (minor: number) => money(minor, payment.currency);
  const given = amount ?? 0;
  const replacements = order.links.filter((l) => l.kind === 'replacement' && l.role === 'result' && l.state !== 'cancelled' && l.state !== 'expired');
  const isUndecided = again !== null && way === null;
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
        ...(again ? [{ what: t('refund.again'), now: show(again.worth), after: t('refund.kept') }] : []),
      ]}
      confirm={t('refund.go', { amount: inFull(given) })}
      isDanger
      notYet={isUndecided ? t('refund.choose') : amount === null || amount <= 0 ? t('refund.noAmount') : isTooMuch ? t('refund.tooMuch') : reason.trim() === '' ? t('needsReason') : null}
      onConfirm={send}
      isPending={refund.isPending}
      error={isAgain ? null : refund.error}
    >
      <TextInput
        label={t('refund.amount', { currency: payment.currency })}
        value={way === 'rest' ? inWords(given, payment.currency, locale) : typed}
        inputMode="decimal"
        onChange={(e) => {
          setTyped(e.currentTarget.value);
          setWay(null);
          setAgain(null);
        }}
        error={faults['amountMinor'] ?? (isTooMuch ? t('refund.most', { amount: inFull(payment.leftMinor) }) : undefined)}
        data-autofocus
      />
      <Textarea label={t('reason')} value={reason} onChange={(e) => setReason(e.currentTarget.value)} error={faults['reason']} maxLength={500} autosize minRows={2} />
      {again === null && replacements.length > 0 && <p className="sy-muted">{t('refund.replacedBefore', { orders: replacements.map((l) => `#${l.number}`).join(', ') })}</p>}
      {again && (
        <div className={css.again} role="alert">
          <p>{t('refund.replaced', { amount: inFull(again.worth) })}</p>
          <Radio.Group label={t('refund.how')} value={way} onChange={(value) => setWay(value as 'rest' | 'both')}>
            <div className={css.ways}>
              <Radio value="rest" disabled={again.left <= 0} label={again.left > 0 ? t('refund.rest', { amount: inFull(Math.min(again.left, payment.leftMinor)) }) : t('refund.noRest')} />
              <Radio value="both" label={t('refund.both', { amount: inFull(wanted ?? 0) })} />
            </div>
          </Radio.Group>
        </div>
      )}
    </Consequences>
  );
}

/** As the person would type it: 1234,50 in German. */
const inWords = (minor: number, currency: string, locale: string) =>
  major(minor, currency).replace('.', new Intl.NumberFormat(locale).formatToParts(1.5).find((p) => p.type === 'decimal')?.value ?? '.');
