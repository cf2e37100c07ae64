import { Button, Modal } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useState, type ReactNode } from 'react';
import { api, ask } from '../api/client.ts';
import { byField } from '../api/problem.ts';
import { useTexts } from '../i18n/useTexts.tsx';
import css from './BulkDialog.module.css';
import { JobProgress } from './JobProgress.tsx';
import { isEnded, untilEnded, type Job } from './jobs.ts';
import { notify } from './notices.ts';
import { ProblemAlert } from './ProblemAlert.tsx';
import type { Selection } from './useSelection.ts';
import en from './texts.en.ts';

interface Counted {
  count: number;
  isExact: boolean;
}

interface Props {
  title: string;
  /** Of the cache, of whose list it is too: `['orders', …]`. */
  dryRunKey: readonly [string, ...unknown[]];
  dryRun: (signal: AbortSignal) => Promise<Counted>;
  start: () => Promise<Job>;
  /** For how many it is: "This is for 12 orders." */
  would: (found: Counted) => string;
  /** What it does to them. */
  effect: string;
  /** What the button says: "Tag 12 orders". */
  go: (n: number) => string;
  /** What is told when it is done; only what can be taken back tells it, with Undo. */
  undoable?: ((n: number) => string) | undefined;
  /** Has everything been said that it needs? */
  isReady: boolean;
  isDanger?: boolean;
  selection: Selection | null;
  onClose: (isDone: boolean) => void;
  /** What it needs to be told; faults by field. */
  children: (faults: Record<string, string>) => ReactNode;
}

/** The same to many: how many it would be and what it does to them, then a job with what became of each. */
export function BulkDialog({ title, dryRunKey, dryRun, start, would, effect, go, undoable, isReady, isDanger = false, selection, onClose, children }: Props) {
  const t = useTexts(en);
  const queries = useQueryClient();
  const [job, setJob] = useState<Job | null>(null);
  const found = useQuery({ queryKey: [dryRunKey[0], 'bulk', ...dryRunKey.slice(1)], queryFn: ({ signal }) => dryRun(signal), staleTime: 10_000, retry: false });
  const begin = useMutation({
    mutationFn: start,
    onSuccess: (started) => {
      setJob(started);
      void queries.invalidateQueries({ queryKey: ['jobs'] });
    },
  });
  const refresh = () => queries.invalidateQueries({ queryKey: [dryRunKey[0]] });
  const close = () => {
    if (job) {
      selection?.clear();
      if (undoable) notify(undoable(job.counts.total ?? 0), () => ask(api.POST('/api/v1/jobs/{id}/undo', { params: { path: { id: job.id } } })).then(untilEnded).then(refresh));
    }
    onClose(job !== null);
  };
  const n = found.data?.count ?? 0;
  return (
    <Modal opened onClose={close} title={title} size="var(--sy-dialog)" closeButtonProps={{ 'aria-label': t('close') }}>
      {job ? (
        <div className="sy-stack">
          <JobProgress job={job} onRetry={setJob} />
          <JobEnd id={job.id} onEnd={refresh} />
          <div className={css.buttons}>
            <Button variant="default" onClick={close} data-autofocus>
              {t('close')}
            </Button>
          </div>
        </div>
      ) : (
        <form
          className="sy-stack"
          onSubmit={(e) => {
            e.preventDefault();
            if (isReady && n > 0) begin.mutate();
          }}
        >
          {children(byField(begin.error))}
          <div className={css.effects}>
            <p role="status">{found.isPending ? t('bulk.counting') : found.data ? would(found.data) : ''}</p>
            <p className="sy-muted">{effect}</p>
          </div>
          <ProblemAlert error={begin.error ?? found.error} />
          <div className={css.buttons}>
            <Button variant="default" onClick={close}>
              {t('bulk.back')}
            </Button>
            <Button type="submit" color={isDanger ? 'danger' : 'rail'} loading={begin.isPending} disabled={!isReady || n === 0}>
              {go(n)}
            </Button>
          </div>
        </form>
      )}
    </Modal>
  );
}

/** Says when the job has ended, for readers, and has the list shown as it is then. */
function JobEnd({ id, onEnd }: { id: string; onEnd: () => unknown }) {
  const t = useTexts(en);
  const { data: job } = useQuery<Job>({ queryKey: ['jobs', id], enabled: false });
  const isOver = job !== undefined && isEnded(job);
  const over = useEffectEvent(onEnd);
  useEffect(() => {
    if (isOver) over();
  }, [isOver]);
  return (
    <>
      {!isOver && <p className="sy-meta">{t('bulk.tray')}</p>}
      <span className="sy-hidden" role="status">
        {isOver ? t('bulk.ended') : ''}
      </span>
    </>
  );
}
