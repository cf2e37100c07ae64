import { Button, SegmentedControl } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, Navigate } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { api, ask } from '@house/api/client.ts';
import { IconPlus } from '@house/icons.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { useLive, type LoggedEvent } from '@house/live.ts';
import { DataTable, type Column } from '@house/parts/DataTable.tsx';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { ScrollPanel } from '@house/parts/ScrollPanel.tsx';
import { Section } from '@house/parts/Section.tsx';
import { Status } from '@house/parts/Status.tsx';
import { useList } from '@house/parts/useList.ts';
import { Due, When } from '@house/parts/When.tsx';
import { useMay } from '@house/session.tsx';
import { useMethodName } from '@house/words/useMethodName.ts';
import { useUrlState } from '@house/useUrlState.ts';
import { Clashes } from './Clashes.tsx';
import { Frame } from './Frame.tsx';
import { Progress } from './Progress.tsx';
import { sections } from './sections.ts';
import en from './texts.en.ts';
import css from './Warehouse.module.css';
import { groupsOf, metres, queueOptions, waveLink, waveTones, type Group, type Grouping, type Wave } from './waves.ts';

/** What waits to be picked at a node, and its waves; whoever may not see them comes to the first part of the warehouse that is theirs. */
export default function WavesPage() {
  const t = useTexts(en);
  const may = useMay();
  const first = sections.find((s) => may(s.permission));
  if (!may('fulfilment:read') && first) return <Navigate to={first.path} replace />;
  return (
    <Frame section="waves" actions={may('fulfilment:manage') && <Button component={Link} to="/warehouse/waves/new" leftSection={<IconPlus size={16} aria-hidden />}>{t('wave.new')}</Button>}>
      {(node) => (
        <div className={css.page}>
          <Clashes node={node} />
          <Queue node={node} />
          <Section title={t('waves')}>
            <Waves key={node} node={node} />
          </Section>
        </div>
      )}
    </Frame>
  );
}

function Queue({ node }: { node: string }) {
  const t = useTexts(en);
  const may = useMay();
  const { number } = useFormat();
  const nameOf = useMethodName();
  const [url, setUrl] = useUrlState();
  const by: Grouping = url['by'] === 'zone' ? 'zone' : url['by'] === 'method' ? 'method' : 'shipBy';
  const { data, error, refetch } = useQuery(queueOptions(node));
  const groups = useMemo(() => groupsOf(data?.data ?? [], by), [data, by]);
  const sum = (of: (w: NonNullable<typeof data>['data'][number]) => number) => (data?.data ?? []).reduce((n, w) => n + of(w), 0);
  const urgent = sum((w) => Number(w.priority > 0));
  const unplaced = sum((w) => Number(!w.isPlaced));
  const linkOf = (g: Group) => `/warehouse/waves/new?node=${encodeURIComponent(node)}${g.key === '' ? '' : by === 'shipBy' ? `&before=${encodeURIComponent(g.key)}` : `&${by}=${encodeURIComponent(g.key)}`}`;
  const words = (g: Group) => (g.key === '' ? t(`queue.no.${by}`) : by === 'method' ? nameOf(g.key) : g.key);
  return (
    <Section
      title={t('queue')}
      actions={
        data && data.data.length > 0 && (
          <SegmentedControl
            size="xs"
            aria-label={t('queue.by')}
            value={by}
            onChange={(v) => setUrl({ by: v === 'shipBy' ? undefined : v })}
            data={(['shipBy', 'zone', 'method'] as const).map((value) => ({ value, label: t(`queue.by.${value}`) }))}
          />
        )
      }
    >
      <ProblemAlert error={error} again={() => void refetch()} />
      {data?.data.length === 0 && (
        <p className={`sy-panel ${css.empty}`}>
          {t('queue.empty')} {data.held > 0 && t('queue.heldToo', { n: data.held })}
        </p>
      )}
      {data && data.data.length > 0 && (
        <>
          <dl className={css.figures}>
            <div><dt>{t('releases')}</dt><dd>{number(data.data.length)}{data.hasMore && '+'}</dd></div>
            <div><dt>{t('units')}</dt><dd>{number(sum((w) => w.units))}</dd></div>
            <div><dt>{t('urgent')}</dt><dd data-tone={urgent > 0 ? 'warn' : undefined}>{number(urgent)}</dd></div>
            <div><dt>{t('queue.unplaced')}</dt><dd data-tone={unplaced > 0 ? 'bad' : undefined}>{number(unplaced)}</dd></div>
            <div><dt>{t('queue.held')}</dt><dd>{number(data.held)}</dd></div>
          </dl>
          <ScrollPanel label={t('queue')}>
            <table className={css.table} aria-label={t('queue')}>
              <thead>
                <tr>
                  <th scope="col">{t(`queue.by.${by}`)}</th>
                  <th scope="col" className={css.end}>{t('releases')}</th>
                  <th scope="col" className={css.end}>{t('units')}</th>
                  <th scope="col" className={css.end}>{t('urgent')}</th>
                  {may('fulfilment:manage') && <td />}
                </tr>
              </thead>
              <tbody>
                {groups.map((g) => (
                  <tr key={g.key}>
                    <th scope="row">{by === 'shipBy' && g.key !== '' ? <Due at={g.key} /> : <bdi>{words(g)}</bdi>}</th>
                    <td className={css.end}>{number(g.releases)}</td>
                    <td className={css.end}>{number(g.units)}</td>
                    <td className={css.end}>{g.urgent > 0 ? <Status tone="warn" isPlain>{number(g.urgent)}</Status> : <span className="sy-muted">–</span>}</td>
                    {may('fulfilment:manage') && (
                      <td className={css.end}>
                        <Button component={Link} to={linkOf(g)} size="compact-sm" variant="default">{t('wave.plan')}</Button>
                      </td>
                    )}
                  </tr>
                ))}
              </tbody>
            </table>
          </ScrollPanel>
        </>
      )}
    </Section>
  );
}

function Waves({ node }: { node: string }) {
  const t = useTexts(en);
  const queries = useQueryClient();
  const { number, dateTime } = useFormat();
  const [url, setUrl] = useUrlState();
  const state = url['state'] === 'planned' || url['state'] === 'released' || url['state'] === 'done' || url['state'] === 'cancelled' ? url['state'] : undefined;
  const list = useList<Wave>({
    key: ['warehouse', 'waves', node, state ?? ''],
    fetch: ({ limit, after }, signal) => ask(api.GET('/api/v1/nodes/{code}/waves', { params: { path: { code: node }, query: { limit, ...(after ? { after } : {}), ...(state ? { state } : {}) } }, signal })),
    limit: 25,
  });
  const again = useCallback(() => void queries.invalidateQueries({ queryKey: ['warehouse'] }), [queries]);
  const hear = useCallback((events: LoggedEvent[]) => events.some((e) => /^(Wave|Pick|Fulfilment|Bin|Hold)/.test(e.kind)) && again(), [again]);
  useLive(hear, again);
  const columns = useMemo<Column<Wave>[]>(
    () => [
      { id: 'state', header: t('state'), width: 128, cell: (w) => <Status tone={waveTones[w.state] ?? 'neutral'}>{t.maybe(`wave.state.${w.state}`)}</Status> },
      { id: 'method', header: t('method'), width: 128, cell: (w) => t.maybe(`method.${w.method}`) },
      { id: 'done', header: t('done'), width: 208, cell: (w) => <Progress done={w.done} of={w.tasks} /> },
      { id: 'releases', header: t('releases'), width: 88, align: 'end', cell: (w) => number(w.releases) },
      { id: 'tours', header: t('tours'), width: 72, align: 'end', spare: 2, cell: (w) => number(w.tours) },
      { id: 'walk', header: t('walk'), width: 104, align: 'end', spare: 2, cell: (w) => (w.walkMm === null ? <span className="sy-muted">–</span> : t('metres', { m: number(metres(w.walkMm)) })) },
      { id: 'priority', header: t('priority'), width: 96, align: 'end', spare: 3, cell: (w) => (w.priority > 0 ? <Status tone="warn" isPlain>{t('urgent')}</Status> : <span className="sy-muted">–</span>) },
      { id: 'made', header: t('made'), spare: 1, cell: (w) => <When at={w.createdAt} /> },
    ],
    [t, number],
  );
  return (
    <>
      <div className={css.acts}>
        <SegmentedControl size="xs" aria-label={t('state')} value={state ?? ''} onChange={(v) => setUrl({ state: v || undefined, after: undefined })} data={[{ value: '', label: t('all') }, ...(['planned', 'released', 'done'] as const).map((value) => ({ value, label: t(`wave.state.${value}`) }))]} />
      </div>
      <DataTable<Wave>
        label={t('waves')}
        list={list}
        columns={columns}
        rowId={(w) => w.id}
        rowName={(w) => dateTime(w.createdAt)}
        rowLink={waveLink}
        nameHeader={t('wave')}
        nameWidth={208}
        card={(w) => (
          <>
            <span className="sy-row sy-spread">
              <Status tone={waveTones[w.state] ?? 'neutral'} isPlain>{t.maybe(`wave.state.${w.state}`)}</Status>
              <span className="sy-muted">{t.maybe(`method.${w.method}`)}</span>
            </span>
            <Progress done={w.done} of={w.tasks} />
          </>
        )}
        empty={state ? <EmptyState kind="filtered" title={t('waves.emptyState')} action={<Button variant="default" onClick={() => setUrl({ state: undefined })}>{t('all')}</Button>} /> : <EmptyState kind="first" title={t('waves.empty')} text={t('waves.emptyText')} />}
      />
    </>
  );
}
