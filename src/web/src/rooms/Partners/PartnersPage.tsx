import { useMemo } from 'react';
import { api, ask } from '@house/api/client.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { DataTable, type Column } from '@house/parts/DataTable.tsx';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { PageHead } from '@house/parts/PageHead.tsx';
import { Status } from '@house/parts/Status.tsx';
import { useList } from '@house/parts/useList.ts';
import { When } from '@house/parts/When.tsx';
import css from './Partners.module.css';
import type { Partner } from './partners.ts';
import { StockAge } from './StockAge.tsx';
import en from './texts.en.ts';

/** Who works for us elsewhere, and whether they do: people and keys, last seen, age of their stock, what waits too long. */
export default function PartnersPage() {
  const t = useTexts(en);
  const { number } = useFormat();
  const list = useList<Partner>({
    key: ['partners'],
    fetch: ({ limit, after }, signal) => ask(api.GET('/api/v1/partners', { params: { query: { limit, ...(after ? { after } : {}) } }, signal })),
  });
  const columns = useMemo<Column<Partner>[]>(
    () => [
      { id: 'name', header: t('invite.name'), cell: (p) => <bdi>{p.name}</bdi> },
      { id: 'kind', header: t('partners.kind'), width: 96, spare: 2, cell: (p) => t(`kind.${p.kind}`) },
      { id: 'people', header: t('partners.people'), width: 168, spare: 3, cell: (p) => t('partners.peopleOf', { people: p.people, keys: p.keys }) },
      { id: 'seen', header: t('partners.seen'), width: 104, cell: (p) => (p.lastSeenAt ? <When at={p.lastSeenAt} /> : <span className="sy-muted">{t('partners.never')}</span>) },
      { id: 'stock', header: t('partners.stock'), width: 216, spare: 1, cell: (p) => <StockAge stock={p.stock} /> },
      { id: 'new', header: t('partners.new'), width: 72, align: 'end', cell: (p) => number(p.new) },
      { id: 'trouble', header: t('list.trouble'), width: 232, cell: (p) => <Trouble partner={p} /> },
    ],
    [t, number],
  );
  return (
    <>
      <PageHead title={t('partners')} />
      <p className={`sy-muted ${css.about}`}>{t('partners.about')}</p>
      <DataTable<Partner>
        label={t('partners')}
        list={list}
        columns={columns}
        rowId={(p) => p.node}
        rowName={(p) => p.node}
        rowLink={(p) => `/nodes/${encodeURIComponent(p.node)}`}
        nameHeader={t('node')}
        nameWidth={104}
        card={(p) => (
          <>
            <bdi className="sy-clip">{p.name}</bdi>
            <span className="sy-row sy-spread">
              <span className="sy-muted">{t('partners.peopleOf', { people: p.people, keys: p.keys })}</span>
              <StockAge stock={p.stock} />
            </span>
          </>
        )}
        cardEnd={(p) => <Trouble partner={p} />}
        empty={<EmptyState kind="first" title={t('partners.none')} text={t('partners.noneText')} />}
      />
    </>
  );
}

function Trouble({ partner: p }: { partner: Partner }) {
  const t = useTexts(en);
  const said = [p.overdue > 0 && t('work.overdue', { n: p.overdue }), p.stopAsked > 0 && t('work.stop', { n: p.stopAsked }), p.late > 0 && t('work.late', { n: p.late })].filter(Boolean);
  return said.length === 0 ? <span className="sy-muted">{t('partners.fine')}</span> : <Status tone={p.overdue > 0 ? 'bad' : 'warn'}>{said.join(', ')}</Status>;
}
