import type { ReactNode } from 'react';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { ScrollPanel } from '@house/parts/ScrollPanel.tsx';
import css from './Imports.module.css';
import en from './texts.en.ts';

interface Props {
  label: string;
  /** Over what is told of each row: "Outcome". */
  told: string;
  headers: string[];
  hidden?: boolean;
  children: ReactNode;
}

/** Rows of a file as they stand in it: their line, what is told of them, and the file's own columns. */
export function FileTable({ label, told, headers, hidden = false, children }: Props) {
  const t = useTexts(en);
  return (
    <ScrollPanel label={label} hidden={hidden}>
      <table className={`sy-table ${css.rows}`}>
        <thead>
          <tr>
            <th scope="col">{t('preview.line')}</th>
            <th scope="col">{told}</th>
            {headers.map((h, i) => (
              <th key={`${h}${i}`} scope="col" dir="auto">
                {h}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </ScrollPanel>
  );
}
