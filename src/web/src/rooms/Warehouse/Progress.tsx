import { useTexts } from '@house/i18n/useTexts.tsx';
import css from './Warehouse.module.css';
import en from './texts.en.ts';

/** How much of it is done: a bar, and the numbers beside it. */
export function Progress({ done, of }: { done: number; of: number }) {
  const t = useTexts(en);
  const percent = of === 0 ? 0 : Math.floor((done / of) * 100);
  return (
    <span className={css.progress}>
      <span className={css.bar} data-done={(of > 0 && done >= of) || undefined} aria-hidden>
        <span style={{ inlineSize: `${percent}%` }} />
      </span>
      {t('progress', { done, of })}
    </span>
  );
}
