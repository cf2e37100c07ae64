import { useTexts } from '@house/i18n/useTexts.tsx';
import { Section } from '@house/parts/Section.tsx';
import { Status, type Tone } from '@house/parts/Status.tsx';
import { FileTable } from './FileTable.tsx';
import css from './Imports.module.css';
import type { Mapping, Preview } from './imports.ts';
import en from './texts.en.ts';

const tones: Record<string, Tone> = { created: 'good', updated: 'progress', unchanged: 'neutral', refused: 'bad' };

/** The first rows as they stand in the file, each with what would become of it; what is wrong is marked in its cell. */
export function PreviewRows({ preview, mapping }: { preview: Preview; mapping: Mapping }) {
  const t = useTexts(en);
  return (
    <Section title={t('preview')} beside={preview.rows.length > 0 && t('preview.first', { n: preview.rows.length })}>
      {preview.problems.length > 0 && (
        <ul className={css.problems} role="alert">
          {preview.problems.map((p) => (
            <li key={p.pointer + p.code}>{p.detail}</li>
          ))}
        </ul>
      )}
      {preview.warnings.length > 0 && (
        <ul className={css.warnings}>
          {preview.warnings.map((w) => (
            <li key={w}>{w}</li>
          ))}
        </ul>
      )}
      <FileTable label={t('preview')} told={t('preview.outcome')} headers={preview.headers} hidden={preview.rows.length === 0}>
        {preview.rows.map((row) => {
          const wrong = new Set(row.faults.map((f) => mapping.columns?.[f.field] ?? f.field));
          return (
            <tr key={row.line}>
              <td className="sy-muted">{row.line}</td>
              <td className={css.outcome}>
                <Status tone={tones[row.outcome] ?? 'neutral'}>{t.maybe(`outcome.${row.outcome}`)}</Status>
                {row.faults.map((f) => (
                  <div key={f.field + f.code} className={css.reason}>
                    {f.reason}
                  </div>
                ))}
              </td>
              {preview.headers.map((h, i) => (
                <td key={`${h}${i}`} data-header={h} data-wrong={wrong.has(h) || undefined} dir="auto">
                  {row.cells[i] ?? ''}
                </td>
              ))}
            </tr>
          );
        })}
      </FileTable>
    </Section>
  );
}
