import { NativeSelect } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { api, ask } from '@house/api/client.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useSpeech, useTexts } from '@house/i18n/useTexts.tsx';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { Money } from '@house/parts/Money.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { Section } from '@house/parts/Section.tsx';
import { When } from '@house/parts/When.tsx';
import { useMay } from '@house/session.tsx';
import { figures, hasCosts, toneOf, type Backtest, type Changed, type Plan, type Result } from './backtests.ts';
import { OrderTable } from './OrderTable.tsx';
import css from './Planning.module.css';
import en from './texts.en.ts';

// The drawing library is heavy and only this part needs it.
const PairBars = lazy(() => import('./PairBars.tsx'));

/** What would have been otherwise: sums beside each other, by node and by day, and each order that would have gone another way. */
export function BacktestOutcome({ id, test, result: r }: { id: string; test: Backtest; result: Result }) {
  const t = useTexts(en);
  const { number, money } = useFormat();
  if (r.orders === 0) return <EmptyState kind="nothing" title={t('outcome.none')} text={t('outcome.noneText')} action={<Link to="/planning/backtests/new">{t('backtest.another')}</Link>} />;
  const withCosts = hasCosts(r);
  const saved = withCosts ? r.before.costMinor - r.after.costMinor : 0;
  const notKept = Object.values(r.replay.notKept).reduce<number>((sum, n) => sum + Number(n), 0);
  return (
    <>
      <p className={css.sentence}>
        {r.changed === 0
          ? t('outcome.same', { n: r.orders })
          : !withCosts || saved === 0
            ? t('outcome.changed', { n: r.changed, of: number(r.orders) })
            : t(saved > 0 ? 'outcome.cheaper' : 'outcome.dearer', { n: r.changed, of: number(r.orders), amount: money(Math.abs(saved), test.currency) })}
      </p>
      <dl className={css.figures}>
        {withCosts && (
          <div>
            <dt>{t('figure.cost')}</dt>
            <dd data-tone={toneOf(r.before.costMinor, r.after.costMinor)}><Money minor={r.after.costMinor} currency={test.currency} /></dd>
            <dd>{t.node('figure.was', { before: <Money minor={r.before.costMinor} currency={test.currency} /> })}</dd>
          </div>
        )}
        {figures
          .filter((f) => r.before[f] + r.after[f] > 0)
          .map((f) => (
            <div key={f}>
              <dt>{t(`figure.${f}`)}</dt>
              <dd data-tone={toneOf(r.before[f], r.after[f])}>{number(r.after[f])}</dd>
              <dd>{t('figure.was', { before: number(r.before[f]) })}</dd>
            </div>
          ))}
        {r.later + r.sooner > 0 && (
          <div>
            <dt>{t('figure.dates')}</dt>
            <dd>{t('figure.laterSooner', { later: number(r.later), sooner: number(r.sooner) })}</dd>
          </div>
        )}
      </dl>
      <div className={css.pair}>
        <Nodes result={r} />
        <Days result={r} test={test} />
      </div>
      <ChangedOrders id={id} test={test} result={r} />
      <p className="sy-muted">
        {r.replay.decisions > 0 && t('outcome.replay', { n: r.replay.decisions, same: number(r.replay.same), different: number(r.replay.different) })}{' '}
        {notKept > 0 && t('outcome.notKept', { n: notKept })} {r.todaysSettings > 0 && t('outcome.todays', { n: r.todaysSettings })}
      </p>
    </>
  );
}

function Nodes({ result: r }: { result: Result }) {
  const t = useTexts(en);
  const { number } = useFormat();
  return (
    <Section title={t('outcome.nodes')}>
      <Suspense fallback={<div className={css.chart} />}>
        <PairBars rows={r.nodes.map((n) => ({ name: n.node, before: n.parcelsBefore, after: n.parcelsAfter }))} write={number} label={t('outcome.nodes')} words={[t('was'), t('would')]} />
      </Suspense>
      <details className={css.details}>
        <summary>{t('asTable')}</summary>
        <table className={css.table}>
          <thead>
            <tr>
              <th scope="col">{t('node')}</th>
              <th scope="col" className={css.end}>{t('parcelsWas')}</th>
              <th scope="col" className={css.end}>{t('parcelsWould')}</th>
              <th scope="col" className={css.end}>{t('unitsWas')}</th>
              <th scope="col" className={css.end}>{t('unitsWould')}</th>
            </tr>
          </thead>
          <tbody>
            {r.nodes.map((n) => (
              <tr key={n.node}>
                <th scope="row"><bdi>{n.node}</bdi></th>
                <td className={css.end}>{number(n.parcelsBefore)}</td>
                <td className={css.end}>{number(n.parcelsAfter)}</td>
                <td className={css.end}>{number(n.unitsBefore)}</td>
                <td className={css.end}>{number(n.unitsAfter)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </Section>
  );
}

/** By day: all parcels, or those of one node, whose load it is. */
function Days({ result: r, test }: { result: Result; test: Backtest }) {
  const t = useTexts(en);
  const { number, money, date } = useFormat();
  const { locale } = useSpeech();
  const [by, setBy] = useState('');
  const short = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' });
  const rows = r.days.map((d) => {
    const node = d.nodes.find((n) => n.node === by);
    const [before, after] = by === 'cost' ? [d.costBeforeMinor, d.costAfterMinor] : by === '' ? [d.parcelsBefore, d.parcelsAfter] : [node?.parcelsBefore ?? 0, node?.parcelsAfter ?? 0];
    return { day: d.day, name: short.format(Date.parse(d.day)), before, after };
  });
  const write = (n: number) => (by === 'cost' ? money(n, test.currency) : number(n));
  return (
    <Section
      title={t('outcome.days')}
      actions={
        <NativeSelect
          aria-label={t('outcome.measure')}
          value={by}
          onChange={(e) => setBy(e.currentTarget.value)}
          data={[{ value: '', label: t('outcome.allParcels') }, ...(hasCosts(r) ? [{ value: 'cost', label: t('figure.cost') }] : []), ...r.nodes.map((n) => ({ value: n.node, label: t('outcome.parcelsOf', { node: n.node }) }))]}
        />
      }
    >
      <Suspense fallback={<div className={css.chart} />}>
        <PairBars rows={rows} write={write} label={t('outcome.days')} words={[t('was'), t('would')]} />
      </Suspense>
      <details className={css.details}>
        <summary>{t('asTable')}</summary>
        <table className={css.table}>
          <thead>
            <tr>
              <th scope="col">{t('day')}</th>
              <th scope="col" className={css.end}>{t('was')}</th>
              <th scope="col" className={css.end}>{t('would')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((d) => (
              <tr key={d.day}>
                <th scope="row">{date(`${d.day}T00:00:00Z`, 'UTC')}</th>
                <td className={css.end}>{write(d.before)}</td>
                <td className={css.end}>{write(d.after)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </Section>
  );
}

function ChangedOrders({ id, test, result: r }: { id: string; test: Backtest; result: Result }) {
  const t = useTexts(en);
  const may = useMay();
  const found = useInfiniteQuery({
    queryKey: ['backtests', id, 'orders'],
    queryFn: ({ pageParam, signal }) => ask(api.GET('/api/v1/routing/backtests/{id}/orders', { params: { path: { id }, query: { limit: 50, ...(pageParam ? { after: pageParam } : {}) } }, signal })),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    enabled: may('orders:read') && r.changed > 0,
  });
  if (r.changed === 0 || !may('orders:read')) return null;
  const orders = found.data?.pages.flatMap((p) => p.data) ?? [];
  const withCosts = orders.some((o) => typeof (o.before.costMinor as number | undefined) === 'number');
  return (
    <Section title={t('outcome.orders')} beside={t('outcome.ordersCount', { n: r.changed })}>
      <ProblemAlert error={found.error} again={() => void found.refetch()} />
      <OrderTable
        what={t('outcome.orders')}
        rows={orders}
        orderOf={(o: Changed) => o}
        columns={[
          { head: t('placed'), cell: (o) => <When at={o.placedAt} as="date" /> },
          { head: t('was'), cell: (o) => <PlanCell plan={o.before} currency={test.currency} /> },
          { head: t('would'), cell: (o) => <PlanCell plan={o.after} currency={test.currency} /> },
          withCosts && { head: t('outcome.difference'), isEnd: true, cell: (o) => <Money minor={o.after.costMinor - o.before.costMinor} currency={test.currency} isDifference /> },
        ]}
        more={found.hasNextPage && { isLoading: found.isFetchingNextPage, fetch: () => void found.fetchNextPage() }}
      />
      {r.listedChanged < r.changed && <p className="sy-muted">{t('outcome.listed', { n: r.listedChanged })}</p>}
    </Section>
  );
}

/** A plan in a cell: its parcels, what stays behind, when it arrives. */
function PlanCell({ plan, currency }: { plan: Plan; currency: string }) {
  const t = useTexts(en);
  const { number } = useFormat();
  return (
    <span className={css.plan}>
      {plan.parcels.map((p, i) => (
        <span key={i}>{t.node('plan.parcel', { units: number(p.units), node: <bdi className="sy-strong">{p.node}</bdi>, service: <bdi className="sy-muted">{p.service}</bdi> })}</span>
      ))}
      {plan.unfilledUnits > 0 && <span className={css.late}>{t('plan.unfilled', { n: plan.unfilledUnits })}</span>}
      <span className="sy-meta">
        {typeof (plan.costMinor as number | undefined) === 'number' && <Money minor={plan.costMinor} currency={currency} />}
        {plan.deliverBy && <> · {t.node('plan.arrives', { at: <When at={plan.deliverBy} as="date" /> })}</>}
      </span>
    </span>
  );
}
