import type { ReactNode } from 'react';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { PageHead } from '@house/parts/PageHead.tsx';
import { SectionTabs } from '@house/parts/SectionTabs.tsx';
import { sections, type SectionId } from './sections.ts';
import en from './texts.en.ts';

interface Props {
  section: SectionId;
  /** Of a page of one thing: its own name. */
  title?: string;
  beside?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}

/** What the pages of shipping share: the way to the others. */
export function Frame({ section, title, beside, actions, children }: Props) {
  const t = useTexts(en);
  return (
    <>
      <PageHead title={title ?? t(section)} beside={beside} actions={actions} />
      <SectionTabs label={t('title')} sections={sections} current={section} isWithin={title !== undefined} nameOf={t} />
      {children}
    </>
  );
}
