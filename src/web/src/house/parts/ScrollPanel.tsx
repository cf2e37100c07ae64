import type { ReactNode } from 'react';
import css from './ScrollPanel.module.css';

interface Props {
  label: string;
  hidden?: boolean;
  className?: string;
  children: ReactNode;
}

/** A panel whose table may be wider than the page. A scrolled region is reached by the keyboard. */
export function ScrollPanel({ label, hidden, className = '', children }: Props) {
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={`sy-panel ${css.scroll} ${className}`} tabIndex={0} role="region" aria-label={label} hidden={hidden}>
      {children}
    </div>
  );
}
