import type { ReactNode } from 'react';
import { IconCircleCheck, IconFilter, IconKey, IconPackage, IconSearch, IconWarning } from '../icons.ts';
import css from './EmptyState.module.css';

const marks = {
  /** Nothing was ever made here: one sentence and one action. */
  first: IconPackage,
  /** A filter finds none. */
  filtered: IconFilter,
  /** All work is done: good news. */
  done: IconCircleCheck,
  noRight: IconKey,
  nothing: IconSearch,
  broken: IconWarning,
};

interface Props {
  kind: keyof typeof marks;
  title: string;
  text?: string;
  /** Words to hand on, such as an error's. */
  detail?: string;
  action?: ReactNode;
  /** In the place of a whole page: its heading. */
  isPage?: boolean;
}

/** In the place of a list or a page that has nothing to show: why, and what to do. */
export function EmptyState({ kind, title, text, detail, action, isPage = false }: Props) {
  const Mark = marks[kind];
  const Title = isPage ? 'h1' : 'p';
  const tone = kind === 'done' ? css.good : kind === 'broken' ? css.bad : '';
  return (
    <div className={css.empty} role={kind === 'broken' ? 'alert' : undefined}>
      <Mark className={`${css.mark} ${tone}`} aria-hidden />
      <Title className={css.title}>{title}</Title>
      {text && <p className={css.text}>{text}</p>}
      {action}
      {detail && <p className={css.detail}>{detail}</p>}
    </div>
  );
}
