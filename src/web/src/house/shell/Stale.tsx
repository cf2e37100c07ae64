import { useFormat } from '../i18n/useFormat.ts';
import { useTexts } from '../i18n/useTexts.tsx';
import { lastHeard, useLiveState } from '../live.ts';
import { useNow } from '../now.ts';
import css from './Header.module.css';
import en from './texts.en.ts';

/** Says when what is shown may be old. Nothing while all is well. */
export function Stale() {
  const t = useTexts(en);
  const { time } = useFormat();
  const state = useLiveState();
  const now = useNow();
  if (state !== 'lost' || now - lastHeard() < 20_000) return null;
  return <span className={css.stale}>{t('live.stale', { time: time(lastHeard()) })}</span>;
}
