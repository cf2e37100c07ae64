import { Button } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useMemo, useState } from 'react';
import { api, ask } from '@house/api/client.ts';
import { useSpeech, useTexts } from '@house/i18n/useTexts.tsx';
import { DataTable, type Column } from '@house/parts/DataTable.tsx';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { PageHead } from '@house/parts/PageHead.tsx';
import { useList } from '@house/parts/useList.ts';
import { usePreference } from '@house/preferences.ts';
import { useMay } from '@house/session.tsx';
import { stateOf, type Load } from './map.ts';
import { allNodesOptions, cutOffsOf, loadsOptions, pageOf, type Node } from './nodes.ts';
import css from './NodesPage.module.css';
import en from './texts.en.ts';
import { State } from './State.tsx';
import { Today } from './Today.tsx';

const NodeMap = lazy(() => import('./NodeMap.tsx'));

/** Where goods leave from: warehouses, stores, partners, suppliers; on a map, and the same in a list. */
export default function NodesPage() {
  const t = useTexts(en);
  const may = useMay();
  const { locale } = useSpeech();
  const isNarrow = useMediaQuery('(max-width: 40em)', undefined, { getInitialValueInEffect: false });
  const [liked, setLiked] = usePreference<boolean | null>('nodes-map', null);
  const withMap = liked ?? !isNarrow;
  const { data: loads } = useQuery(loadsOptions);
  const list = useList<Node>({
    key: ['nodes'],
    fetch: ({ limit, after }, signal) => ask(api.GET('/api/v1/nodes', { params: { query: { limit, ...(after ? { after } : {}) } }, signal })),
  });
  const columns = useMemo<Column<Node>[]>(() => {
    const countries = new Intl.DisplayNames(locale, { type: 'region', fallback: 'code' });
    const place = (n: Node) => [n.address.city, n.country && countries.of(n.country)].filter(Boolean).join(', ') || '–';
    return [
      { id: 'name', header: t('name'), cell: (n) => <bdi>{n.name}</bdi> },
      { id: 'kind', header: t('kind'), width: 128, cell: (n) => t.maybe(`kind.${n.kind}`) },
      { id: 'place', header: t('place'), width: 200, spare: 1, cell: (n) => <bdi>{place(n)}</bdi> },
      { id: 'cutOff', header: t('cutOff'), width: 96, cell: (n) => cutOffsOf(n)[0]?.time ?? '–' },
      { id: 'zone', header: t('zone'), width: 144, spare: 3, cell: (n) => <bdi className="sy-muted">{n.timeZone}</bdi> },
      { id: 'today', header: t('today'), width: 144, cell: (n) => <Today load={loads?.get(n.code)} /> },
      { id: 'live', header: t('live'), width: 80, align: 'end', spare: 2, cell: (n) => loads?.get(n.code)?.live ?? '–' },
      { id: 'state', header: t('state'), width: 128, cell: (n) => <State node={n} load={loads?.get(n.code)} /> },
    ];
  }, [t, locale, loads]);
  const make = may('nodes:write') && <Button component={Link} {...({ to: '/new/node' } as object)}>{t('new')}</Button>;
  return (
    <>
      <PageHead
        title={t('title')}
        actions={
          <>
            <Button variant="default" aria-expanded={withMap} onClick={() => setLiked(!withMap)}>{t(withMap ? 'map.hide' : 'map.show')}</Button>
            <Button component={Link} to="/zones" variant="default">{t(isNarrow ? 'zones.short' : 'zones')}</Button>
            {make}
          </>
        }
      />
      {withMap && (
        <div className={css.map}>
          <Suspense fallback={null}>
            <MapOfNodes loads={loads} />
          </Suspense>
        </div>
      )}
      <DataTable<Node>
        label={t('title')}
        list={list}
        columns={columns}
        rowId={(n) => n.code}
        rowName={(n) => n.code}
        rowLink={(n) => pageOf(n.code)}
        nameHeader={t('code')}
        card={(n) => (
          <>
            <bdi className="sy-clip">{n.name}</bdi>
            <div className="sy-row sy-spread">
              <span className="sy-muted">{[t.maybe(`kind.${n.kind}`), cutOffsOf(n)[0]?.time].filter(Boolean).join(' · ')}</span>
              <Today load={loads?.get(n.code)} />
            </div>
          </>
        )}
        cardEnd={(n) => <State node={n} load={loads?.get(n.code)} />}
        empty={<EmptyState kind="first" title={t('empty.title')} text={t('empty.text')} action={make} />}
      />
    </>
  );
}

function MapOfNodes({ loads }: { loads: Map<string, Load> | undefined }) {
  const t = useTexts(en);
  const { data: nodes = [] } = useQuery(allNodesOptions);
  const [selected, setSelected] = useState<string | null>(null);
  const node = nodes.find((n) => n.code === selected);
  const placed = nodes.filter((n) => n.position);
  const pins = placed.map((n) => ({
    code: n.code,
    latitude: n.position!.latitude,
    longitude: n.position!.longitude,
    state: stateOf(n, loads?.get(n.code)),
    words: [n.code, n.name, t(words[stateOf(n, loads?.get(n.code))])].join(', '),
  }));
  const lost = nodes.length - placed.length;
  return (
    <NodeMap label={t('map')} pins={pins} selected={selected} onSelect={setSelected}>
      {node && (
        <div className={css.card}>
          <Link to={pageOf(node.code)} className="sy-strong">{node.code} · {node.name}</Link>
          <span className="sy-row sy-row-wrap">
            <span className="sy-muted">{t.maybe(`kind.${node.kind}`)}</span>
            <State node={node} load={loads?.get(node.code)} />
          </span>
          <Today load={loads?.get(node.code)} />
        </div>
      )}
      {lost > 0 && <p className={css.lost}>{t('map.lost', { n: lost })}</p>}
    </NodeMap>
  );
}

const words = { working: 'active', full: 'full', closed: 'inactive' } as const;
