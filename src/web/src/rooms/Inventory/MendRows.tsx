import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '@house/api/client.ts';
import { IconDownload } from '@house/icons.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { FileButton } from '@house/parts/FileButton.tsx';
import type { Job } from '@house/parts/jobs.ts';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { Section } from '@house/parts/Section.tsx';
import { readErrors, writeCsv } from './csv.ts';
import { FileTable } from './FileTable.tsx';
import css from './Imports.module.css';
import { argumentsOf, kindOf, startImport, upload } from './imports.ts';
import en from './texts.en.ts';

/** More than these are mended in a spreadsheet. */
const most = 200;

/** The rows that failed, as they stand in the file, with what is wrong at its cell; mended here and sent again with the same mapping. */
export function MendRows({ job, failed, onSent }: { job: Job; failed: number; onSent: (job: Job) => void }) {
  const t = useTexts(en);
  const wish = argumentsOf(job);
  const kind = kindOf(job);
  const [mended, setMended] = useState<Record<string, string>>({});
  const { data, error } = useQuery({
    queryKey: ['imports', job.id, 'errors'],
    queryFn: async ({ signal }) =>
      readErrors((await ask(api.GET('/api/v1/imports/{id}/errors.csv', { params: { path: { id: job.id } }, parseAs: 'text', signal }))) as unknown as string),
    staleTime: Infinity,
  });
  const rows = data?.rows.slice(0, most) ?? [];
  const cellOf = (row: number, column: number) => mended[`${row}:${column}`] ?? rows[row]!.cells[column]!;
  const isMended = (row: number) => data!.headers.some((_, column) => cellOf(row, column) !== rows[row]!.cells[column]);
  // The lines of an order belong together; of everything else only what was touched goes again.
  const chosen = rows.map((_, i) => i).filter((i) => isMended(i) || (kind === 'orders' && Object.keys(mended).length > 0));
  const send = useMutation({
    mutationFn: async () => {
      const text = writeCsv([data!.headers, ...chosen.map((row) => data!.headers.map((_, column) => cellOf(row, column)))]);
      const name = t('mend.name', { name: (wish.name ?? kind).replace(/\.\w+$/, '') });
      const sent = await upload(new Blob([text], { type: 'text/csv' }), `${name}.csv`);
      // The error file is written with commas in UTF-8, whatever the first one was.
      const mapping = wish.mapping && kind !== 'orders' ? { ...wish.mapping, delimiter: ',', encoding: null } : (wish.mapping ?? null);
      return startImport({ kind, file: sent.id, upsert: wish.upsert ?? true, as: wish.as ?? null, channel: wish.channel ?? null, ...(kind === 'orders' && wish.savedMapping ? { savedMapping: wish.savedMapping } : { mapping }) });
    },
    onSuccess: onSent,
  });
  const mapping = wish.mapping?.columns ?? {};
  const isFixed = wish.dryRun ?? false;
  return (
    <Section
      title={isFixed ? t('mend.wouldFail') : t('mend.title')}
      beside={t('failedRows', { n: failed })}
      actions={
        <FileButton path={`/api/v1/imports/${job.id}/errors.csv`} save variant="default" size="compact-sm" leftSection={<IconDownload size={14} aria-hidden />}>
          {t('mend.download')}
        </FileButton>
      }
    >
      <p className="sy-muted">{isFixed ? t('mend.afterwards') : t('mend.text')}</p>
      <ProblemAlert error={error} />
      {data && (
        <FileTable label={t('mend.title')} told={t('mend.wrong')} headers={data.headers}>
          {rows.map((row, i) => {
            const wrong = new Set(row.fields.map((f) => mapping[f] ?? f));
            return (
              <tr key={i} data-mended={isMended(i) || undefined}>
                <td className="sy-muted">{row.line}</td>
                <td className={css.outcome}>
                  <span className={css.reason}>{row.reason}</span>
                </td>
                {data.headers.map((h, column) => (
                  <td key={`${h}${column}`} data-header={h} data-wrong={wrong.has(h) || undefined}>
                    {isFixed ? (
                      <bdi>{row.cells[column]}</bdi>
                    ) : (
                      <input
                        className={css.cell}
                        aria-label={t('mend.cell', { header: h, line: row.line })}
                        aria-invalid={(wrong.has(h) && cellOf(i, column) === row.cells[column]) || undefined}
                        value={cellOf(i, column)}
                        onChange={(e) => setMended({ ...mended, [`${i}:${column}`]: e.currentTarget.value })}
                        dir="auto"
                      />
                    )}
                  </td>
                ))}
              </tr>
            );
          })}
        </FileTable>
      )}
      {failed > most && <p className="sy-muted">{t('mend.most', { n: most })}</p>}
      {!isFixed && (
        <>
          <ProblemAlert error={send.error} what={t('imports.notStarted')} />
          <div className={css.buttons}>
            <Button onClick={() => send.mutate()} disabled={chosen.length === 0} loading={send.isPending}>
              {chosen.length === 0 ? t('mend.none') : t('mend.go', { n: chosen.length })}
            </Button>
          </div>
        </>
      )}
    </Section>
  );
}
