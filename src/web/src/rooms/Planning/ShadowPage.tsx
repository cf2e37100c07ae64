import { Button } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api, ask, type Schema } from '@house/api/client.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { Money } from '@house/parts/Money.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { Section } from '@house/parts/Section.tsx';
import { When } from '@house/parts/When.tsx';
import { useMay } from '@house/session.tsx';
import { toneOf } from './backtests.ts';
import { Frame } from './Frame.tsx';
import { OrderTable } from './OrderTable.tsx';
import css from './Planning.module.css';
import en from './texts.en.ts';

type Sum = Schema['ReadShadowSum'];

/** What the strategy that only looks on would have done with the orders that were placed meanwhile. */
export default function ShadowPage() {
  const t = useTexts(en);
  const may = useMay();
  const { number, money } = useFormat();
  const { data, error, refetch } = useQuery({ queryKey: ['planning', 'shadow'], queryFn: ({ signal }) => ask(api.GET('/api/v1/routing/shadow', { signal })), refetchInterval: 60_000 });
  const isThere = data !== undefined && data.strategy !== null;
  const found = useInfiniteQuery({
    queryKey: ['planning', 'shadow', 'orders'],
    queryFn: ({ pageParam, signal }) => ask(api.GET('/api/v1/routing/shadow/orders', { params: { query: { limit: 50, ...(pageParam ? { after: pageParam } : {}) } }, signal })),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    enabled: isThere && data.differing > 0 && may('orders:read'),
  });
  const orders = found.data?.pages.flatMap((p) => p.data) ?? [];
  const withCosts = isThere && typeof (data.live.costMinor as number | undefined) === 'number';
  const saved = withCosts ? data.live.costMinor - data.shadow.costMinor : 0;
  return (
    <Frame section="shadow">
      <div className={css.page}>
        <p className={css.about}>{t('shadow.about')}</p>
        <ProblemAlert error={error ?? found.error} again={() => void refetch()} />
        {data && !isThere && <EmptyState kind="first" title={t('shadow.empty')} text={t('shadow.emptyText')} action={<Button component={Link} to="/routing">{t('shadow.strategies')}</Button>} />}
        {isThere && (
          <>
            <p className={css.sentence}>
              {data.differing === 0
                ? t('shadow.same', { n: data.orders, name: data.strategy!, v: data.number ?? 0 })
                : !withCosts || saved === 0
                  ? t('shadow.differs', { n: data.differing, of: number(data.orders), name: data.strategy!, v: data.number ?? 0 })
                  : t(saved > 0 ? 'shadow.cheaper' : 'shadow.dearer', { n: data.differing, of: number(data.orders), name: data.strategy!, v: data.number ?? 0, amount: money(Math.abs(saved), data.currency) })}
            </p>
            <dl className={css.figures}>
              <div>
                <dt>{t('shadow.orders')}</dt>
                <dd>{number(data.orders)}</dd>
              </div>
              <div>
                <dt>{t('shadow.differing')}</dt>
                <dd>{number(data.differing)}</dd>
              </div>
              {withCosts && (
                <div>
                  <dt>{t('figure.cost')}</dt>
                  <dd data-tone={toneOf(data.live.costMinor, data.shadow.costMinor)}><Money minor={data.shadow.costMinor} currency={data.currency} /></dd>
                  <dd>{t.node('figure.was', { before: <Money minor={data.live.costMinor} currency={data.currency} /> })}</dd>
                </div>
              )}
              {(['parcels', 'unsentUnits'] as const).map((f) => (
                <div key={f}>
                  <dt>{t(`figure.${f}`)}</dt>
                  <dd data-tone={toneOf(data.live[f], data.shadow[f])}>{number(data.shadow[f])}</dd>
                  <dd>{t('figure.was', { before: number(data.live[f]) })}</dd>
                </div>
              ))}
            </dl>
            {orders.length > 0 && (
              <Section title={t('shadow.list')}>
                <OrderTable
                  what={t('shadow.list')}
                  rows={orders}
                  orderOf={(o) => o}
                  columns={[
                    { head: t('placed'), cell: (o) => <When at={o.placedAt} /> },
                    { head: t('shadow.live'), cell: (o) => <SumCell sum={o.live} currency={data.currency} /> },
                    { head: t('shadow.would'), cell: (o) => <SumCell sum={o.shadow} currency={data.currency} /> },
                    withCosts && { head: t('outcome.difference'), isEnd: true, cell: (o) => <Money minor={o.shadow.costMinor - o.live.costMinor} currency={data.currency} isDifference /> },
                  ]}
                  hasWhy
                  more={found.hasNextPage && { isLoading: found.isFetchingNextPage, fetch: () => void found.fetchNextPage() }}
                />
              </Section>
            )}
          </>
        )}
      </div>
    </Frame>
  );
}

function SumCell({ sum, currency }: { sum: Sum; currency: string }) {
  const t = useTexts(en);
  return (
    <span className={css.plan}>
      <span>{t('plan.parcels', { n: sum.parcels })}</span>
      {sum.unsentUnits > 0 && <span className={css.late}>{t('plan.unfilled', { n: sum.unsentUnits })}</span>}
      {typeof (sum.costMinor as number | undefined) === 'number' && <span className="sy-meta"><Money minor={sum.costMinor} currency={currency} /></span>}
    </span>
  );
}
