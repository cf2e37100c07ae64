import type { ReactNode } from 'react';
import { useTexts } from '../i18n/useTexts.tsx';
import { PageHead } from './PageHead.tsx';
import { ProblemAlert } from './ProblemAlert.tsx';
import css from './RoomFrame.module.css';
import { SectionList } from './SectionList.tsx';
import { SectionTabs, type Section } from './SectionTabs.tsx';
import en from './texts.en.ts';

export interface FrameProps<Id extends string> {
  section: Id;
  /** Of a page of one thing within the section: its own name. */
  title?: string | undefined;
  beside?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}

interface Props<S extends Section> extends FrameProps<S['id']> {
  sections: readonly S[];
  /** What all of it is called. */
  label: string;
  nameOf: (id: S['id']) => string;
  /** Of many sections: what a group of them is called. They stand in a list at the side then, not in a row of tabs. */
  groupOf?: (group: NonNullable<S['group']>) => string;
  /** One sentence on what the section is for: the page is set in a column below it. */
  about?: string;
  /** Why the page's own content could not be loaded. */
  error?: unknown;
  again?: (() => void) | undefined;
  /** A table of many columns takes the whole page. */
  isWide?: boolean;
}

/** What the pages of one subject share: the name, the way to the others, what this one is for. */
export function RoomFrame<S extends Section>({ section, sections, label, nameOf, groupOf, title, beside, actions, about, error, again, isWide = false, children }: Props<S>) {
  const t = useTexts(en);
  const way = { label, sections, current: section, isWithin: title !== undefined, nameOf };
  const head = <PageHead title={title ?? nameOf(section)} beside={beside} actions={actions} />;
  const page = about === undefined ? children : (
    <div className={css.page} data-wide={isWide || undefined}>
      <p className={css.about}>{about}</p>
      {Boolean(error) && <ProblemAlert error={error} what={t('frame.notLoaded')} {...(again && { again })} />}
      {children}
    </div>
  );
  return groupOf ? (
    <div className={css.grouped}>
      <SectionList {...way} groupOf={groupOf} />
      <div className={css.beside}>
        {head}
        {page}
      </div>
    </div>
  ) : (
    <>
      {head}
      <SectionTabs {...way} />
      {page}
    </>
  );
}
