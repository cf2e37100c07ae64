import { Button } from '@mantine/core';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { useFormat } from '@house/i18n/useFormat.ts';
import { Money } from '@house/parts/Money.tsx';
import { ScrollPanel } from '@house/parts/ScrollPanel.tsx';
import { Status } from '@house/parts/Status.tsx';
import { When } from '@house/parts/When.tsx';
import { useMethodName } from '@house/words/useMethodName.ts';
import css from './Shipping.module.css';
import { dayOf, type Decision, type Quote } from './shipping.ts';
import en from './texts.en.ts';

interface Props {
  decision: Decision;
  zone: string;
  /** What was taken in the end; without it the first that can go would be. */
  taken?: { account: string | null; service: string | null } | null;
  /** Books this one. */
  onBook?: ((quote: Quote) => void) | undefined;
  isBooking?: boolean;
  label: string;
}

/** Every service that was asked, with cost and arrival: which goes and why, and why the others do not. */
export function QuoteTable({ decision, zone, taken, onBook, isBooking = false, label }: Props) {
  const t = useTexts(en);
  const { number } = useFormat();
  const methodName = useMethodName();
  const isTaken = (q: Quote, i: number) => (taken?.account ? q.account === taken.account && q.service === taken.service : i === 0 && q.reason === null);
  const chosen = decision.quotes.findIndex(isTaken);
  const q = decision.quotes[chosen];
  const days = (quote: Quote) => (quote.maxDays === null ? '–' : quote.minDays === null || quote.minDays === quote.maxDays ? number(quote.maxDays) : t('quote.range', { from: quote.minDays, to: quote.maxDays }));
  return (
    <>
      <p className={css.about}>
        {t(`policy.${decision.policy}.why`)} {decision.method && t('quote.bought', { method: methodName(decision.method) })}{' '}
        {decision.promisedBy && t.node('quote.promised', { at: <When at={decision.promisedBy} as="date" zone={zone} /> })} {decision.isLate && <Status tone="warn" isPlain>{t('quote.late')}</Status>}
      </p>
      <ScrollPanel label={label}>
        <table className={css.table}>
          <thead>
            <tr>
              <th scope="col">{t('quote.service')}</th>
              <th scope="col" className={css.end}>{t('cost')}</th>
              <th scope="col" className={css.end}>{t('quote.days')}</th>
              <th scope="col">{t('eta')}</th>
              <th scope="col">{t('quote.why')}</th>
              {onBook && <th scope="col"><span className="sy-hidden">{t('acts')}</span></th>}
            </tr>
          </thead>
          <tbody>
            {decision.quotes.map((quote, i) => (
              <tr key={`${quote.account}.${quote.service ?? ''}`} data-chosen={i === chosen || undefined}>
                <th scope="row">
                  <span dir="auto">{quote.name ?? quote.service ?? quote.account}</span>
                  <div className="sy-meta"><bdi>{quote.account}</bdi>{quote.isGuaranteed && ` · ${t('quote.guaranteed')}`}</div>
                </th>
                <td className={css.end}><Money minor={quote.costMinor} currency={quote.currency ?? 'GBP'} /></td>
                <td className={css.end}>{days(quote)}</td>
                <td><When at={dayOf(quote.eta)} as="date" zone={zone} /></td>
                <td className={css.why}>{why(quote, i)}</td>
                {onBook && (
                  <td className={css.end}>
                    {quote.reason === null && quote.service !== null && (
                      <Button size="compact-sm" variant="default" disabled={isBooking} onClick={() => onBook(quote)} aria-label={t('quote.bookOf', { service: quote.name ?? quote.service })}>
                        {t('quote.book')}
                      </Button>
                    )}
                  </td>
                )}
              </tr>
            ))}
            {decision.quotes.length === 0 && (
              <tr>
                <td colSpan={onBook ? 6 : 5}>{t('quote.none')}</td>
              </tr>
            )}
          </tbody>
        </table>
      </ScrollPanel>
    </>
  );

  function why(quote: Quote, i: number) {
    if (quote.reason) return <><Status tone={quote.reason === 'carrierFailed' ? 'bad' : 'neutral'} isPlain>{t.maybe(`reason.${quote.reason}`)}</Status>{quote.said && <div className="sy-meta" dir="auto">{quote.said}</div>}</>;
    if (i === chosen) return <Status tone="good" isPlain>{t('quote.chosen')}</Status>;
    if (decision.promisedBy && !quote.isInTime) return t('quote.tooLate');
    if (q && quote.costMinor !== null && q.costMinor !== null && quote.costMinor > q.costMinor) return t('quote.dearer');
    if (q && quote.maxDays !== null && q.maxDays !== null && quote.maxDays > q.maxDays) return t('quote.slower');
    return t('quote.next');
  }
}
