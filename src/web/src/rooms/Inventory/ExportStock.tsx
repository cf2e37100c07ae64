import { Button, Checkbox, Modal, Select } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '@house/api/client.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { JobProgress } from '@house/parts/JobProgress.tsx';
import type { Job } from '@house/parts/jobs.ts';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import css from './Imports.module.css';
import en from './texts.en.ts';

interface Props {
  query: string;
  found: { count: number; isExact: boolean } | null;
  onClose: () => void;
}

/** What the list shows, as a file. */
export function ExportStock({ query, found, onClose }: Props) {
  const t = useTexts(en);
  const queries = useQueryClient();
  const [job, setJob] = useState<Job | null>(null);
  const [format, setFormat] = useState('csv');
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const { data, error, isPending } = useQuery({
    queryKey: ['exports'],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/exports', { signal })),
    staleTime: 5 * 60_000,
  });
  const source = data?.data.find((s) => s.list === 'stock');
  const columns = source?.columns.filter((c) => !left.has(c)) ?? [];
  const start = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/exports', { body: { list: 'stock', query: query || null, columns, format } })),
    onSuccess: (started) => {
      setJob(started);
      void queries.invalidateQueries({ queryKey: ['jobs'] });
    },
  });
  return (
    <Modal opened onClose={onClose} title={t('export.title')} size="var(--sy-dialog)" closeButtonProps={{ 'aria-label': t('close') }}>
      {job ? (
        <div className="sy-stack">
          <JobProgress job={job} />
          <div className={css.buttons}>
            <Button variant="default" onClick={onClose}>
              {t('close')}
            </Button>
          </div>
        </div>
      ) : (
        <form
          className="sy-stack"
          onSubmit={(e) => {
            e.preventDefault();
            start.mutate();
          }}
        >
          <p>{query ? t('export.query', { query }) : t('export.all')} {found && (found.isExact ? t('export.rows', { n: found.count }) : t('export.rowsMore', { n: found.count }))}</p>
          <fieldset className={css.columns}>
            <legend className="sy-strong">{t('export.columns')}</legend>
            {source?.columns.map((c) => (
              <Checkbox
                key={c}
                label={t.maybe(`file.${c}`)}
                checked={!left.has(c)}
                onChange={(e) => {
                  const next = new Set(left);
                  if (e.currentTarget.checked) next.delete(c);
                  else next.add(c);
                  setLeft(next);
                }}
              />
            ))}
          </fieldset>
          <Select
            label={t('export.format')}
            value={format}
            onChange={(v) => setFormat(v ?? 'csv')}
            allowDeselect={false}
            data={[
              { value: 'csv', label: t('export.csv') },
              { value: 'ndjson', label: t('export.ndjson') },
            ]}
          />
          <ProblemAlert error={start.error ?? error} {...(start.error ? { what: t('export.failed') } : {})} />
          <div className={css.buttons}>
            {columns.length === 0 && !isPending && <span className="sy-muted">{t('export.noColumns')}</span>}
            <Button variant="default" onClick={onClose}>
              {t('back')}
            </Button>
            <Button type="submit" loading={start.isPending} disabled={columns.length === 0}>
              {t('export')}
            </Button>
          </div>
        </form>
      )}
    </Modal>
  );
}
