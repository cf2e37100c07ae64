import { useCallback, useMemo } from 'react';
import { api, ask, type Schema } from '@house/api/client.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { DataTable, type Column } from '@house/parts/DataTable.tsx';
import { ListEmpty } from '@house/parts/ListEmpty.tsx';
import { PageHead } from '@house/parts/PageHead.tsx';
import { QueryBar } from '@house/parts/QueryBar.tsx';
import { Status } from '@house/parts/Status.tsx';
import { useColumns } from '@house/parts/useColumns.tsx';
import { useList } from '@house/parts/useList.ts';
import { ViewTabs } from '@house/parts/ViewTabs.tsx';
import { When } from '@house/parts/When.tsx';
import en from './texts.en.ts';

type Product = Schema['ProductView'];

/** All that is sold: goods, bundles, charges. */
export default function CataloguePage() {
  const t = useTexts(en);
  const { money, list: listed } = useFormat();
  const list = useList<Product>({
    key: ['products'],
    sort: 'sku',
    fetch: (by, signal) => ask(api.GET('/api/v1/products', { params: { query: { ...by, count: true } }, signal })),
  });
  const count = useCallback(
    async (query: string, signal: AbortSignal) => (await ask(api.GET('/api/v1/products', { params: { query: { query, count: true, limit: 1 } }, signal }))).count,
    [],
  );
  const withPrices = !list.rows || list.rows.some((p) => Boolean(p.prices as unknown));
  const all = useMemo<Column<Product>[]>(
    () => [
      { id: 'name', header: t('name'), cell: (p) => <bdi>{p.name}</bdi> },
      { id: 'kind', header: t('kind'), width: 96, spare: 1, cell: (p) => t.maybe(`kind.${p.kind}`) },
      { id: 'tags', header: t('tags'), width: 160, spare: 1, cell: (p) => <bdi className="sy-muted">{p.tags.join(', ') || '–'}</bdi> },
      { id: 'handling', header: t('handling'), width: 144, spare: 2, cell: (p) => (p.handlingFlags.length > 0 ? listed(p.handlingFlags.map((f) => t.maybe(`flag.${f}`))) : <span className="sy-muted">–</span>) },
      { id: 'barcode', header: t('barcode'), width: 136, isOptional: true, cell: (p) => <bdi className="sy-code">{p.barcodes[0]?.barcode ?? '–'}</bdi> },
      { id: 'updated', header: t('updated'), width: 104, spare: 2, sort: 'updatedAt', cell: (p) => <When at={p.updatedAt} /> },
      { id: 'state', header: t('state'), width: 128, cell: (p) => <State product={p} /> },
      ...(withPrices
        ? [{ id: 'price', header: t('price'), width: 152, align: 'end' as const, cell: (p: Product) => p.prices?.map((x) => money(x.priceMinor, x.currency)).join(' · ') || '–' }]
        : []),
    ],
    [t, money, listed, withPrices],
  );
  const [columns, columnMenu] = useColumns('products', all);
  return (
    <>
      <PageHead title={t('title')} />
      <ViewTabs
        list="products"
        query={list.query}
        sort={list.sort}
        count={count}
        builtIn={[
          { id: 'all', name: t('view.all'), query: '' },
          { id: 'bundles', name: t('view.bundles'), query: 'kind:bundle' },
          { id: 'inactive', name: t('view.inactive'), query: 'active:no' },
        ]}
      />
      <QueryBar list="products" query={list.query} onQuery={list.setQuery} error={list.error} placeholder={t('searchHint')}>
        {columnMenu}
      </QueryBar>
      <DataTable<Product>
        label={t('title')}
        list={list}
        columns={columns}
        rowId={(p) => p.sku}
        rowName={(p) => p.sku}
        rowLink={(p) => `/catalogue/${encodeURIComponent(p.sku)}`}
        nameHeader={t('sku')}
        nameWidth={176}
        card={(p) => (
          <>
            <bdi className="sy-clip">{p.name}</bdi>
            <div className="sy-row sy-spread">
              <span className="sy-muted">{t.maybe(`kind.${p.kind}`)}</span>
              <State product={p} />
            </div>
          </>
        )}
        cardEnd={(p) => (p.prices?.[0] ? <span className="sy-nowrap">{money(p.prices[0].priceMinor, p.prices[0].currency)}</span> : null)}
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
    </>
  );
}

export function State({ product }: { product: Product }) {
  const t = useTexts(en);
  return product.isActive ? <span className="sy-muted">{t('active')}</span> : <Status tone="neutral">{t('inactive')}</Status>;
}
