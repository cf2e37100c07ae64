import { useTexts } from '../i18n/useTexts.tsx';
import css from './FreshPill.module.css';
import en from './texts.en.ts';

/** "12 new": what came waits here until the person wants it; so does the leaving of what no longer belongs here. */
export function FreshPill({ n, gone = 0, onShow }: { n: number; gone?: number; onShow: () => void }) {
  const t = useTexts(en);
  return (
    <span role="status">
      {n + gone > 0 && (
        <button type="button" className={css.pill} onClick={onShow}>
          {n > 0 ? t('list.fresh', { n }) : t('list.gone', { n: gone })}
        </button>
      )}
    </span>
  );
}
