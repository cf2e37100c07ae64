import { NativeSelect } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { api, ask } from '@house/api/client.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { DataTable, type Column } from '@house/parts/DataTable.tsx';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { PageHead } from '@house/parts/PageHead.tsx';
import { Status } from '@house/parts/Status.tsx';
import { useList } from '@house/parts/useList.ts';
import { When } from '@house/parts/When.tsx';
import { useUrlState } from '@house/useUrlState.ts';
import css from './SupplierOrders.module.css';
import { states, toneOf, type SupplierOrder } from './supplierOrders.ts';
import en from './texts.en.ts';

/** Orders to suppliers, newest first. */
export default function SupplierOrdersPage() {
  const t = useTexts(en);
  const [url, setUrl] = useUrlState();
  const state = states.find((s) => s === url['state']);
  const list = useList<SupplierOrder>({
    key: ['purchase-orders', state ?? ''],
    fetch: ({ limit, after }, signal) => ask(api.GET('/api/v1/purchase-orders', { params: { query: { limit, ...(after ? { after } : {}), ...(state ? { state } : {}) } }, signal })),
  });
  const columns = useMemo<Column<SupplierOrder>[]>(
    () => [
      { id: 'supplier', header: t('po.supplier'), cell: (o) => <bdi>{o.supplier}</bdi> },
      { id: 'state', header: t('po.state'), width: 168, cell: (o) => <Status tone={toneOf(o.state)}>{t.maybe(`po.state.${o.state}`)}</Status> },
      {
        id: 'order',
        header: t('po.order'),
        width: 128,
        spare: 1,
        cell: (o) =>
          o.order ? (
            <Link className={css.above} to={`/orders/${o.order}`}>
              #{o.orderNumber}
            </Link>
          ) : (
            <span className="sy-muted">{t('po.forStock')}</span>
          ),
      },
      { id: 'expected', header: t('po.expected'), width: 128, spare: 2, cell: (o) => <When at={o.expectedAt} as="date" /> },
      { id: 'made', header: t('po.made'), width: 104, cell: (o) => <When at={o.createdAt} /> },
    ],
    [t],
  );
  return (
    <>
      <PageHead title={t('po.title')} />
      <div className={css.bar}>
        <p>{t('po.about')}</p>
        <NativeSelect aria-label={t('po.state')} value={state ?? ''} onChange={(e) => setUrl({ state: e.currentTarget.value || undefined, after: undefined }, true)} data={[{ value: '', label: t('po.all') }, ...states.map((s) => ({ value: s, label: t(`po.state.${s}`) }))]} />
      </div>
      <DataTable<SupplierOrder>
        label={t('po.title')}
        list={list}
        columns={columns}
        rowId={(o) => o.number}
        rowName={(o) => o.number}
        rowLink={(o) => `/purchase-orders/${encodeURIComponent(o.number)}`}
        nameHeader={t('po.number')}
        nameWidth={176}
        card={(o) => (
          <>
            <bdi className="sy-clip">{o.supplier}</bdi>
            <span className="sy-row sy-spread">
              <span className="sy-muted">{o.orderNumber ? `#${o.orderNumber}` : t('po.forStock')}</span>
              <When at={o.createdAt} />
            </span>
          </>
        )}
        cardEnd={(o) => <Status tone={toneOf(o.state)}>{t.maybe(`po.state.${o.state}`)}</Status>}
        empty={state ? <EmptyState kind="filtered" title={t('po.noneOf', { state: t(`po.state.${state}`) })} /> : <EmptyState kind="first" title={t('po.none')} text={t('po.noneText')} />}
      />
    </>
  );
}
