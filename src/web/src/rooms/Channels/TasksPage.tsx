import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { api, ask } from '@house/api/client.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { useUrlState } from '@house/useUrlState.ts';
import { Rows } from '@rooms/Settings/Frame.tsx';
import { ChannelFrame } from './ChannelFrame.tsx';
import type { Connection } from './channels.ts';
import css from './Channels.module.css';
import { States } from './States.tsx';
import { TaskRow } from './TaskRow.tsx';
import en from './texts.en.ts';

const states = ['all', 'parked', 'waiting', 'done', 'dropped'] as const;

/** What the channel is told of its orders: parcels, cancellations and refunds. */
export default function TasksPage() {
  return <ChannelFrame tab="told">{(c) => <Tasks of={c} />}</ChannelFrame>;
}

function Tasks({ of: c }: { of: Connection }) {
  const t = useTexts(en);
  const [url, setUrl] = useUrlState();
  const state = states.find((s) => s === url['state']) ?? 'all';
  const list = useInfiniteQuery({
    queryKey: ['connections', c.channel, 'tasks', state],
    queryFn: ({ pageParam, signal }) => ask(api.GET('/api/v1/connections/{channel}/tasks', { params: { path: { channel: c.channel }, query: { limit: 50, ...(state === 'all' ? {} : { state }), ...(pageParam ? { after: pageParam } : {}) } }, signal })),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    refetchInterval: 15_000,
  });
  const rows = list.data?.pages.flatMap((p) => p.data);
  return (
    <>
      <div className={css.bar}>
        <States label={t('tasks.filter')} states={states} current={state} nameOf={(s) => t(`tasks.${s}`)} countOf={(s) => (s === 'parked' ? c.health.tasksParked : s === 'waiting' ? c.health.tasksWaiting : undefined)} onChange={(s) => setUrl({ state: s === 'all' ? undefined : s }, true)} />
      </div>
      <ProblemAlert error={list.error} what={t('notLoaded')} again={() => void list.refetch()} />
      {rows?.length === 0 && (state === 'parked' ? <EmptyState kind="done" title={t('tasks.noneParked')} /> : <EmptyState kind={state === 'all' ? 'first' : 'filtered'} title={t('tasks.none')} text={t('tasks.noneText')} />)}
      {rows && rows.length > 0 && (
        <Rows label={t('tab.told')}>
          {rows.map((task) => (
            <TaskRow key={task.key} of={task} channel={c.channel} />
          ))}
        </Rows>
      )}
      {list.hasNextPage && (
        <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('more')}
        </Button>
      )}
    </>
  );
}
