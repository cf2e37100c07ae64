import { Button, FileButton, Select } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask, type Schema } from '@house/api/client.ts';
import { IconUpload } from '@house/icons.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { PageHead } from '@house/parts/PageHead.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { Section } from '@house/parts/Section.tsx';
import { useUrlState } from '@house/useUrlState.ts';
import { EarlierImports } from './EarlierImports.tsx';
import css from './Imports.module.css';
import { ImportOutcome } from './ImportOutcome.tsx';
import { upload } from './imports.ts';
import { MapColumns } from './MapColumns.tsx';
import en from './texts.en.ts';

/** Brings a file in: which file, what its columns mean, what became of its rows. */
export default function ImportsPage() {
  const t = useTexts(en);
  const [url, setUrl] = useUrlState();
  const [file, setFile] = useState<Schema['UploadView'] | null>(null);
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['imports', 'kinds'],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/imports/kinds', { signal })),
    staleTime: 5 * 60_000,
  });
  const kinds = data?.data ?? [];
  const kind = kinds.find((k) => k.kind === url['kind']) ?? kinds.find((k) => k.kind === 'stock') ?? kinds[0];
  const job = url['job'];
  if (job) return <ImportOutcome key={job} id={job} kinds={kinds} />;
  return (
    <>
      <PageHead title={t('imports')} />
      <div className={css.page}>
        <ProblemAlert error={error} again={() => void refetch()} />
        {!isPending && !error && !kind && <EmptyState kind="noRight" title={t('imports.none')} text={t('imports.noneText')} />}
        {kind && (
          <>
            <Section title={t('imports.file')}>
              <div className={css.choose}>
                <Select
                  label={t('imports.kind')}
                  value={kind.kind}
                  onChange={(v) => setUrl({ kind: v ?? undefined })}
                  allowDeselect={false}
                  data={kinds.map((k) => ({ value: k.kind, label: t.maybe(`kind.${k.kind}`) }))}
                />
                <ChooseFile name={file?.name} onFile={setFile} />
              </div>
              {!file && (
                <p className="sy-muted">
                  {t('imports.columns', { columns: kind.columns.filter((c) => c.isRequired).map((c) => t.maybe(`file.${c.name}`)).join(', ') })}
                </p>
              )}
            </Section>
            {file && <MapColumns key={`${file.id}${kind.kind}`} file={file} kind={kind} onStarted={(started) => (setFile(null), setUrl({ job: started.id }, true))} />}
            {!file && <EarlierImports />}
          </>
        )}
      </div>
    </>
  );
}

/** By the button, or dropped on it. It is sent at once: what would become of it is worked out by the server. */
function ChooseFile({ name, onFile }: { name: string | undefined; onFile: (file: Schema['UploadView']) => void }) {
  const t = useTexts(en);
  const [isOver, setOver] = useState(false);
  const send = useMutation({ mutationFn: (file: File) => upload(file, file.name), onSuccess: onFile });
  const take = (file: File | null | undefined) => file && send.mutate(file);
  return (
    <div className="sy-stack">
      <div
        className={css.drop}
        data-over={isOver || undefined}
        onDragOver={(e) => {
          e.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(e) => {
          e.preventDefault();
          setOver(false);
          take(e.dataTransfer.files[0]);
        }}
      >
        <FileButton onChange={take} accept=".csv,.tsv,.txt,text/csv" inputProps={{ 'aria-label': t('imports.choose') }}>
          {(props) => (
            <Button {...props} variant={name ? 'default' : 'filled'} loading={send.isPending} leftSection={<IconUpload size={16} aria-hidden />}>
              {name ? t('imports.another') : t('imports.choose')}
            </Button>
          )}
        </FileButton>
        <span className="sy-muted sy-clip" dir="auto">{name ?? t('imports.drop')}</span>
      </div>
      <ProblemAlert error={send.error} what={t('imports.notSent')} />
    </div>
  );
}
