import { Button } from '@mantine/core';
import { IconWarning } from '@house/icons.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import css from './Handheld.module.css';
import type { Refills } from './useRefills.ts';
import en from './texts.en.ts';

/** Faces that were filled here and that the house refused, each with what to do with the goods. */
export function RefillClashes({ refills }: { refills: Refills }) {
  const t = useTexts(en);
  if (refills.clashes.length === 0) return null;
  return (
    <section className={css.clashes} aria-label={t('clashes')}>
      <h2>
        <IconWarning size={20} aria-hidden /> {t('clashes')}
      </h2>
      <ul className={css.cards}>
        {refills.clashes.map((c) => {
          const words = t.maybe(`clash.${c.code}`);
          return (
            <li key={c.id} className={css.clash}>
              <strong dir="auto">{c.about.name}</strong>
              <span className="sy-muted">{t('clashOfRefill', { n: c.about.units, from: c.about.from, to: c.about.to })}</span>
              <span>{words === c.code.split('.').at(-1) ? c.detail : words}</span>
              <Button className={css.big!} variant="default" onClick={() => void refills.settle(c.id)}>
                {t('settled')}
              </Button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
