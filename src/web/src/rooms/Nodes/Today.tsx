import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import type { Load } from './map.ts';
import css from './Today.module.css';
import en from './texts.en.ts';

/** How much of its day a node was given: a bar where there is a capacity, a number where there is none. */
export function Today({ load }: { load: Load | undefined }) {
  const t = useTexts(en);
  const { number } = useFormat();
  if (!load) return <span className="sy-muted">–</span>;
  if (load.dailyCapacity === null) return <span className="sy-muted">{t('today.some', { n: load.givenToday })}</span>;
  const isFull = load.givenToday >= load.dailyCapacity;
  return (
    <span className={css.today}>
      <span className={css.bar} aria-hidden>
        <span className={css.part} data-full={isFull || undefined} style={{ inlineSize: `${load.dailyCapacity === 0 ? 100 : Math.min(100, (load.givenToday / load.dailyCapacity) * 100)}%` }} />
      </span>
      <span className="sy-nowrap">{t('today.of', { n: number(load.givenToday), of: number(load.dailyCapacity) })}</span>
    </span>
  );
}
