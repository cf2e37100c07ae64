import { useState, type DragEvent, type KeyboardEvent, type ReactNode } from 'react';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { PageHead } from '@house/parts/PageHead.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { SectionTabs } from '@house/parts/SectionTabs.tsx';
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
  return (
    <>
      <PageHead title={t(section)} actions={actions} />
      <SectionTabs label={t('title')} sections={sections} current={section} nameOf={t} />
      <div className={css.page}>
        <p className={css.about}>{t(`${section}.about`)}</p>
        <ProblemAlert error={error} what={error ? t('notLoaded') : undefined} />
        {children}
      </div>
    </>
  );
}

interface Drag {
  /** Another row is being carried: this one may take it. */
  isOver: boolean;
  onStart: () => void;
  onEnd: () => void;
  onDrop: () => void;
  /** The arrow keys with Alt, from anywhere in the row. */
  onKey: (by: -1 | 1) => void;
}

interface RowProps {
  name: ReactNode;
  beside?: ReactNode;
  children?: ReactNode;
  start?: ReactNode;
  end?: ReactNode;
  drag?: Drag | undefined;
}

/** One thing of a list: its name, what there is to say of it, and what can be done with it. */
export function Row({ name, beside, children, start, end, drag }: RowProps) {
  const [isTarget, setTarget] = useState(false);
  return (
    // Carrying by pointer is beside the buttons and keys that do the same.
    <li
      className={css.row}
      data-target={(isTarget && drag?.isOver) || undefined}
      {...(drag && {
        draggable: true,
        onDragStart: drag.onStart,
        onDragEnd: () => {
          setTarget(false);
          drag.onEnd();
        },
        onDragOver: (e: DragEvent) => {
          e.preventDefault();
          setTarget(true);
        },
        onDragLeave: () => setTarget(false),
        onDrop: (e: DragEvent) => {
          e.preventDefault();
          setTarget(false);
          drag.onDrop();
        },
        onKeyDown: (e: KeyboardEvent) => {
          if (!e.altKey || (e.key !== 'ArrowUp' && e.key !== 'ArrowDown')) return;
          e.preventDefault();
          drag.onKey(e.key === 'ArrowUp' ? -1 : 1);
        },
      })}
    >
      {start}
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
