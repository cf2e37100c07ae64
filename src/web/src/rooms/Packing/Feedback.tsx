import { Button } from '@mantine/core';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { IconCheck, IconWarning, IconX } from '@house/icons.ts';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import css from './Feedback.module.css';
import en from './texts.en.ts';

export interface Heard {
  is: 'right' | 'wrong';
  text: string;
}

interface Props {
  heard: Heard | null;
  waiting: number;
  stuck: unknown;
  onRetry: () => void;
  onClose: () => void;
}

/** What became of the last scan, large enough to be seen from the other end of the table. A wrong one stays until a right one comes or it is put away. */
export function Feedback({ heard, waiting, stuck, onRetry, onClose }: Props) {
  const t = useTexts(en);
  if (stuck)
    return (
      <div className={css.stuck}>
        <ProblemAlert error={stuck} what={t('stuck', { n: waiting })} />
        <Button onClick={onRetry}>{t('again')}</Button>
      </div>
    );
  const is = heard?.is ?? 'none';
  return (
    <div className={css.feedback} data-is={is}>
      <span className={css.words} role={is === 'wrong' ? 'alert' : 'status'}>
        {is === 'right' && <IconCheck className={css.mark} aria-hidden />}
        {is === 'wrong' && <IconWarning className={css.mark} aria-hidden />}
        <span>{heard?.text ?? t('scanItems')}</span>
      </span>
      {is === 'wrong' && (
        <button type="button" className={css.close} onClick={onClose} aria-label={t('putAway')}>
          <IconX size={20} aria-hidden />
        </button>
      )}
    </div>
  );
}
