import { Button, SegmentedControl } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api, ask } from '@house/api/client.ts';
import { IconPrinter } from '@house/icons.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { PageHead } from '@house/parts/PageHead.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { useSession } from '@house/session.tsx';
import { useUrlState } from '@house/useUrlState.ts';
import { OrderSheet, PickSheet } from './OrderSheets.tsx';
import css from './PrintOrders.module.css';
import { orderOptions, type Order } from './orders.ts';
import { mostById, mostByQuery, picksOf } from './printing.ts';
import en from './texts.en.ts';

/** Sheets for paper: what goes into each parcel, or what is to be fetched for all of them. */
export default function PrintOrdersPage() {
  const t = useTexts(en);
  const queries = useQueryClient();
  const { session } = useSession();
  const [url, setUrl] = useUrlState();
  const sheet = url['sheet'] === 'pick' ? 'pick' : 'pack';
  const ids = (url['ids'] ?? '').split(',').filter(Boolean).slice(0, mostById);
  const query = url['query'] ?? '';
  const { data, error, refetch } = useQuery({
    queryKey: ['orders', 'print', ids, query],
    queryFn: async ({ signal }): Promise<{ orders: Order[]; count: number }> => {
      if (ids.length > 0) {
        const orders = await Promise.all(ids.map((id) => queries.fetchQuery(orderOptions(id))));
        return { orders, count: orders.length };
      }
      const page = await ask(api.GET('/api/v1/orders', { params: { query: { query, sort: 'placedAt', limit: mostByQuery, count: true } }, signal }));
      return { orders: page.data, count: page.count?.count ?? page.data.length };
    },
    enabled: ids.length > 0 || query !== '',
    // What is on paper does not change while one looks at it.
    staleTime: Infinity,
    refetchOnWindowFocus: false,
  });
  const shop = session.merchants.find((m) => m.code === session.merchant)?.name ?? '';
  if (ids.length === 0 && query === '')
    return (
      <EmptyState
        kind="nothing"
        title={t('print.nothing')}
        text={t('print.nothingText')}
        action={
          <Button component={Link} to="/orders">
            {t('title')}
          </Button>
        }
      />
    );
  const orders = data?.orders ?? [];
  const nodes = picksOf(orders);
  return (
    <div className={css.page}>
      <div className={css.screen}>
        <PageHead
          title={t('print.title')}
          beside={data && <span className="sy-muted">{t('print.count', { n: orders.length })}</span>}
          actions={
            <Button leftSection={<IconPrinter size={16} aria-hidden />} disabled={orders.length === 0} onClick={() => window.print()}>
              {t('print')}
            </Button>
          }
        />
        <div className={css.choice}>
          <SegmentedControl
            aria-label={t('print.sheet')}
            value={sheet}
            onChange={(v) => setUrl({ sheet: v === 'pick' ? 'pick' : undefined })}
            data={[
              { value: 'pack', label: t('print.pack') },
              { value: 'pick', label: t('print.pick') },
            ]}
          />
          {data && data.count > orders.length && <p role="status">{t('print.first', { n: orders.length, count: data.count })}</p>}
          <ProblemAlert error={error} again={() => void refetch()} />
        </div>
      </div>
      <div className={css.sheets} aria-busy={!data && !error ? true : undefined}>
        {sheet === 'pack' && orders.map((order) => <OrderSheet key={order.id} order={order} shop={shop} />)}
        {sheet === 'pick' && nodes.map(({ node, picks }) => <PickSheet key={node} node={node} picks={picks} shop={shop} />)}
        {sheet === 'pick' && data && nodes.length === 0 && <EmptyState kind="nothing" title={t('print.noPicks')} text={t('print.noPicksText')} />}
      </div>
    </div>
  );
}
