import { Button, Progress } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { api, ask } from '@house/api/client.ts';
import { ApiError } from '@house/api/problem.ts';
import { IconUndo } from '@house/icons.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { Consequences } from '@house/parts/Consequences.tsx';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { isEnded, type Job } from '@house/parts/jobs.ts';
import { JobProgress } from '@house/parts/JobProgress.tsx';
import { PageHead } from '@house/parts/PageHead.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { Section } from '@house/parts/Section.tsx';
import { Status } from '@house/parts/Status.tsx';
import { useUrlState } from '@house/useUrlState.ts';
import css from './Imports.module.css';
import { latestJobs } from './EarlierImports.tsx';
import { argumentsOf, kindOf, startImport, type Kind } from './imports.ts';
import { MendRows } from './MendRows.tsx';
import en from './texts.en.ts';

const often = 700;

/** What became of an import: while it runs, what failed and can be mended here, and the way back. */
export function ImportOutcome({ id, kinds }: { id: string; kinds: Kind[] }) {
  const t = useTexts(en);
  const { number } = useFormat();
  const queries = useQueryClient();
  const [, setUrl] = useUrlState();
  const [isAsking, setAsking] = useState(false);
  const [begun, setBegun] = useState<Job | null>(null);
  const { data: latest } = useQuery(latestJobs);
  const undoing = begun ?? latest?.data.find((job) => job.undoOf === id) ?? null;
  const at = { params: { path: { id } } };
  const { data: job, error } = useQuery({
    queryKey: ['jobs', id],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/jobs/{id}', { ...at, signal })),
    refetchInterval: (q) => (q.state.data && isEnded(q.state.data) ? false : often),
  });
  const ended = job ? isEnded(job) : false;
  const { data: result } = useQuery({
    queryKey: ['imports', id, ended],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/imports/{id}', { ...at, signal })),
    enabled: ended,
  });
  useEffect(() => {
    if (ended) void queries.invalidateQueries({ queryKey: ['stock'] });
  }, [ended, queries]);
  const open = (next: Job) => {
    void queries.invalidateQueries({ queryKey: ['jobs'] });
    setUrl({ job: next.id }, true);
  };
  const cancel = useMutation({ mutationFn: () => ask(api.POST('/api/v1/jobs/{id}/cancel', at)), onSuccess: () => queries.invalidateQueries({ queryKey: ['jobs', id] }) });
  const undo = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/imports/{id}/undo', at)),
    onSuccess: (started) => {
      setBegun(started);
      setAsking(false);
      void queries.invalidateQueries({ queryKey: ['jobs'] });
    },
  });
  const again = useMutation({
    mutationFn: () => {
      const { name: _, ...wish } = argumentsOf(job!);
      return startImport({ ...wish, kind: kindOf(job!), mapping: wish.savedMapping ? null : wish.mapping, dryRun: false });
    },
    onSuccess: open,
  });
  if (error instanceof ApiError && error.status === 404) return <EmptyState kind="nothing" isPage title={t('outcome.gone')} text={t('outcome.goneText')} action={<Another />} />;
  if (error && !job) return <div className={css.page}><ProblemAlert error={error} /></div>;
  if (!job) return null;
  const wish = argumentsOf(job);
  const kind = kindOf(job);
  const done = (result?.created ?? 0) + (result?.updated ?? 0);
  const canUndo = ended && !wish.dryRun && done > 0 && (kinds.find((k) => k.kind === kind)?.canUndo ?? false) && !undoing;
  const { total, done: read } = job.counts;
  return (
    <>
      <PageHead
        title={wish.name ?? t('imports')}
        beside={
          <>
            <span className="sy-muted">{t.maybe(`kind.${kind}`)}</span>
            {wish.dryRun && <Status tone="neutral">{t('dryRun')}</Status>}
          </>
        }
        actions={
          <>
            {canUndo && (
              <Button variant="default" leftSection={<IconUndo size={16} aria-hidden />} onClick={() => setAsking(true)}>
                {t('undo')}
              </Button>
            )}
            {ended && <Another />}
          </>
        }
      />
      <div className={css.page}>
        {!ended && (
          <Section title={t('running')} beside={total ? t('outcome.read', { done: read, total }) : undefined}>
            <Progress value={total ? (read / total) * 100 : 0} aria-label={t('running')} transitionDuration={0} />
            <div>
              <Button variant="default" size="compact-sm" loading={cancel.isPending} onClick={() => cancel.mutate()}>
                {t('stop')}
              </Button>
            </div>
            <ProblemAlert error={cancel.error} />
          </Section>
        )}
        {job.error && <ProblemAlert error={new Error(job.error.detail)} what={t('brokeOff')} />}
        {result && (
          <>
            {wish.dryRun && <p className={css.told}>{t('outcome.dryRun')}</p>}
            <dl className={css.figures} aria-label={t('outcome.title')}>
              {(['rows', 'created', 'updated', 'unchanged', 'failed'] as const).map((what) => (
                <div key={what} data-bad={(what === 'failed' && result.failed > 0) || undefined}>
                  <dt>{t(`outcome.${what}`)}</dt>
                  <dd>{number(result[what])}</dd>
                </div>
              ))}
            </dl>
            {result.warnings.length > 0 && (
              <ul className={css.warnings}>
                {result.warnings.map((w) => (
                  <li key={w}>{w}</li>
                ))}
              </ul>
            )}
            {wish.dryRun && done + result.failed > 0 && (
              <div className="sy-stack">
                <div>
                  <Button loading={again.isPending} onClick={() => again.mutate()}>
                    {done > 0 ? t('outcome.keep', { n: done }) : t('import.go')}
                  </Button>
                </div>
                <ProblemAlert error={again.error} what={t('imports.notStarted')} />
              </div>
            )}
            {result.failed > 0 && !undoing && <MendRows job={job} failed={result.failed} onSent={open} />}
            {result.failed === 0 && job.state === 'done' && !wish.dryRun && !undoing && <EmptyState kind="done" title={t('outcome.allIn')} text={t('outcome.allInText')} />}
          </>
        )}
        {undoing && (
          <Section title={t(isEnded(undoing) ? 'undo.done' : 'undo.running')}>
            <div className={`sy-panel ${css.undo}`}>
              <JobProgress job={undoing} />
            </div>
          </Section>
        )}
      </div>
      {isAsking && result && (
        <Consequences
          opened
          onClose={() => setAsking(false)}
          title={t('undo.title')}
          rows={[
            { what: t('outcome.created'), now: number(result.created), after: t('undo.away') },
            { what: t('outcome.updated'), now: number(result.updated), after: t('undo.before') },
            { what: t('undo.since'), now: '', after: t('undo.left') },
          ]}
          confirm={t('undo.go', { n: done })}
          isDanger
          onConfirm={() => undo.mutate()}
          isPending={undo.isPending}
          error={undo.error}
        />
      )}
    </>
  );
}

function Another() {
  const t = useTexts(en);
  return (
    <Button component={Link} to="/imports" variant="default">
      {t('another')}
    </Button>
  );
}
