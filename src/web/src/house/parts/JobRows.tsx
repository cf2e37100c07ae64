import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { api, ask, type Schema } from '../api/client.ts';
import { useTexts } from '../i18n/useTexts.tsx';
import css from './JobProgress.module.css';
import type { Job } from './jobs.ts';
import { ProblemAlert } from './ProblemAlert.tsx';
import { Status, type Tone } from './Status.tsx';
import en from './texts.en.ts';

type Row = Schema['ListJobsRowView'];
type State = 'all' | 'failed' | 'skipped' | 'ok' | 'waiting';

const tones: Record<string, Tone> = { ok: 'good', failed: 'bad', skipped: 'neutral', waiting: 'neutral' };

/** What became of each row of a job: what was refused first, with its reason. */
export function JobRows({ job }: { job: Job }) {
  const t = useTexts(en);
  const { ok, failed, skipped, total, done } = job.counts;
  const counts: Record<Exclude<State, 'all'>, number> = { failed, skipped, ok, waiting: Math.max(0, (total ?? done) - done) };
  const [state, setState] = useState<State>(failed > 0 ? 'failed' : 'all');
  const rows = useInfiniteQuery({
    queryKey: ['jobs', job.id, 'rows', state, done],
    queryFn: ({ pageParam, signal }) =>
      ask(
        api.GET('/api/v1/jobs/{id}/rows', {
          params: { path: { id: job.id }, query: { limit: 50, ...(state === 'all' ? {} : { state }), ...(pageParam ? { after: pageParam } : {}) } },
          signal,
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
  });
  const states = (['failed', 'skipped', 'ok', 'waiting'] as const).filter((s) => counts[s] > 0);
  const found = rows.data?.pages.flatMap((p) => p.data) ?? [];
  return (
    <>
      {states.length > 1 && (
        <div className={css.states} role="group" aria-label={t('job.rows.filter')}>
          {(['all', ...states] as const).map((s) => (
            <button key={s} type="button" className={css.state} aria-pressed={s === state} onClick={() => setState(s)}>
              {s === 'all' ? t('job.rows.all') : t(`job.rows.${s}`, { n: counts[s] })}
            </button>
          ))}
        </div>
      )}
      <ProblemAlert error={rows.error} again={() => void rows.refetch()} />
      {/* A list that scrolls must be reached by the keyboard. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <ul className={css.rows} aria-label={t('job.rows')} tabIndex={0}>
        {found.map((row) => (
          <li key={row.row} className={css.row}>
            <Status tone={tones[row.state] ?? 'neutral'}>{t.maybe(`job.row.${row.state}`)}</Status>
            <Reference row={row} kind={job.kind} />
            <span className="sy-muted">{row.message ?? row.code}</span>
          </li>
        ))}
        {rows.data && found.length === 0 && <li className="sy-muted">{t('job.rows.none')}</li>}
      </ul>
      {rows.hasNextPage && (
        <Button size="compact-sm" variant="subtle" loading={rows.isFetchingNextPage} onClick={() => void rows.fetchNextPage()}>
          {t('job.rows.more')}
        </Button>
      )}
    </>
  );
}

/** The thing itself, where it has a page. */
function Reference({ row, kind }: { row: Row; kind: string }) {
  const page = pageOf(row.reference, kind);
  const name = row.name ?? row.reference;
  if (!page) return <bdi className="sy-code">{name}</bdi>;
  return (
    <Link to={page} preload={false} className="sy-nowrap">
      <bdi>{row.name && row.reference.startsWith('ord_') ? `#${row.name}` : name}</bdi>
    </Link>
  );
}

const pageOf = (reference: string, kind: string): string | null =>
  reference.startsWith('ord_') ? `/orders/${reference}` : reference.startsWith('cus_') ? `/customers/${reference}` : kind === 'catalog.bulk' ? `/catalogue/${encodeURIComponent(reference)}` : null;
