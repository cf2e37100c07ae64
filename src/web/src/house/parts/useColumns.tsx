import { ActionIcon, Menu } from '@mantine/core';
import type { ReactNode } from 'react';
import { IconColumns } from '../icons.ts';
import { useTexts } from '../i18n/useTexts.tsx';
import { usePreference } from '../preferences.ts';
import type { Column } from './DataTable.tsx';
import en from './texts.en.ts';

/** The columns a person wants of a list, and the menu where they choose: `const [columns, menu] = useColumns('orders', all)`. */
export function useColumns<T>(name: string, all: Column<T>[]): [Column<T>[], ReactNode] {
  const t = useTexts(en);
  const [chosen, setChosen] = usePreference<Record<string, boolean>>(`columns-${name}`, {});
  const isShown = (c: Column<T>) => chosen[c.id] ?? !c.isOptional;
  const menu = (
    <Menu>
      <Menu.Target>
        <ActionIcon aria-label={t('columns')} title={t('columns')}>
          <IconColumns size={16} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('columns')}</Menu.Label>
        {all.map((c) => (
          <Menu.CheckboxItem key={c.id} checked={isShown(c)} onChange={(on) => setChosen({ ...chosen, [c.id]: on })}>
            {c.header}
          </Menu.CheckboxItem>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
  // What was asked for is shown however narrow it is; the table scrolls then.
  return [all.filter(isShown).map((c) => ({ ...c, isOptional: false, ...(chosen[c.id] ? { spare: undefined } : {}) }) as Column<T>), menu];
}
