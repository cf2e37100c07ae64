import { shareOf } from './figures.ts';
import css from './Figures.module.css';

interface Props {
  /** Each part in its colour, 1 to 6. */
  parts: readonly { value: number; colour: 1 | 2 | 3 | 4 | 5 | 6 }[];
  /** The whole length stands for this. */
  most: number;
}

/** A bar beside a number, parted by what it is made of. Readers have the numbers. */
export function Bar({ parts, most }: Props) {
  return (
    <span className={css.bar} aria-hidden>
      {parts.map((p) => (
        <span key={p.colour} data-colour={p.colour} style={{ inlineSize: `${shareOf(p.value, most)}%` }} />
      ))}
    </span>
  );
}
