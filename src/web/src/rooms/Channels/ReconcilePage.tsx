import { Button, NumberInput, Progress } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask, type Schema } from '@house/api/client.ts';
import { byField } from '@house/api/problem.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { isEnded } from '@house/parts/jobs.ts';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { Section } from '@house/parts/Section.tsx';
import { Status } from '@house/parts/Status.tsx';
import { useMay } from '@house/session.tsx';
import { useUrlState } from '@house/useUrlState.ts';
import { Row, Rows } from '@rooms/Settings/Frame.tsx';
import { ChannelFrame } from './ChannelFrame.tsx';
import { amountsOf, type Connection } from './channels.ts';
import css from './Channels.module.css';
import en from './texts.en.ts';
import { ToldOrderDialog } from './ToldOrderDialog.tsx';
import { useReplay } from './useReplay.ts';

/** Compares the orders of the last days with the channel's own, and takes in from there what is another. */
export default function ReconcilePage() {
  return <ChannelFrame tab="reconcile">{(c) => <Reconcile of={c} />}</ChannelFrame>;
}

function Reconcile({ of: c }: { of: Connection }) {
  const t = useTexts(en);
  const [url, setUrl] = useUrlState();
  const [days, setDays] = useState<number | ''>(7);
  const start = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/connections/{channel}/reconcile', { params: { path: { channel: c.channel } }, body: { days: days === '' ? null : days } })),
    onSuccess: (job) => setUrl({ job: job.id }, true),
  });
  const job = url['job'];
  return (
    <>
      <p className={css.about}>{t('reconcile.about')}</p>
      {c.state === 'live' ? (
        <form
          className={css.form}
          onSubmit={(e) => {
            e.preventDefault();
            start.mutate();
          }}
        >
          <NumberInput label={t('reconcile.days')} value={days} min={1} max={60} allowDecimal={false} maw={200} error={byField(start.error)['days']} onChange={(v) => setDays(v === '' ? '' : Number(v))} />
          <div className={css.buttons}>
            <Button type="submit" loading={start.isPending}>
              {t('reconcile.start')}
            </Button>
          </div>
          <ProblemAlert error={start.error} shown={['/days']} />
        </form>
      ) : (
        <p className="sy-muted">{t('reconcile.notLive')}</p>
      )}
      {job && <Progressing key={job} id={job} connection={c} />}
    </>
  );
}

function Progressing({ id, connection }: { id: string; connection: Connection }) {
  const t = useTexts(en);
  const job = useQuery({
    queryKey: ['jobs', id],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/jobs/{id}', { params: { path: { id } }, signal })),
    refetchInterval: (q) => (q.state.data && isEnded(q.state.data) ? false : 1500),
  });
  const now = job.data;
  if (!now) return <ProblemAlert error={job.error} again={() => void job.refetch()} />;
  return (
    <Section title={t('reconcile.result')} beside={t('reconcile.looked', { n: now.counts.done })}>
      {!isEnded(now) && <Progress value={100} size={4} aria-label={t('reconcile.going')} />}
      <p role="status">{isEnded(now) ? '' : t('reconcile.going')}</p>
      {now.state === 'failed' && <p className={css.fault}>{now.error?.detail ?? t('reconcile.failed')}</p>}
      {now.state === 'cancelled' && <p className="sy-muted">{t('reconcile.cancelled')}</p>}
      {now.state === 'done' && now.counts.failed === 0 && <EmptyState kind="done" title={t('reconcile.equal')} />}
      {now.counts.failed > 0 && <Differences id={id} connection={connection} n={now.counts.failed} />}
    </Section>
  );
}

function Differences({ id, connection: c, n }: { id: string; connection: Connection; n: number }) {
  const t = useTexts(en);
  const [open, setOpen] = useState<string | null>(null);
  const list = useInfiniteQuery({
    queryKey: ['jobs', id, 'rows', 'failed', n],
    queryFn: ({ pageParam, signal }) => ask(api.GET('/api/v1/jobs/{id}/rows', { params: { path: { id }, query: { limit: 50, state: 'failed', ...(pageParam ? { after: pageParam } : {}) } }, signal })),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  });
  return (
    <>
      <ProblemAlert error={list.error} again={() => void list.refetch()} />
      <Rows label={t('reconcile.differences', { n })}>
        {(list.data?.pages.flatMap((p) => p.data) ?? []).map((row) => (
          <Difference key={row.row} of={row} connection={c} onOpen={() => setOpen(row.reference)} />
        ))}
      </Rows>
      {list.hasNextPage && (
        <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('more')}
        </Button>
      )}
      {open !== null && <ToldOrderDialog connection={c} externalId={open} onClose={() => setOpen(null)} />}
    </>
  );
}

function Difference({ of: row, connection, onOpen }: { of: Schema['ListJobsRowView']; connection: Connection; onOpen: () => void }) {
  const t = useTexts(en);
  const { money } = useFormat();
  const mayReplay = useMay()('orders:write');
  const replay = useReplay(connection);
  const amounts = amountsOf(row.message);
  const isThere = row.code !== 'onlyHere';
  return (
    <Row
      name={row.reference}
      beside={<Status tone="warn">{t.maybe(`difference.${row.code ?? ''}`)}</Status>}
      end={
        <>
          {row.code !== 'onlyThere' && (
            <Button size="compact-sm" variant="default" aria-label={t('showOf', { number: row.reference })} onClick={onOpen}>
              {t('show')}
            </Button>
          )}
          {mayReplay && isThere && (
            <Button size="compact-sm" variant="default" loading={replay.isPending} disabled={replay.isSuccess} aria-label={t('takeInOf', { number: row.reference })} onClick={() => replay.mutate(row.reference)}>
              {t(replay.isSuccess ? 'takenIn' : 'takeIn')}
            </Button>
          )}
        </>
      }
    >
      {amounts ? t('difference.amounts', { theirs: money(amounts.theirs, amounts.currency), ours: money(amounts.ours, amounts.currency) }) : <span dir="auto">{row.message}</span>}
      <ProblemAlert error={replay.error} what={t('notReplayed')} />
    </Row>
  );
}
