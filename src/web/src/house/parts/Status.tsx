import type { ReactNode } from 'react';
import css from './Status.module.css';

export type Tone = 'neutral' | 'progress' | 'good' | 'warn' | 'bad' | 'hold';

// A shape of its own for each tone, so that no state is told by colour alone.
const shapes: Record<Tone, ReactNode> = {
  neutral: <circle cx="5" cy="5" r="3.2" fill="none" stroke="currentColor" strokeWidth="1.6" />,
  progress: (
    <>
      <circle cx="5" cy="5" r="3.2" fill="none" stroke="currentColor" strokeWidth="1.6" />
      <path d="M5 1.8a3.2 3.2 0 0 1 0 6.4z" fill="currentColor" />
    </>
  ),
  good: <path d="M1.5 5.2 4 7.7 8.5 2.6" fill="none" stroke="currentColor" strokeWidth="1.8" strokeLinecap="round" strokeLinejoin="round" />,
  warn: <path d="M5 1 9.4 9H.6z" fill="currentColor" />,
  bad: <path d="m2 2 6 6M8 2 2 8" stroke="currentColor" strokeWidth="1.9" strokeLinecap="round" />,
  hold: <path d="M3 1.8v6.4M7 1.8v6.4" stroke="currentColor" strokeWidth="2.2" strokeLinecap="round" />,
};

interface Props {
  tone: Tone;
  children: ReactNode;
  /** Without the soft ground: for dense tables where a second state stands beside. */
  isPlain?: boolean;
  title?: string;
}

/** A state in words, with the shape and colour of its tone. */
export function Status({ tone, children, isPlain = false, title }: Props) {
  return (
    <span className={`${css.status} ${isPlain ? css.plain : ''}`} data-tone={tone} title={title}>
      <svg className={css.shape} viewBox="0 0 10 10" aria-hidden>
        {shapes[tone]}
      </svg>
      <span className="sy-clip">{children}</span>
    </span>
  );
}
