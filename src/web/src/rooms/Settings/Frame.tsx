import { Link } from '@tanstack/react-router';
import { useEffect, useRef, type ReactNode } from 'react';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { PageHead } from '@house/parts/PageHead.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { useMay } from '@house/session.tsx';
import { sections, type SectionId } from './sections.ts';
import css from './Settings.module.css';
import en from './texts.en.ts';

interface Props {
  section: SectionId;
  actions?: ReactNode;
  error?: unknown;
  children: ReactNode;
}

/** What all pages of the settings share: the way to the others, one sentence on what this is for. */
export function Frame({ section, actions, error, children }: Props) {
  const t = useTexts(en);
  const may = useMay();
  const tabs = useRef<HTMLElement>(null);
  // On a phone the tabs scroll: the one that is open is seen.
  useEffect(() => {
    tabs.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, []);
  return (
    <>
      <PageHead title={t(section)} actions={actions} />
      <nav className={css.tabs} aria-label={t('title')} ref={tabs}>
        {sections
          .filter((s) => may(s.permission))
          .map((s) => (
            <Link key={s.id} to={s.path} className={css.tab} aria-current={s.id === section ? 'page' : undefined}>
              {t(s.id)}
            </Link>
          ))}
      </nav>
      <div className={css.page}>
        <p className={css.about}>{t(`${section}.about`)}</p>
        <ProblemAlert error={error} what={error ? t('notLoaded') : undefined} />
        {children}
      </div>
    </>
  );
}

/** One thing of a list: its name, what there is to say of it, and what can be done with it. */
export function Row({ name, beside, children, end }: { name: ReactNode; beside?: ReactNode; children?: ReactNode; end?: ReactNode }) {
  return (
    <li className={css.row}>
      <div className={css.main}>
        <span className={css.name}>
          <strong dir="auto">{name}</strong> {beside}
        </span>
        {children && <span className={css.detail}>{children}</span>}
      </div>
      {end && <div className={css.end}>{end}</div>}
    </li>
  );
}

export function Rows({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ul className={css.rows} aria-label={label}>
      {children}
    </ul>
  );
}
