import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { api, ask, type Schema } from '@house/api/client.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import type { Column } from '@house/parts/DataTable.tsx';
import { PageHead } from '@house/parts/PageHead.tsx';
import { SearchedList } from '@house/parts/SearchedList.tsx';
import { Status } from '@house/parts/Status.tsx';
import { useList } from '@house/parts/useList.ts';
import { useSelection } from '@house/parts/useSelection.ts';
import { When } from '@house/parts/When.tsx';
import { useMay, useSession } from '@house/session.tsx';
import { BulkProducts, bulkActions, type BulkAction } from './BulkProducts.tsx';
import { pricesOf } from './product.ts';
import en from './texts.en.ts';

type Product = Schema['ProductView'];

/** All that is sold: goods, bundles, charges. */
export default function CataloguePage() {
  const t = useTexts(en);
  const may = useMay();
  const { money, list: listed } = useFormat();
  const list = useList<Product>({
    key: ['products'],
    sort: 'sku',
    fetch: (by, signal) => ask(api.GET('/api/v1/products', { params: { query: { ...by, count: true } }, signal })),
  });
  const selection = useSelection(list.query);
  const [bulk, setBulk] = useState<BulkAction | null>(null);
  const withPrices = may('prices:read');
  const base = useSession().session.baseCurrency;
  const columns = useMemo<Column<Product>[]>(
    () => [
      { id: 'name', header: t('name'), cell: (p) => <bdi>{p.name}</bdi> },
      { id: 'kind', header: t('kind'), width: 96, spare: 1, cell: (p) => t.maybe(`kind.${p.kind}`) },
      { id: 'tags', header: t('tags'), width: 160, spare: 1, cell: (p) => <bdi className="sy-muted">{p.tags.join(', ') || '–'}</bdi> },
      { id: 'handling', header: t('handling'), width: 144, spare: 2, cell: (p) => (p.handlingFlags.length > 0 ? listed(p.handlingFlags.map((f) => t.maybe(`flag.${f}`))) : <span className="sy-muted">–</span>) },
      { id: 'barcode', header: t('barcode'), width: 136, isOptional: true, cell: (p) => <bdi className="sy-code">{p.barcodes[0]?.barcode ?? '–'}</bdi> },
      { id: 'updated', header: t('updated'), width: 104, spare: 2, sort: 'updatedAt', cell: (p) => <When at={p.updatedAt} /> },
      { id: 'state', header: t('state'), width: 128, cell: (p) => <State product={p} /> },
      ...(withPrices
        ? [{ id: 'price', header: t('price'), width: 152, align: 'end' as const, cell: (p: Product) => pricesOf(p, base).map((x) => money(x.priceMinor, x.currency)).join(' · ') || '–' }]
        : []),
    ],
    [t, money, listed, withPrices, base],
  );
  const make = may('catalog:write') && <Button component={Link} {...({ to: '/new/product' } as object)}>{t('new')}</Button>;
  return (
    <>
      <PageHead title={t('title')} actions={make} />
      <SearchedList<Product>
        name="products"
        label={t('title')}
        searchHint={t('searchHint')}
        views={[
          { id: 'all', name: t('view.all'), query: '' },
          { id: 'bundles', name: t('view.bundles'), query: 'kind:bundle' },
          { id: 'inactive', name: t('view.inactive'), query: 'active:no' },
        ]}
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
        cardEnd={(p) => pricesOf(p, base).slice(0, 1).map((x) => <span key={x.currency} className="sy-nowrap">{money(x.priceMinor, x.currency)}</span>)}
        {...(may('catalog:write') ? { selection } : {})}
        bulk={bulkActions.map((action) => (
          <Button key={action} size="compact-sm" variant="default" onClick={() => setBulk(action)}>
            {t(`bulk.${action}`)}
          </Button>
        ))}
        first={{ title: t('empty.title'), text: t('empty.text'), action: make }}
        filtered={{ title: t('filtered.title'), text: t('filtered.text', { query: list.query }), clear: t('filtered.clear') }}
      />
      {bulk && <BulkProducts action={bulk} selection={selection} query={list.query} onClose={() => setBulk(null)} />}
    </>
  );
}

export function State({ product }: { product: Product }) {
  const t = useTexts(en);
  return product.isActive ? <span className="sy-muted">{t('active')}</span> : <Status tone="neutral">{t('inactive')}</Status>;
}
