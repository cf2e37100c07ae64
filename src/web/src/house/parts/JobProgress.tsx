import { Button, Progress } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '../api/client.ts';
import { useTexts } from '../i18n/useTexts.tsx';
import { FileButton } from './FileButton.tsx';
import css from './JobProgress.module.css';
import { isEnded, type Job } from './jobs.ts';
import { JobRows } from './JobRows.tsx';
import { ProblemAlert } from './ProblemAlert.tsx';
import { Status, type Tone } from './Status.tsx';
import { When } from './When.tsx';
import en from './texts.en.ts';

const tones: Record<string, Tone> = { queued: 'neutral', running: 'progress', cancelling: 'warn', done: 'good', failed: 'bad', cancelled: 'neutral' };

/** A job with its progress, cancel, result, what became of each row, and a retry of what failed. */
export function JobProgress({ job: first, onRetry }: { job: Job; onRetry?: (job: Job) => void }) {
  const t = useTexts(en);
  const queries = useQueryClient();
  const { data: job = first } = useQuery({
    queryKey: ['jobs', first.id],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/jobs/{id}', { params: { path: { id: first.id } }, signal })),
    initialData: first,
    refetchInterval: (q) => (q.state.data && isEnded(q.state.data) ? false : 1500),
  });
  const act = useMutation({
    mutationFn: (what: 'cancel' | 'retry' | 'undo') => {
      const at = { params: { path: { id: job.id } } };
      return ask(
        what === 'cancel' ? api.POST('/api/v1/jobs/{id}/cancel', at) : what === 'retry' ? api.POST('/api/v1/jobs/{id}/retry', at) : api.POST('/api/v1/jobs/{id}/undo', at),
      );
    },
    onSuccess: (answer, what) => {
      void queries.invalidateQueries({ queryKey: ['jobs'] });
      if (what !== 'cancel') onRetry?.(answer);
    },
  });
  const [isOpen, setOpen] = useState(false);
  const { total, done, ok, failed, skipped } = job.counts;
  // Files tell only of the rows about which there is something to say.
  const hasRows = failed + skipped > 0 || (job.kind.endsWith('.bulk') && done > 0);
  const share = total ? (done / total) * 100 : isEnded(job) ? 100 : 0;
  return (
    <div className={css.job}>
      <div className="sy-row sy-spread">
        <span className="sy-strong sy-clip">{nameOf(job, t)}</span>
        <Status tone={failed > 0 && job.state === 'done' ? 'warn' : (tones[job.state] ?? 'neutral')}>{t.maybe(`job.${job.state}`)}</Status>
      </div>
      {!isEnded(job) && <Progress value={share} size={4} aria-label={t('job.progress')} transitionDuration={0} />}
      <div className="sy-row sy-spread sy-meta">
        <span>{t(skipped > 0 ? 'job.countsSkipped' : 'job.counts', { done, total: total ?? done, ok, failed, skipped })}</span>
        <When at={job.endedAt ?? job.createdAt} />
      </div>
      {job.error && <p className={css.error}>{job.error.detail}</p>}
      <ProblemAlert error={act.error} />
      <div className="sy-row sy-row-wrap">
        {!isEnded(job) && job.state !== 'cancelling' && (
          <Button size="compact-sm" variant="default" onClick={() => act.mutate('cancel')} loading={act.isPending}>
            {t('job.cancel')}
          </Button>
        )}
        {hasRows && (
          <Button size="compact-sm" variant="default" onClick={() => setOpen(!isOpen)} aria-expanded={isOpen}>
            {failed > 0 ? t('job.showFailed', { n: failed }) : t('job.rows')}
          </Button>
        )}
        {failed > 0 && isEnded(job) && (
          <Button size="compact-sm" variant="default" onClick={() => act.mutate('retry')} loading={act.isPending}>
            {t('job.retry')}
          </Button>
        )}
        {job.result && (
          <FileButton path={`/api/v1/jobs/${job.id}/result`} save={job.result.name} size="compact-sm" variant="default">
            {t('job.result')}
          </FileButton>
        )}
      </div>
      {isOpen && hasRows && <JobRows job={job} />}
    </div>
  );
}

export function nameOf(job: Job, t: { maybe: (key: string) => string }): string {
  const action = (job.arguments as { action?: string } | null)?.action;
  return t.maybe(`job.kind.${job.kind}${action ? `.${action}` : ''}`);
}
