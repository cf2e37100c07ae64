import type { ReactNode } from 'react';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { PageHead } from '@house/parts/PageHead.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { SectionTabs } from '@house/parts/SectionTabs.tsx';
import css from './Routing.module.css';
import { sections, type SectionId } from './sections.ts';
import en from './texts.en.ts';

interface Props {
  section: SectionId;
  actions?: ReactNode;
  error?: unknown;
  again?: () => void;
  children: ReactNode;
  /** A table of many columns takes the whole page. */
  isWide?: boolean;
}

/** What the pages of routing share: the way to the others, and one sentence on what this is for. */
export function Frame({ section, actions, error, again, children, isWide = false }: Props) {
  const t = useTexts(en);
  return (
    <>
      <PageHead title={t(section)} actions={actions} />
      <SectionTabs label={t('title')} sections={sections} current={section} nameOf={t} />
      <div className={css.page} data-wide={isWide || undefined}>
        <p className={css.about}>{t(`${section}.about`)}</p>
        {Boolean(error) && <ProblemAlert error={error} what={t('notLoaded')} {...(again && { again })} />}
        {children}
      </div>
    </>
  );
}
