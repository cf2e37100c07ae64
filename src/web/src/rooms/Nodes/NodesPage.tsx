import { useMemo } from 'react';
import { api, ask } from '@house/api/client.ts';
import { useSpeech, useTexts } from '@house/i18n/useTexts.tsx';
import { DataTable, type Column } from '@house/parts/DataTable.tsx';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { PageHead } from '@house/parts/PageHead.tsx';
import { Status } from '@house/parts/Status.tsx';
import { useList } from '@house/parts/useList.ts';
import { cutOffsOf, type Node } from './nodes.ts';
import en from './texts.en.ts';

/** Where goods leave from: warehouses, stores, partners, suppliers. */
export default function NodesPage() {
  const t = useTexts(en);
  const { locale } = useSpeech();
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
      { id: 'place', header: t('place'), width: 224, spare: 1, cell: (n) => <bdi>{place(n)}</bdi> },
      { id: 'cutOff', header: t('cutOff'), width: 136, cell: (n) => cutOffsOf(n)[0]?.time ?? '–' },
      { id: 'zone', header: t('zone'), width: 152, spare: 2, cell: (n) => <bdi className="sy-muted">{n.timeZone}</bdi> },
      { id: 'state', header: t('state'), width: 120, cell: (n) => <State node={n} /> },
    ];
  }, [t, locale]);
  return (
    <>
      <PageHead title={t('title')} />
      <DataTable<Node>
        label={t('title')}
        list={list}
        columns={columns}
        rowId={(n) => n.code}
        rowName={(n) => n.code}
        rowLink={(n) => `/nodes/${encodeURIComponent(n.code)}`}
        nameHeader={t('code')}
        card={(n) => (
          <>
            <bdi className="sy-clip">{n.name}</bdi>
            <div className="sy-row sy-spread">
              <span className="sy-muted">{t.maybe(`kind.${n.kind}`)}</span>
              <span className="sy-muted">{cutOffsOf(n)[0]?.time}</span>
            </div>
          </>
        )}
        cardEnd={(n) => <State node={n} />}
        empty={<EmptyState kind="first" title={t('empty.title')} text={t('empty.text')} />}
      />
    </>
  );
}

function State({ node }: { node: Node }) {
  const t = useTexts(en);
  return node.isActive ? <span className="sy-muted">{t('active')}</span> : <Status tone="neutral">{t('inactive')}</Status>;
}
