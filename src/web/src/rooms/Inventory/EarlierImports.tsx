import { queryOptions, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api, ask } from '@house/api/client.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { isEnded } from '@house/parts/jobs.ts';
import { Section } from '@house/parts/Section.tsx';
import { Status } from '@house/parts/Status.tsx';
import { When } from '@house/parts/When.tsx';
import css from './Imports.module.css';
import { argumentsOf, isImport, kindOf } from './imports.ts';
import en from './texts.en.ts';

/** The jobs of late, always asked for anew: an import that was just taken back is among them. */
export const latestJobs = queryOptions({
  queryKey: ['jobs', 'imports'],
  queryFn: ({ signal }) => ask(api.GET('/api/v1/jobs', { params: { query: { limit: 100 } }, signal })),
  staleTime: 0,
  retry: false,
});

/** What was brought in lately: to look at what failed, and to take it back. */
export function EarlierImports() {
  const t = useTexts(en);
  const { data } = useQuery(latestJobs);
  const jobs = (data?.data ?? []).filter(isImport).slice(0, 10);
  const takenBack = new Set(data?.data.map((job) => job.undoOf));
  if (jobs.length === 0) return null;
  return (
    <Section title={t('earlier')}>
      <ul className={`sy-panel ${css.earlier}`}>
        {jobs.map((job) => (
          <li key={job.id}>
            <Link to="/imports" search={{ job: job.id } as never} className="sy-clip">
              {argumentsOf(job).name ?? t.maybe(`kind.${kindOf(job)}`)}
            </Link>
            <span className="sy-muted">{t.maybe(`kind.${kindOf(job)}`)}</span>
            {argumentsOf(job).dryRun && <Status tone="neutral">{t('dryRun')}</Status>}
            <span className="sy-grow" />
            {takenBack.has(job.id) ? (
              <Status tone="neutral">{t('undo.done')}</Status>
            ) : !isEnded(job) ? (
              <Status tone="progress">{t('running')}</Status>
            ) : job.counts.failed > 0 ? (
              <Status tone="warn">{t('failedRows', { n: job.counts.failed })}</Status>
            ) : job.state === 'done' ? (
              <Status tone="good">{t('allDone')}</Status>
            ) : (
              <Status tone={job.state === 'failed' ? 'bad' : 'neutral'}>{t(job.state === 'failed' ? 'brokeOff' : 'stopped')}</Status>
            )}
            <span className="sy-muted">
              <When at={job.createdAt} />
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
