import { useState, type DragEvent, type KeyboardEvent, type ReactNode } from 'react';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { RoomFrame, type FrameProps } from '@house/parts/RoomFrame.tsx';
import { sections, type SectionId } from './sections.ts';
import css from './Settings.module.css';
import en from './texts.en.ts';

/** What all pages of the settings share: the way to the others by their groups, one sentence on what this is for. */
export function Frame(props: FrameProps<SectionId> & { error?: unknown }) {
  const t = useTexts(en);
  return <RoomFrame sections={sections} label={t('title')} nameOf={t} groupOf={(group) => t(`group.${group}`)} about={t(`${props.section}.about`)} {...props} />;
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
