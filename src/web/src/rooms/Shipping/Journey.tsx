import { useTexts } from '@house/i18n/useTexts.tsx';
import { useFormat } from '@house/i18n/useFormat.ts';
import type { Tone } from '@house/parts/Status.tsx';
import css from './Shipping.module.css';
import type { Step } from './shipping.ts';
import en from './texts.en.ts';

const tones: Record<string, Tone> = {
  'scan.delivered': 'good', 'scan.exception': 'bad', 'scan.damaged': 'bad', 'scan.lost': 'bad', 'scan.returnedToSender': 'bad', 'scan.attempted': 'warn', 'scan.delayed': 'warn',
};

/** A parcel's way, newest first: our word, and the carrier's own beside it. Times are those of the node, with their zone. */
export function Journey({ steps, zone, label }: { steps: Step[]; zone: string; label: string }) {
  const t = useTexts(en);
  const { dateTime, full } = useFormat();
  return (
    <ol className={css.steps} aria-label={label}>
      {steps.map((s, i) => (
        <li key={i} className={css.step} data-by={s.by} data-tone={tones[s.what]}>
          <span className={css.dot} aria-hidden />
          <span className={css.what}>
            <span className={i === 0 ? 'sy-strong' : undefined}>{t.maybe(s.what)}</span>
            {(s.said || s.place) && (
              <span className="sy-meta" dir="auto">
                {[s.said?.words, s.place].filter(Boolean).join(' · ')} {s.said?.code && <bdi className="sy-code">({s.said.code})</bdi>}
              </span>
            )}
          </span>
          <time className={css.when} dateTime={s.at} title={full(s.at, zone)}>
            {dateTime(s.at, zone)}
          </time>
        </li>
      ))}
    </ol>
  );
}
