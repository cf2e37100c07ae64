import { ActionIcon, Menu } from '@mantine/core';
import type { ReactNode } from 'react';
import { IconColumns } from '../icons.ts';
import { useTexts } from '../i18n/useTexts.tsx';
import { usePreference } from '../preferences.ts';
import { useUrlState } from '../useUrlState.ts';
import type { Column } from './DataTable.tsx';
import en from './texts.en.ts';

interface Columns<T> {
  columns: Column<T>[];
  /** Where they are chosen: for the query bar. */
  menu: ReactNode;
  /** For a view that is kept: which are shown, or none when they are the usual ones. */
  kept: string[];
}

/**
 * Which columns of a list are shown: those the address names, as a view that was opened does, else those the person likes.
 * `const { columns, menu, kept } = useColumns('orders', all)`
 */
export function useColumns<T>(name: string, all: Column<T>[]): Columns<T> {
  const t = useTexts(en);
  const [liked, setLiked] = usePreference<Record<string, boolean>>(`columns-${name}`, {});
  const [url, setUrl] = useUrlState();
  const named = url['columns']?.split(',').filter((id) => all.some((c) => c.id === id)) ?? null;
  const isShown = (c: Column<T>) => (named ? named.includes(c.id) : (liked[c.id] ?? !c.isOptional));
  const shown = all.filter(isShown);
  const change = (column: Column<T>, on: boolean) =>
    named ? setUrl({ columns: all.filter((c) => (c === column ? on : isShown(c))).map((c) => c.id).join(',') || undefined }) : setLiked({ ...liked, [column.id]: on });
  const menu = (
    <Menu closeOnItemClick={false}>
      <Menu.Target>
        <ActionIcon aria-label={t('columns')} title={t('columns')}>
          <IconColumns size={16} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('columns')}</Menu.Label>
        {all.map((c) => (
          <Menu.CheckboxItem key={c.id} checked={isShown(c)} onChange={(on) => change(c, on)}>
            {c.header}
          </Menu.CheckboxItem>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
  return {
    // What was asked for is shown however narrow it is; the table scrolls then.
    columns: shown.map((c) => ({ ...c, isOptional: false, ...(named ? (c.isOptional ? { spare: undefined } : {}) : liked[c.id] ? { spare: undefined } : {}) }) as Column<T>),
    menu,
    kept: all.every((c) => isShown(c) === !c.isOptional) ? [] : shown.map((c) => c.id),
  };
}
