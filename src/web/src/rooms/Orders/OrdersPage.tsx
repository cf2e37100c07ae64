import { Button } from '@mantine/core';
import { useCallback, useEffect, useState } from 'react';
import { api, ask } from '@house/api/client.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { BulkBar } from '@house/parts/BulkBar.tsx';
import { DataTable } from '@house/parts/DataTable.tsx';
import { FreshPill } from '@house/parts/FreshPill.tsx';
import { ListEmpty } from '@house/parts/ListEmpty.tsx';
import { PageHead } from '@house/parts/PageHead.tsx';
import { QueryBar } from '@house/parts/QueryBar.tsx';
import { useColumns } from '@house/parts/useColumns.tsx';
import { useList } from '@house/parts/useList.ts';
import { useSelection } from '@house/parts/useSelection.ts';
import { ViewTabs } from '@house/parts/ViewTabs.tsx';
import { useMay, useSession } from '@house/session.tsx';
import { useFresh } from '@house/useFresh.ts';
import { BulkOrders, type BulkAction } from './BulkOrders.tsx';
import { OrderPeek } from './OrderPeek.tsx';
import { ChannelMark, OrderCard, OrderCardEnd, useOrderColumns } from './OrderRow.tsx';
import { seesPrices, type Order } from './orders.ts';
import en from './texts.en.ts';

const idOf = (order: Order) => order.id;

/** All orders: views, search, many at once. */
export default function OrdersPage() {
  const t = useTexts(en);
  const may = useMay();
  const me = useSession().session.user?.userName;
  const list = useList<Order>({
    key: ['orders'],
    sort: '-placedAt',
    fetch: (by, signal) => ask(api.GET('/api/v1/orders', { params: { query: { ...by, count: true } }, signal })),
  });
  const selection = useSelection(list.query);
  const fresh = useFresh(list, idOf, (e) => e.kind === 'OrderPlaced');
  const [peeked, setPeeked] = useState<Order | null>(null);
  const [bulk, setBulk] = useState<BulkAction | null>(null);
  const [columns, columnMenu] = useColumns('orders', useOrderColumns(!list.rows?.some((o) => !seesPrices(o))));
  const closePeek = useCallback(() => setPeeked(null), []);
  const count = useCallback(
    async (query: string, signal: AbortSignal) =>
      (await ask(api.GET('/api/v1/orders', { params: { query: { query, count: true, limit: 1, fields: 'number' } }, signal }))).count,
    [],
  );
  // The page of an order leads on to its neighbours in this list.
  useEffect(() => {
    if (list.rows) sessionStorage.setItem('orders:listed', JSON.stringify(list.rows.map(idOf)));
  }, [list.rows]);
  const chosen = selection.isAll || selection.count > 0;
  const shown = peeked && (list.rows?.find((o) => o.id === peeked.id) ?? peeked);

  return (
    <>
      <PageHead title={t('title')} beside={!list.newer && <FreshPill n={fresh.waiting} onShow={fresh.show} />} />
      <ViewTabs
        list="orders"
        query={list.query}
        sort={list.sort}
        count={count}
        builtIn={[
          { id: 'all', name: t('view.all'), query: '' },
          { id: 'to-ship', name: t('view.toShip'), query: 'state:confirmed held:no', hasCount: true },
          { id: 'held', name: t('view.held'), query: 'held:yes', hasCount: true },
          { id: 'at-risk', name: t('view.atRisk'), query: 'atRisk:yes', hasCount: true },
          { id: 'backordered', name: t('view.backordered'), query: 'status:backordered', hasCount: true },
          { id: 'unpaid', name: t('view.unpaid'), query: 'payment:pending state:(placed, confirmed)', hasCount: true },
          ...(me ? [{ id: 'mine', name: t('view.mine'), query: `assignee:${me} state:(placed, confirmed)`, hasCount: true }] : []),
        ]}
      />
      {chosen ? (
        <BulkBar selection={selection} list={list} canAll={list.query !== ''}>
          {bulkActions
            .filter((a) => may(a === 'cancel' ? 'orders:cancel' : 'orders:write'))
            .map((action) => (
              <Button key={action} size="compact-sm" variant="default" onClick={() => setBulk(action)}>
                {t(`bulk.${action}`)}
              </Button>
            ))}
        </BulkBar>
      ) : (
        <QueryBar list="orders" query={list.query} onQuery={list.setQuery} error={list.error}>
          {columnMenu}
        </QueryBar>
      )}
      <DataTable<Order>
        label={t('title')}
        list={list}
        columns={columns}
        rowId={idOf}
        rowName={(o) => `#${o.number}`}
        rowLink={(o) => `/orders/${o.id}`}
        rowMark={(o) => <ChannelMark channel={o.channel} />}
        nameHeader={t('column.order')}
        card={(o) => <OrderCard order={o} />}
        cardEnd={(o) => <OrderCardEnd order={o} />}
        {...(may('orders:write') ? { selection } : {})}
        onPeek={setPeeked}
        peeked={peeked?.id ?? null}
        fresh={fresh.fresh}
        empty={
          <ListEmpty
            list={list}
            first={{ title: t('empty.title'), text: t('empty.text') }}
            filtered={{
              title: t('filtered.title'),
              text: t('filtered.text', { query: list.query }),
              clear: t('filtered.clear'),
            }}
          />
        }
      />
      {shown && <OrderPeek order={shown} onClose={closePeek} />}
      {bulk && <BulkOrders action={bulk} selection={selection} query={list.query} onClose={() => setBulk(null)} />}
    </>
  );
}

const bulkActions = ['tag', 'untag', 'assign', 'hold', 'releaseHold', 'cancel'] as const satisfies readonly BulkAction[];
