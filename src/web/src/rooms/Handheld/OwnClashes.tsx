import { Button } from '@mantine/core';
import { IconWarning } from '@house/icons.ts';
import type { Say } from '@house/i18n/useTexts.tsx';
import css from './Handheld.module.css';

interface Clash {
  id: string;
  code: string;
  /** What the server said, for codes without words of their own. */
  detail: string;
  about: { name: string };
}

interface Props<C extends Clash> {
  clashes: readonly C[];
  /** The room's words: `clashes`, `settled` and `clash.CODE`. */
  t: Pick<Say<'clashes' | 'settled'>, 'maybe'> & ((key: 'clashes' | 'settled') => string);
  /** What was done: how many, where. */
  deedOf: (clash: C) => string;
  settle: (id: string) => Promise<unknown>;
}

/** What was done on this device and the house refused: each with why and with what to do with the goods, until the person says that it is dealt with. */
export function OwnClashes<C extends Clash>({ clashes, t, deedOf, settle }: Props<C>) {
  if (clashes.length === 0) return null;
  return (
    <section className={css.clashes} aria-label={t('clashes')}>
      <h2>
        <IconWarning size={20} aria-hidden /> {t('clashes')}
      </h2>
      <ul className={css.cards}>
        {clashes.map((c) => {
          const words = t.maybe(`clash.${c.code}`);
          return (
            <li key={c.id} className={css.clash}>
              <strong dir="auto">{c.about.name}</strong>
              <span className="sy-muted">{deedOf(c)}</span>
              <span>{words === c.code.split('.').at(-1) ? c.detail : words}</span>
              <Button className={css.big!} variant="default" onClick={() => void settle(c.id)}>
                {t('settled')}
              </Button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
