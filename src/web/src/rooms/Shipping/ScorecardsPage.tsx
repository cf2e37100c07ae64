import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { api, ask, type Schema } from '@house/api/client.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { Money } from '@house/parts/Money.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { ScrollPanel } from '@house/parts/ScrollPanel.tsx';
import { useUrlState } from '@house/useUrlState.ts';
import type { CarrierBar } from './CarrierBars.tsx';
import { Frame } from './Frame.tsx';
import css from './Shipping.module.css';
import en from './texts.en.ts';

type Card = Schema['ReadScorecardsScorecard'];
const CarrierBars = lazy(() => import('./CarrierBars.tsx'));
const spans = [30, 90, 365];

/** How each carrier did: on time, late, lost, and what a parcel cost. */
export default function ScorecardsPage() {
  const t = useTexts(en);
  const { number, percent } = useFormat();
  const [url, setUrl] = useUrlState();
  const days = spans.find((d) => String(d) === url['days']) ?? 90;
  const { data, error, refetch } = useQuery({ queryKey: ['parcels', 'scorecards', days], queryFn: ({ signal }) => ask(api.GET('/api/v1/carrier-scorecards', { params: { query: { days } }, signal })) });
  const cards = data?.data ?? [];
  return (
    <Frame section="scorecards" actions={<NativeSelect aria-label={t('score.span')} value={String(days)} onChange={(e) => setUrl({ days: e.currentTarget.value })} data={spans.map((d) => ({ value: String(d), label: t('score.days', { n: d }) }))} />}>
      <div className={css.page}>
        <p className={css.about}>{t('scorecards.about')}</p>
        <ProblemAlert error={error} again={() => void refetch()} />
        {data && cards.length === 0 && <EmptyState kind="first" title={t('score.empty')} text={t('score.emptyText')} />}
        {cards.length > 0 && (
          <>
            <Suspense fallback={<div className={css.chart} />}>
              <CarrierBars rows={barsOf(cards)} label={t('score.chart')} write={number} words={{ onTime: t('score.onTime'), late: t('score.late'), lost: t('score.lost'), underWay: t('score.underWay') }} />
            </Suspense>
            <ScrollPanel label={t('scorecards')}>
              <table className={css.table}>
                <thead>
                  <tr>
                    <th scope="col">{t('carrier')}</th>
                    <th scope="col">{t('service')}</th>
                    {(['parcels', 'score.onTime', 'score.share', 'score.late', 'score.lost', 'score.underWay', 'score.mean', 'score.total'] as const).map((h) => <th key={h} scope="col" className={css.end}>{t(h)}</th>)}
                  </tr>
                </thead>
                <tbody>
                  {cards.map((c) => (
                    <tr key={`${c.account}.${c.service ?? ''}.${c.currency ?? ''}`}>
                      <th scope="row"><bdi>{nameOf(c, cards)}</bdi></th>
                      <td><bdi>{c.serviceName ?? c.service ?? '–'}</bdi></td>
                      <td className={css.end}>{number(c.parcels)}</td>
                      <td className={css.end}>{number(c.onTime)}</td>
                      <td className={css.end}>{c.delivered === 0 ? '–' : percent(c.onTime / c.delivered)}</td>
                      <td className={css.end}>{number(c.late)}</td>
                      <td className={css.end}>{number(c.lost)}</td>
                      <td className={css.end}>{number(c.underWay)}</td>
                      <td className={css.end}>{c.currency ? <Money minor={c.meanCostMinor} currency={c.currency} /> : '–'}</td>
                      <td className={css.end}>{c.currency ? <Money minor={c.costMinor} currency={c.currency} /> : '–'}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </ScrollPanel>
          </>
        )}
      </div>
    </Frame>
  );
}

/** What the account is called; with its code where two are called the same. */
const nameOf = (card: Card, cards: readonly Card[]): string =>
  cards.some((c) => c.accountName === card.accountName && c.account !== card.account) ? `${card.accountName} (${card.account})` : card.accountName || card.account;

/** A bar for each account: its services together. */
function barsOf(cards: readonly Card[]): CarrierBar[] {
  const bars = new Map<string, CarrierBar>();
  for (const c of cards) {
    const bar = bars.get(c.account) ?? { name: nameOf(c, cards), onTime: 0, late: 0, lost: 0, underWay: 0 };
    for (const part of ['onTime', 'late', 'lost', 'underWay'] as const) bar[part] += c[part];
    bars.set(c.account, bar);
  }
  return [...bars.values()];
}
