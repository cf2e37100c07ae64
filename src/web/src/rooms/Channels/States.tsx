import { useFormat } from '@house/i18n/useFormat.ts';
import css from './Channels.module.css';

interface Props<S extends string> {
  label: string;
  states: readonly S[];
  current: S;
  nameOf: (state: S) => string;
  countOf?: (state: S) => number | undefined;
  onChange: (state: S) => void;
}

/** Which of a list are shown, one button for each state. */
export function States<S extends string>({ label, states, current, nameOf, countOf, onChange }: Props<S>) {
  const { number } = useFormat();
  return (
    <div className={css.states} role="group" aria-label={label}>
      {states.map((s) => {
        const n = countOf?.(s) ?? 0;
        return (
          <button key={s} type="button" className={css.state} aria-pressed={s === current} onClick={() => onChange(s)}>
            {nameOf(s)}
            {n > 0 && <span className={css.count}>{number(n)}</span>}
          </button>
        );
      })}
    </div>
  );
}
