import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useMay } from '../session.tsx';
import css from './SectionTabs.module.css';

export interface Section {
  id: string;
  path: string;
  /** Of many: the group it stands in. */
  group?: string;
  permission: Parameters<ReturnType<typeof useMay>>[0];
}

interface Props<S extends Section> {
  label: string;
  sections: readonly S[];
  current: S['id'];
  /** The page is of one thing within the section. */
  isWithin?: boolean;
  nameOf: (id: S['id']) => string;
}

/** The way between the pages of one subject, for whom may see them. */
export function SectionTabs<S extends Section>({ label, sections, current, isWithin = false, nameOf }: Props<S>) {
  const may = useMay();
  const tabs = useRef<HTMLElement>(null);
  // On a phone the tabs scroll: the one that is open is seen.
  useEffect(() => {
    tabs.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, []);
  return (
    <nav className={css.tabs} aria-label={label} ref={tabs}>
      {sections
        .filter((s) => may(s.permission))
        .map((s) => (
          <Link key={s.id} to={s.path} className={css.tab} activeOptions={{ exact: true }} aria-current={s.id === current ? (isWithin ? 'true' : 'page') : undefined}>
            {nameOf(s.id)}
          </Link>
        ))}
    </nav>
  );
}
