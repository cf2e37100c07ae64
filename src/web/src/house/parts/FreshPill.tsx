import { useTexts } from '../i18n/useTexts.tsx';
import css from './FreshPill.module.css';
import en from './texts.en.ts';

/** "12 new": what came waits here until the person wants it. */
export function FreshPill({ n, onShow }: { n: number; onShow: () => void }) {
  const t = useTexts(en);
  return (
    <span role="status">
      {n > 0 && (
        <button type="button" className={css.pill} onClick={onShow}>
          {t('list.fresh', { n })}
        </button>
      )}
    </span>
  );
}
