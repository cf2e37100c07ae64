import { ActionIcon, Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { IconPlus, IconTrash } from '../icons.ts';
import css from './FieldRows.module.css';

interface Props<T> {
  label: string;
  rows: T[];
  onRows: (rows: T[]) => void;
  fresh: T;
  add: string;
  remove: (row: T, index: number) => string;
  children: (row: T, set: (change: Partial<T>) => void, index: number) => ReactNode;
}

/** Some of the same: each in a row that can be taken out, and one more by a button. */
export function FieldRows<T extends object>({ label, rows, onRows, fresh, add, remove, children }: Props<T>) {
  return (
    <>
      {rows.length > 0 && (
        <ul className={css.rows} aria-label={label}>
          {rows.map((row, i) => (
            <li key={i} className={css.row}>
              {children(row, (change) => onRows(rows.with(i, { ...row, ...change })), i)}
              <ActionIcon aria-label={remove(row, i)} onClick={() => onRows(rows.toSpliced(i, 1))}>
                <IconTrash size={16} aria-hidden />
              </ActionIcon>
            </li>
          ))}
        </ul>
      )}
      <Button variant="default" size="compact-sm" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => onRows([...rows, fresh])} className={css.add}>
        {add}
      </Button>
    </>
  );
}
