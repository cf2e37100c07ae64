import { Drawer } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTexts } from '../i18n/useTexts.tsx';
import { Status, type Tone } from './Status.tsx';
import css from './Why.module.css';
import en from './texts.en.ts';

/** One way it could have been decided. */
export interface Candidate {
  id: string;
  name: ReactNode;
  isChosen: boolean;
  /** What it costs, when it arrives … */
  facts?: ReactNode[];
  /** Why it was not taken, in words. */
  reason?: string;
  tone?: Tone;
}

interface Props {
  /** The decided value, underlined with dots. */
  children: ReactNode;
  /** "Why Birmingham?" */
  title: string;
  /** One sentence on how it was decided. */
  summary?: ReactNode;
  /** Asked only when the panel is open. */
  candidates: () => Candidate[];
  /** "Try with …", where it can be replayed. */
  footer?: ReactNode;
}

/** A decided value that says how it was decided. The key W opens the first one on the page, or that of the row in focus. */
export function Why({ children, title, summary, candidates, footer }: Props) {
  const t = useTexts(en);
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button type="button" className={css.why} data-why onClick={() => setOpen(true)} aria-haspopup="dialog" title={title}>
        {children}
      </button>
      <Drawer opened={isOpen} onClose={() => setOpen(false)} position="right" size="var(--sy-peek)" title={title} closeButtonProps={{ 'aria-label': t('close') }}>
        {isOpen && (
          <div className="sy-stack">
            {summary && <p>{summary}</p>}
            <ol className={css.list}>
              {candidates()
                .sort((a, b) => Number(b.isChosen) - Number(a.isChosen))
                .map((c) => (
                  <li key={c.id} className={css.candidate} data-chosen={c.isChosen || undefined}>
                    <div className="sy-row sy-spread">
                      <span className="sy-strong">{c.name}</span>
                      <Status tone={c.isChosen ? 'good' : (c.tone ?? 'neutral')}>{c.isChosen ? t('why.chosen') : (c.reason ?? t('why.notChosen'))}</Status>
                    </div>
                    {c.facts && c.facts.length > 0 && (
                      <div className={css.facts}>
                        {c.facts.map((fact, i) => (
                          <span key={i}>{fact}</span>
                        ))}
                      </div>
                    )}
                  </li>
                ))}
            </ol>
            {footer}
          </div>
        )}
      </Drawer>
    </>
  );
}
