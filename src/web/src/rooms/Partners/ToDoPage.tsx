import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { api, ask } from '@house/api/client.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { DataTable, type Column } from '@house/parts/DataTable.tsx';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { PageHead } from '@house/parts/PageHead.tsx';
import { Status } from '@house/parts/Status.tsx';
import { useList } from '@house/parts/useList.ts';
import { Due, When } from '@house/parts/When.tsx';
import { useUrlState } from '@house/useUrlState.ts';
import { StockAge } from './StockAge.tsx';
import css from './Partners.module.css';
import { lists, pageOf, placeOf, summaryOptions, toneOf, unitsOf, type Work } from './work.ts';
import en from './texts.en.ts';

/** What a partner has to do: the four lists, the most urgent first, and how old its stock is. */
export default function ToDoPage() {
  const t = useTexts(en);
  const { number } = useFormat();
  const [url, setUrl] = useUrlState();
  const name = lists.find((l) => l === url['list']) ?? 'new';
  const { data: summary } = useQuery(summaryOptions);
  const list = useList<Work>({
    key: ['partner', 'work', name],
    fetch: ({ limit, after }, signal) => ask(api.GET('/api/v1/partner/work', { params: { query: { list: name, limit, ...(after ? { after } : {}) } }, signal })),
  });
  const manySites = (summary?.nodes.length ?? 0) > 1;
  const columns = useMemo<Column<Work>[]>(
    () => [
      { id: 'state', header: t('state'), width: 176, cell: (w) => <States work={w} /> },
      { id: 'to', header: t('to'), cell: (w) => <bdi>{placeOf(w)}</bdi> },
      ...(manySites ? [{ id: 'node', header: t('node'), width: 96, spare: 2 as const, cell: (w: Work) => <bdi>{w.node}</bdi> }] : []),
      { id: 'units', header: t('units'), width: 72, align: 'end', cell: (w) => number(unitsOf(w)) },
      { id: 'shipBy', header: t('shipBy'), width: 168, cell: (w) => <Due at={w.shipBy} isDone={w.state === 'shipped' || w.state === 'delivered'} /> },
      ...(name === 'new' ? [{ id: 'answerBy', header: t('answerBy'), width: 168, spare: 1 as const, cell: (w: Work) => <Due at={w.answerBy} /> }] : []),
    ],
    [t, number, name, manySites],
  );
  return (
    <>
      <PageHead title={t('title')} beside={summary && <span className="sy-muted">{t('about', { merchant: summary.merchant })}</span>} />
      <nav className={css.tabs} aria-label={t('lists')}>
        {lists.map((l) => (
          <button key={l} type="button" className={css.tab} aria-current={l === name ? 'page' : undefined} data-tone={l === 'trouble' && (summary?.counts.trouble ?? 0) > 0 ? 'bad' : undefined} onClick={() => setUrl({ list: l === 'new' ? undefined : l, after: undefined }, true)}>
            {t(`list.${l}`)} <span className={css.count}>{summary ? number(summary.counts[l]) : ''}</span>
          </button>
        ))}
      </nav>
      {summary && summary.nodes.length > 0 && (
        <div className={css.ages}>
          {summary.nodes.map((n) => (
            <Link key={n.code} to="/partner/stock" search={{ node: n.code } as never} className={css.age}>
              {manySites && <bdi>{n.code}</bdi>}
              {t('stock')}: <StockAge stock={n.stock} />
            </Link>
          ))}
        </div>
      )}
      <DataTable<Work>
        label={t(`list.${name}`)}
        list={list}
        columns={columns}
        rowId={(w) => w.id}
        rowName={(w) => w.number}
        rowLink={pageOf}
        nameHeader={t('number')}
        nameWidth={128}
        card={(w) => (
          <>
            <bdi className="sy-clip">{placeOf(w)}</bdi>
            <span className="sy-row sy-spread">
              <span className="sy-muted">{t('units')}: {number(unitsOf(w))}</span>
              {name === 'shippedToday' ? <When at={w.updatedAt} as="time" /> : <Due at={w.shipBy} />}
            </span>
          </>
        )}
        cardEnd={(w) => <States work={w} />}
        empty={<EmptyState kind="done" title={t(`none.${name}`)} {...(name === 'new' || name === 'trouble' ? { text: t(`none.${name}Text`) } : {})} />}
      />
    </>
  );
}

function States({ work }: { work: Work }) {
  const t = useTexts(en);
  return (
    <span className={css.states}>
      <Status tone={toneOf(work.state)}>{t(`state.${work.state}`)}</Status>
      {work.isHeld && <Status tone="hold">{t('held')}</Status>}
      {work.isLate && <Status tone="bad" isPlain>{t('late')}</Status>}
    </span>
  );
}
