import { useEffect, type ReactNode } from 'react';
import css from './PageHead.module.css';

interface Props {
  title: string;
  /** Beside the title: a status, a count. */
  beside?: ReactNode;
  /** At the end: one filled button at most, the rest plain. */
  actions?: ReactNode;
}

/** The first row of every page. It names the browser's tab too. */
export function PageHead({ title, beside, actions }: Props) {
  useEffect(() => {
    document.title = `${title} · Switchyard`;
  }, [title]);
  return (
    <div className={css.head}>
      <div className={css.names}>
        <h1 className={css.title}>{title}</h1>
        {beside}
      </div>
      {actions && <div className={css.actions}>{actions}</div>}
    </div>
  );
}
