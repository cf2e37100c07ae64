import { Button, NativeSelect, Switch } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { api, ask, ifMatch } from '@house/api/client.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { DataTable, type Column } from '@house/parts/DataTable.tsx';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { Money } from '@house/parts/Money.tsx';
import { notify } from '@house/parts/notices.ts';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { Status } from '@house/parts/Status.tsx';
import { useList } from '@house/parts/useList.ts';
import { useMay, useSession } from '@house/session.tsx';
import { useActorName } from '@house/useActorName.ts';
import { allNodesOptions } from '@rooms/Nodes/nodes.ts';
import { Frame } from './Frame.tsx';
import css from './Planning.module.css';
import { hasSavings, type Run } from './replans.ts';
import en from './texts.en.ts';

/** The runs in which orders that wait were planned anew together, each with what it saved; and the buttons for one more. */
export default function ReplansPage() {
  const t = useTexts(en);
  const may = useMay();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { number, dateTime } = useFormat();
  const nameOf = useActorName();
  const { session } = useSession();
  const currency = session.baseCurrency ?? 'GBP';
  const [node, setNode] = useState('');
  const { data: nodes = [] } = useQuery({ ...allNodesOptions, enabled: may('nodes:read') });
  const list = useList<Run>({
    key: ['planning', 'replans'],
    fetch: ({ limit, after }, signal) => ask(api.GET('/api/v1/routing/replans', { params: { query: { limit, ...(after ? { after } : {}) } }, signal })),
  });
  const run = useMutation({
    mutationFn: (isDryRun: boolean) => ask(api.POST('/api/v1/routing/replan', { body: { node: node || null, isDryRun } })),
    onSuccess: async (made) => {
      await queries.invalidateQueries({ queryKey: ['planning'] });
      notify(t(made.isDryRun ? 'replan.wouldMove' : 'replan.moved', { n: made.ordersMoved }));
      void navigate({ to: `/planning/replans/${made.id}` });
    },
  });
  const withAmounts = list.rows?.some(hasSavings) ?? false;
  const columns = useMemo<Column<Run>[]>(
    () => [
      { id: 'cause', header: t('replan.cause'), cell: (r) => <Cause run={r} /> },
      { id: 'by', header: t('replan.by'), width: 144, spare: 2, cell: (r) => <span className="sy-muted">{nameOf(r.by)}</span> },
      { id: 'seen', header: t('replan.seen'), width: 96, align: 'end', spare: 1, cell: (r) => number(r.ordersSeen) },
      { id: 'moved', header: t('replan.ordersMoved'), width: 96, align: 'end', cell: (r) => number(r.ordersMoved) },
      ...(withAmounts
        ? [
            { id: 'saved', header: t('replan.saved'), width: 112, align: 'end' as const, cell: (r: Run) => <Money minor={r.savedMinor} currency={currency} isMuted={r.savedMinor === 0} /> },
            { id: 'together', header: t('replan.together'), width: 144, align: 'end' as const, spare: 2 as const, cell: (r: Run) => <Money minor={r.savedByTogetherMinor} currency={currency} isMuted={r.savedByTogetherMinor === 0} /> },
          ]
        : []),
    ],
    [t, nameOf, number, withAmounts, currency],
  );
  const mayRun = may('fulfilment:manage');
  return (
    <Frame
      section="replans"
      actions={
        mayRun && (
          <>
            <Button variant="default" loading={run.isPending && run.variables} disabled={run.isPending && !run.variables} onClick={() => run.mutate(true)}>
              {t('replan.dry')}
            </Button>
            <Button loading={run.isPending && !run.variables} disabled={run.isPending && run.variables} onClick={() => run.mutate(false)}>
              {t('replan.run')}
            </Button>
          </>
        )
      }
    >
      <div className={css.bar}>
        <p>{t('replans.about')}</p>
        {mayRun && nodes.length > 1 && (
          <NativeSelect aria-label={t('replan.node')} value={node} onChange={(e) => setNode(e.currentTarget.value)} data={[{ value: '', label: t('replan.allNodes') }, ...nodes.map((n) => ({ value: n.code, label: t('replan.onlyNode', { node: n.code }) }))]} />
        )}
        {may('settings:read') && <Automatic />}
      </div>
      {run.error && <div className={css.problem}><ProblemAlert error={run.error} what={t('replan.notRun')} /></div>}
      <DataTable<Run>
        label={t('replans')}
        list={list}
        columns={columns}
        rowId={(r) => r.id}
        rowName={(r) => dateTime(r.startedAt)}
        rowLink={(r) => `/planning/replans/${r.id}`}
        nameHeader={t('replan.when')}
        nameWidth={152}
        card={(r) => (
          <>
            <Cause run={r} />
            <span className="sy-muted">{t('replan.summary', { n: r.ordersMoved, seen: number(r.ordersSeen) })}</span>
          </>
        )}
        cardEnd={(r) => (withAmounts ? <Money minor={r.savedMinor} currency={currency} /> : null)}
        empty={<EmptyState kind="first" title={t('replan.empty')} text={t('replan.emptyText')} />}
      />
    </Frame>
  );
}

function Cause({ run: r }: { run: Run }) {
  const t = useTexts(en);
  return (
    <span className="sy-row">
      <span className="sy-clip">{r.detail ? t.node('replan.about', { cause: t.maybe(`cause.${r.cause}`), what: <bdi>{r.detail}</bdi> }) : t.maybe(`cause.${r.cause}`)}</span>
      {r.isDryRun && <Status tone="neutral">{t('replan.isDry')}</Status>}
      {r.finishedAt === null && <Status tone="progress">{t('replan.running')}</Status>}
    </span>
  );
}

/** Whether it is done by itself, and for how much; turned here by whoever may. */
function Automatic() {
  const t = useTexts(en);
  const may = useMay();
  const queries = useQueryClient();
  const key = ['planning', 'replan-settings'];
  const { data, error } = useQuery({ queryKey: key, queryFn: ({ signal }) => ask(api.GET('/api/v1/routing/replan-settings', { signal })), retry: false });
  const turn = useMutation({
    mutationFn: (isOn: boolean) =>
      ask(api.PUT('/api/v1/routing/replan-settings', { body: { mode: isOn ? 'on' : 'off', minSavingMinor: data!.minSavingMinor, churnMinor: data!.churnMinor }, headers: ifMatch(data!.version) })),
    onSuccess: (saved) => {
      queries.setQueryData(key, saved);
      notify(t(saved.mode === 'on' ? 'replan.nowOn' : 'replan.nowOff'));
    },
  });
  if (error) return null;
  return (
    <>
      {data && <Switch label={t('replan.automatic')} checked={data.mode === 'on'} disabled={!may('settings:write') || turn.isPending} onChange={(e) => turn.mutate(e.currentTarget.checked)} />}
      <ProblemAlert error={turn.error} />
    </>
  );
}
