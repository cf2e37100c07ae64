import { ApiError } from '../api/problem.ts';
import { IconWarning } from '../icons.ts';
import { useTexts } from '../i18n/useTexts.tsx';
import css from './ProblemAlert.module.css';
import en from './texts.en.ts';

interface Props {
  error: unknown;
  /** What failed, in the person's words: "The order was not held." */
  what?: string;
  /** Faults that a form already shows beside its fields. */
  shown?: readonly string[];
  again?: () => void;
}

/** What failed, why, and the number to name when asking for help. Stands where the person looks, never in a toast. */
export function ProblemAlert({ error, what, shown = [], again }: Props) {
  const t = useTexts(en);
  if (!error) return null;
  const known = error instanceof ApiError ? error : null;
  const faults = (known?.fields ?? []).filter((f) => f.detail !== known?.message && !shown.includes(f.pointer));
  return (
    <div className={css.alert} role="alert">
      <IconWarning className={css.mark} aria-hidden />
      <div className={css.words}>
        {what && <strong>{what}</strong>}
        <span>{error instanceof Error ? error.message : String(error)}</span>
        {faults.length > 0 && (
          <ul className={css.faults}>
            {faults.slice(0, 8).map((f) => (
              <li key={f.pointer + f.code}>{f.detail}</li>
            ))}
          </ul>
        )}
        {known?.retryAfterSeconds && <span>{t('retryAfter', { n: known.retryAfterSeconds })}</span>}
        {again && (
          <button type="button" className={css.again} onClick={again}>
            {t('again')}
          </button>
        )}
        {known?.requestId && known.status >= 500 && <span className={css.id}>{t('requestId', { id: known.requestId })}</span>}
      </div>
    </div>
  );
}
