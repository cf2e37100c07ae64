import { Button, Menu } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useId } from 'react';
import { IconChevronDown } from '../icons.ts';
import { useMay } from '../session.tsx';
import css from './SectionList.module.css';
import type { Section } from './SectionTabs.tsx';

interface Props<S extends Section> {
  label: string;
  sections: readonly S[];
  current: S['id'];
  /** The page is of one thing within the section. */
  isWithin?: boolean;
  nameOf: (id: S['id']) => string;
  groupOf: (group: NonNullable<S['group']>) => string;
}

/** The sections a person may see, by their groups, in the order in which they stand. */
export function groupsOf<S extends Section>(sections: readonly S[]): [group: NonNullable<S['group']>, sections: S[]][] {
  const groups = new Map<NonNullable<S['group']>, S[]>();
  for (const s of sections) if (s.group) groups.set(s.group as NonNullable<S['group']>, [...(groups.get(s.group as NonNullable<S['group']>) ?? []), s]);
  return [...groups];
}

/** The way between many pages of one subject: a list at the side by groups, and a menu where there is no room for one. */
export function SectionList<S extends Section>({ label, sections, current, isWithin = false, nameOf, groupOf }: Props<S>) {
  const may = useMay();
  const id = useId();
  const groups = groupsOf(sections.filter((s) => may(s.permission)));
  const currentOf = (s: S) => (s.id === current ? (isWithin ? ('true' as const) : ('page' as const)) : undefined);
  return (
    <>
      <nav className={css.side} aria-label={label}>
        {groups.map(([group, inside]) => (
          <div key={group}>
            <p className={css.group} id={`${id}-${group}`}>{groupOf(group)}</p>
            <ul className={css.list} aria-labelledby={`${id}-${group}`}>
              {inside.map((s) => (
                <li key={s.id}>
                  <Link to={s.path} className={css.item} activeOptions={{ exact: true }} aria-current={currentOf(s)}>{nameOf(s.id)}</Link>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </nav>
      <nav className={css.menu} aria-label={label}>
        <Menu width={280} position="bottom-start">
          <Menu.Target>
            <Button variant="subtle" size="compact-sm" h="var(--sy-control)" px="var(--sy-2)" rightSection={<IconChevronDown size={16} aria-hidden />}>
              <span className="sy-muted">{label}</span>&nbsp;<span>{nameOf(current)}</span>
            </Button>
          </Menu.Target>
          <Menu.Dropdown className={css.dropdown!}>
            {groups.map(([group, inside]) => (
              <div key={group} role="group" aria-label={groupOf(group)}>
                <Menu.Label aria-hidden>{groupOf(group)}</Menu.Label>
                {inside.map((s) => (
                  <Menu.Item key={s.id} component={Link} to={s.path} className={css.entry!} aria-current={currentOf(s)}>{nameOf(s.id)}</Menu.Item>
                ))}
              </div>
            ))}
          </Menu.Dropdown>
        </Menu>
      </nav>
    </>
  );
}
