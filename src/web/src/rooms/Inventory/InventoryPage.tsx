import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useCallback, useMemo, useState } from 'react';
import { api, ask, type Schema } from '@house/api/client.ts';
import { IconDownload, IconUpload } from '@house/icons.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { PageHead } from '@house/parts/PageHead.tsx';
import { SearchedList } from '@house/parts/SearchedList.tsx';
import { useList } from '@house/parts/useList.ts';
import { useMay } from '@house/session.tsx';
import { AdjustStock } from './AdjustStock.tsx';
import { ExportStock } from './ExportStock.tsx';
import { Available, LevelCard, useLevelColumns } from './LevelRow.tsx';
import { LevelPeek } from './LevelPeek.tsx';
import { pageOf, type Level } from './stock.ts';
import en from './texts.en.ts';

const idOf = (level: Level) => `${level.sku}|${level.node}`;

/** Stock, a SKU at a node in each row: what is there, what of it is taken, what is left. */
export default function InventoryPage() {
  const t = useTexts(en);
  const may = useMay();
  const list = useList<Level>({
    key: ['stock'],
    sort: 'sku',
    fetch: (by, signal) => ask(api.GET('/api/v1/inventory/levels', { params: { query: { ...by, count: true } }, signal })),
  });
  const inbound = useInbound(list.rows);
  const [peeked, setPeeked] = useState<Level | null>(null);
  const [adjusted, setAdjusted] = useState<Level | null>(null);
  const [isExporting, setExporting] = useState(false);
  const closePeek = useCallback(() => setPeeked(null), []);
  const columns = useLevelColumns(inbound);
  const shown = peeked && (list.rows?.find((l) => idOf(l) === idOf(peeked)) ?? peeked);

  return (
    <>
      <PageHead
        title={t('title')}
        actions={
          <>
            <Button component={Link} variant="default" {...({ to: '/lots' } as object)}>
              {t('lots')}
            </Button>
            <Button component={Link} variant="default" {...({ to: '/shares' } as object)}>
              {t('shares')}
            </Button>
            <Button variant="default" leftSection={<IconDownload size={16} aria-hidden />} onClick={() => setExporting(true)}>
              {t('export')}
            </Button>
            {may('inventory:write') && (
              <Button component={Link} to="/imports" variant="default" leftSection={<IconUpload size={16} aria-hidden />}>
                {t('import')}
              </Button>
            )}
          </>
        }
      />
      <SearchedList<Level>
        name="stock"
        label={t('title')}
        searchHint={t('search')}
        views={[
          { id: 'all', name: t('view.all'), query: '' },
          { id: 'low', name: t('view.low'), query: 'available:<=0', hasCount: true },
          { id: 'oversold', name: t('view.oversold'), query: 'available:<0', hasCount: true },
          { id: 'excess', name: t('view.excess'), query: 'available:>100', hasCount: true },
          { id: 'unavailable', name: t('view.unavailable'), query: 'unavailable:>0', hasCount: true },
          { id: 'claimed', name: t('view.claimed'), query: 'allocated:>0 OR reserved:>0', hasCount: true },
        ]}
        list={list}
        columns={columns}
        rowId={idOf}
        rowName={(l) => l.sku}
        rowLink={(l) => pageOf(l.sku)}
        nameHeader={t('column.sku')}
        nameWidth={168}
        card={(l) => <LevelCard level={l} />}
        cardEnd={(l) => <Available level={l} />}
        onPeek={setPeeked}
        peeked={shown && idOf(shown)}
        {...(may('inventory:write') ? { rowKeys: { a: setAdjusted } } : {})}
        first={{
          title: t('empty.title'),
          text: t('empty.text'),
          action: may('inventory:write') && (
            <Button component={Link} to="/imports">
              {t('import')}
            </Button>
          ),
        }}
        filtered={{
          title: t('filtered.title'),
          text: t('filtered.text', { query: list.query }),
          clear: t('filtered.clear'),
          isGood: list.query === 'available:<=0' || list.query === 'available:<0',
        }}
      />
      {shown && <LevelPeek level={shown} inbound={inbound?.get(shown.sku)} onAdjust={() => setAdjusted(shown)} onClose={closePeek} />}
      {adjusted && <AdjustStock sku={adjusted.sku} levels={[adjusted]} node={adjusted.node} onClose={() => setAdjusted(null)} />}
      {isExporting && <ExportStock query={list.query} found={list.page?.count ?? null} onClose={() => setExporting(false)} />}
    </>
  );
}

export type Inbound = ReadonlyMap<string, Schema['InboundUnits'][]>;

/** What is on its way of the SKUs of the page; it is asked for beside the list, which does not wait for it. */
function useInbound(rows: Level[] | undefined): Inbound | undefined {
  const skus = useMemo(() => [...new Set(rows?.map((l) => l.sku))], [rows]);
  const { data } = useQuery({
    queryKey: ['stock', 'inbound', skus],
    queryFn: async ({ signal }) => {
      const query = `sku:(${skus.map((sku) => `"${sku.replaceAll('"', ' ')}"`).join(', ')})`;
      const page = await ask(api.GET('/api/v1/inventory', { params: { query: { query, limit: 250 } }, signal }));
      return new Map(page.data.map((s) => [s.sku, s.inbound]));
    },
    enabled: skus.length > 0,
    staleTime: 60_000,
    retry: false,
  });
  return data;
}
