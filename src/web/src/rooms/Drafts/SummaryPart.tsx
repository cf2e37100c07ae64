import { Autocomplete, Select, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { Money } from '@house/parts/Money.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { Section } from '@house/parts/Section.tsx';
import { Status } from '@house/parts/Status.tsx';
import { When } from '@house/parts/When.tsx';
import words from '@house/words/texts.en.ts';
import { useSaid } from '@house/words/useSaid.ts';
import { statuses, type Obstacle, type Payment } from './draft.ts';
import type { Part } from './part.ts';
import css from './SummaryPart.module.css';
import en from './texts.en.ts';

interface Props extends Part {
  payment: Payment;
  onPayment: (payment: Payment) => void;
  obstacles: Obstacle[];
  /** Somebody has wanted to place it: what is missing is told now too. */
  isAsked: boolean;
  isFresh: boolean;
  error: Error | null;
  goTo: (place: string) => void;
  place: ReactNode;
  isOver: boolean;
}

/** Beside what is typed: what it comes to, how it is paid, what stands in the way, and the one button. */
export function SummaryPart({ form, view, preview, faults, payment, onPayment, obstacles, isAsked, isFresh, error, goTo, place, isOver }: Props) {
  const t = useTexts(en);
  const word = useTexts(words);
  const said = useSaid();
  const seesAmounts = view !== null && typeof (view.totalMinor as number | undefined) === 'number';
  const method = preview?.options.find((o) => o.method === (form.method || preview.options[0]?.method));
  const set = (part: Partial<Payment>) => onPayment({ ...payment, ...part });
  const waits = preview?.lines.some((l) => l.waiting + l.short > 0) ?? false;
  return (
    <aside className={css.side} aria-label={t('summary')}>
      <Section isSide title={t('summary')}>
        <dl className={css.ladder} data-stale={!isFresh || undefined}>
          {seesAmounts && (
            <>
              <Rung what={t('money.goods')} minor={view.goodsMinor} currency={view.currency} />
              {view.discountsMinor > 0 && <Rung what={t('money.discount')} minor={-view.discountsMinor} currency={view.currency} />}
              {(view.chargesMinor > 0 || view.delivery) && <Rung what={t('money.charges')} minor={view.chargesMinor} currency={view.currency} />}
              {view.taxMinor > 0 && <Rung what={t(view.pricesIncludeTax ? 'money.taxIn' : 'money.tax')} minor={view.taxMinor} currency={view.currency} isMuted={view.pricesIncludeTax} />}
            </>
          )}
          <div className={css.total}>
            <dt>{t('total')}</dt>
            <dd data-total>{seesAmounts ? <Money minor={view.totalMinor} currency={view.currency} /> : '–'}</dd>
          </div>
          {method && (
            <div className={css.rung}>
              <dt>{t('summary.arrives')}</dt>
              <dd>
                <When at={method.deliverByAt} as="date" />
              </dd>
            </div>
          )}
          {view?.reservation?.state === 'active' && (
            <div className={css.rung}>
              <dt>{t('summary.kept')}</dt>
              <dd>
                <When at={view.reservation.expiresAt} as="dateTime" />
              </dd>
            </div>
          )}
        </dl>
      </Section>
      {!isOver && (
        <Section isSide title={t('payment')}>
          <div className={css.payment}>
            <Select
              label={t('payment.how')}
              data-place="payment"
              placeholder={form.type === 'wholesale' ? t('payment.terms') : t('payment.choose')}
              data={statuses.map((status) => ({ value: status, label: t(`payment.${status}`) }))}
              value={payment.status === '' ? null : payment.status}
              error={faults['payment'] ?? faults['payment.status']}
              onChange={(status) => set({ status: (status ?? '') as Payment['status'] })}
            />
            {(payment.status === 'paid' || payment.status === 'authorised') && (
              <Autocomplete label={t('payment.method')} data-place="payment.method" data={[t('payment.card'), t('payment.transfer'), t('payment.cash')]} value={payment.method} error={faults['payment.method']} maxLength={64} onChange={(by) => set({ method: by })} />
            )}
            {payment.status !== '' && payment.status !== 'none' && (
              <TextInput label={t('payment.reference')} data-place="payment.reference" value={payment.reference} error={faults['payment.reference']} maxLength={200} autoComplete="off" onChange={(e) => set({ reference: e.currentTarget.value })} />
            )}
            {(waits || payment.onShort !== '') && (
              <Select
                label={t('short')}
                data-place="onShort"
                data={[{ value: '', label: t('short.channel') }, ...(['backorder', 'hold', 'refuse'] as const).map((way) => ({ value: way, label: t(`short.${way}`) }))]}
                value={payment.onShort}
                allowDeselect={false}
                error={faults['onShort']}
                onChange={(way) => set({ onShort: (way ?? '') as Payment['onShort'] })}
              />
            )}
          </div>
        </Section>
      )}
      {!isOver && obstacles.length > 0 && (form.lines.length > 0 || isAsked) && (
        <Section isSide title={t('obstacles')}>
          <div role={isAsked ? 'alert' : undefined}>
            <ul className={css.obstacles}>
              {obstacles.map((o, i) => (
                <li key={i}>
                  <button type="button" className={css.obstacle} onClick={() => goTo(o.place)}>
                    {o.detail}
                  </button>
                </li>
              ))}
            </ul>
          </div>
        </Section>
      )}
      {!isOver && preview && preview.holds.length > 0 && (
        <Section isSide title={t('holds')}>
          <ul className={css.holds}>
            {preview.holds.map((h, i) => (
              <li key={i}>
                <Status tone="hold">{word.maybe(`hold.${h.kind}`)}</Status>
                <span dir="auto">{said(h.says, h.reason)}</span>
              </li>
            ))}
          </ul>
        </Section>
      )}
      <ProblemAlert error={error} what={t('notPlaced')} />
      {place}
      {place && <p className="sy-meta">{t('place.keys')}</p>}
    </aside>
  );
}

function Rung({ what, minor, currency, isMuted = false }: { what: string; minor: number; currency: string; isMuted?: boolean }) {
  return (
    <div className={`${css.rung} ${isMuted ? 'sy-muted' : ''}`}>
      <dt>{what}</dt>
      <dd>
        <Money minor={minor} currency={currency} isMuted={isMuted} />
      </dd>
    </div>
  );
}
