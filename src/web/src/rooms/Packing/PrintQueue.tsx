import { Button, NativeSelect } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask, type Schema } from '@house/api/client.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { FileButton } from '@house/parts/FileButton.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { Section } from '@house/parts/Section.tsx';
import { Status, type Tone } from '@house/parts/Status.tsx';
import { When } from '@house/parts/When.tsx';
import { Row, Rows } from '@rooms/Settings/Frame.tsx';
import en from './texts.en.ts';

type Job = Schema['PrintJobView'];
const tones: Record<string, Tone> = { waiting: 'progress', sending: 'progress', printed: 'good', failed: 'bad', cancelled: 'neutral' };

/** What went to printers and what waits: why a job was not printed stands with it, and it is tried again from here. */
export function PrintQueue({ mayWork, printers }: { mayWork: boolean; printers: string[] }) {
  const t = useTexts(en);
  const queries = useQueryClient();
  const [state, setState] = useState('');
  const [printer, setPrinter] = useState('');
  const jobs = useQuery({
    queryKey: ['print-jobs', state, printer],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/print-jobs', { params: { query: { limit: 25, ...(state ? { state } : {}), ...(printer ? { printer } : {}) } }, signal })),
    refetchInterval: 5_000,
  });
  const refresh = async () => {
    await queries.invalidateQueries({ queryKey: ['print-jobs'] });
    await queries.invalidateQueries({ queryKey: ['printers'] });
  };
  const retry = useMutation({ mutationFn: (job: Job) => ask(api.POST('/api/v1/print-jobs/{id}/retry', { params: { path: { id: job.id } } })), onSettled: refresh });
  const cancel = useMutation({ mutationFn: (job: Job) => ask(api.POST('/api/v1/print-jobs/{id}/cancel', { params: { path: { id: job.id } } })), onSettled: refresh });
  const nameOf = (job: Job) => t.maybe(`kind.${job.kind}`);
  return (
    <Section
      title={t('queue')}
      actions={
        <>
          <NativeSelect aria-label={t('queue.state')} value={state} onChange={(e) => setState(e.currentTarget.value)} data={[{ value: '', label: t('queue.all') }, ...(['waiting', 'sending', 'printed', 'failed', 'cancelled'] as const).map((s) => ({ value: s, label: t(`job.${s}`) }))]} />
          {printers.length > 1 && <NativeSelect aria-label={t('queue.printer')} value={printer} onChange={(e) => setPrinter(e.currentTarget.value)} data={[{ value: '', label: t('queue.allPrinters') }, ...printers]} />}
        </>
      }
    >
      <ProblemAlert error={jobs.error ?? retry.error ?? cancel.error} />
      {jobs.data?.data.length === 0 ? (
        <p className="sy-muted">{t('queue.none')}</p>
      ) : (
        <Rows label={t('queue')}>
          {jobs.data?.data.map((job) => (
            <Row
              key={job.id}
              name={nameOf(job)}
              beside={<Status tone={tones[job.state] ?? 'neutral'}>{t(`job.${job.state}`)}</Status>}
              end={
                <>
                  <FileButton path={`/api/v1/documents/${job.document}/file`} size="compact-sm" variant="subtle" aria-label={t('queue.openOf', { what: nameOf(job) })}>
                    {t('openPaper')}
                  </FileButton>
                  {mayWork && (job.state === 'failed' || job.state === 'cancelled' || (job.state === 'waiting' && job.attempts > 0)) && (
                    <Button size="compact-sm" variant="default" loading={retry.isPending && retry.variables?.id === job.id} onClick={() => retry.mutate(job)} aria-label={t('queue.againOf', { what: nameOf(job), printer: job.printer })}>
                      {t('again')}
                    </Button>
                  )}
                  {mayWork && job.state === 'waiting' && (
                    <Button size="compact-sm" variant="default" loading={cancel.isPending && cancel.variables?.id === job.id} onClick={() => cancel.mutate(job)} aria-label={t('queue.cancelOf', { what: nameOf(job), printer: job.printer })}>
                      {t('queue.cancel')}
                    </Button>
                  )}
                </>
              }
            >
              <bdi>{job.printer}</bdi> · <When at={job.createdAt} />
              {job.attempts > 1 && <> · {t('queue.attempts', { n: job.attempts })}</>}
              {job.error && <> · <span dir="auto">{job.error}</span></>}
            </Row>
          ))}
        </Rows>
      )}
    </Section>
  );
}
