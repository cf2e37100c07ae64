import { ActionIcon, Popover } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { api, ask } from '../api/client.ts';
import { IconJobs } from '../icons.ts';
import { useFormat } from '../i18n/useFormat.ts';
import { useTexts } from '../i18n/useTexts.tsx';
import { isEnded } from '../parts/jobs.ts';
import css from './Header.module.css';
import en from './texts.en.ts';

const JobProgress = lazy(() => import('../parts/JobProgress.tsx').then((m) => ({ default: m.JobProgress })));

/** Long work: progress, cancel, result, and what failed. It outlives the page and the server. */
export function JobsTray() {
  const t = useTexts(en);
  const { number } = useFormat();
  const [isOpen, setOpen] = useState(false);
  const { data } = useQuery({
    queryKey: ['jobs', 'tray'],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/jobs', { params: { query: { limit: 12 } }, signal })),
    refetchInterval: (q) => (q.state.data?.data.some((j) => !isEnded(j)) ? 2000 : isOpen ? 10_000 : 60_000),
    retry: false,
  });
  const jobs = data?.data ?? [];
  const running = jobs.filter((j) => !isEnded(j)).length;
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-end" width="min(380px, calc(100vw - 24px))">
      <Popover.Target>
        <ActionIcon className={css.icon} size="var(--sy-control)" onClick={() => setOpen(!isOpen)} aria-label={`${t('jobs')}: ${t('jobsRunning', { n: running })}`}>
          <IconJobs size={20} stroke={1.6} aria-hidden />
          {running > 0 && (
            <span className={`${css.count} ${css.running}`} aria-hidden>
              {number(running)}
            </span>
          )}
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown className={css.tray}>
        <div className={css.trayHead}>{t('jobsRunning', { n: running })}</div>
        <div className={css.trayBody}>
          {jobs.length === 0 ? (
            <p className={css.trayEmpty}>{t('jobsEmpty')}</p>
          ) : (
            <Suspense>
              {jobs.map((job) => (
                <JobProgress key={job.id} job={job} />
              ))}
            </Suspense>
          )}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
