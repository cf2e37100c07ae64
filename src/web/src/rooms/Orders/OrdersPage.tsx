import { ActionIcon, Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useCallback, useEffect, useState } from 'react';
import { api, ask } from '@house/api/client.ts';
import { IconDownload, IconPlus } from '@house/icons.ts';
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
import shell from '@house/shell/texts.en.ts';
import { useFresh } from '@house/useFresh.ts';
import { bulkActions, type BulkAction } from './bulk.ts';
import { BulkOrders } from './BulkOrders.tsx';
import { OrderPeek } from './OrderPeek.tsx';
import { ChannelMark, OrderCard, OrderCardEnd, useOrderColumns } from './OrderRow.tsx';
import { seesPrices, type Order } from './orders.ts';
import { printSearch } from './printing.ts';
import en from './texts.en.ts';

const idOf = (order: Order) => order.id;

/** All orders: views, search, many at once. */
export default function OrdersPage() {
  const t = useTexts(en);
  const words = useTexts(shell);
  const may = useMay();
  const me = useSession().session.user?.userName;
  const queries = useQueryClient();
  const asked = useList<Order>({
    key: ['orders'],
    sort: '-placedAt',
    fetch: (by, signal) => ask(api.GET('/api/v1/orders', { params: { query: { ...by, count: true } }, signal })),
  });
  const selection = useSelection(asked.query);
  const fresh = useFresh(asked, idOf, (e) => e.aggregateKind === 'order');
  const list = fresh.list;
  const [peeked, setPeeked] = useState<Order | null>(null);
  const [bulk, setBulk] = useState<{ action: BulkAction; isWhole: boolean } | null>(null);
  const { columns, menu: columnMenu, kept } = useColumns('orders', useOrderColumns(!list.rows?.some((o) => !seesPrices(o))));
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
      <PageHead
        title={t('title')}
        beside={<FreshPill n={list.newer ? 0 : fresh.waiting} gone={fresh.gone.size} onShow={fresh.show} />}
        actions={
          may('orders:write') && (
            <>
              <Button component={Link} to="/drafts" variant="default">
                {t('drafts')}
              </Button>
              <Button component={Link} to="/orders/new" leftSection={<IconPlus size={16} aria-hidden />} aria-keyshortcuts="N">
                {words('nav.newOrder')}
              </Button>
            </>
          )
        }
      />
      <ViewTabs
        list="orders"
        query={list.query}
        sort={list.sort}
        columns={kept}
        count={count}
        builtIn={[
          { id: 'all', name: t('view.all'), query: '' },
          { id: 'to-ship', name: t('view.toShip'), query: 'status:(confirmed, partlyShipped) held:no', hasCount: true },
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
              <Button key={action} size="compact-sm" variant="default" onClick={() => setBulk({ action, isWhole: false })}>
                {t(`bulk.${action}`)}
              </Button>
            ))}
          <Button size="compact-sm" variant="default" component={Link} to="/orders/print" search={printSearch(selection, list.query) as never}>
            {t('print')}
          </Button>
        </BulkBar>
      ) : (
        <QueryBar list="orders" query={list.query} onQuery={list.setQuery} error={list.error}>
          {columnMenu}
          <ActionIcon aria-label={t('bulk.export.title')} title={t('bulk.export.title')} onClick={() => setBulk({ action: 'export', isWhole: true })}>
            <IconDownload size={16} aria-hidden />
          </ActionIcon>
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
        gone={fresh.gone}
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
      {bulk && (
        <BulkOrders
          action={bulk.action}
          selection={bulk.isWhole ? null : selection}
          query={list.query}
          onClose={(isDone) => {
            setBulk(null);
            if (!isDone || bulk.action === 'export') return;
            fresh.show();
            void queries.invalidateQueries({ queryKey: ['orders', 'count'] });
            void queries.invalidateQueries({ queryKey: ['views', 'orders'] });
          }}
        />
      )}
    </>
  );
}
