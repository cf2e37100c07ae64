import { UnstyledButton } from '@mantine/core';
import { IconX } from '@house/icons.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import css from './Handheld.module.css';
import type { Wrong } from './walk.ts';
import en from './texts.en.ts';

/** The whole screen says that this was not it, until the next right scan. */
export function WrongScan({ wrong, onClose }: { wrong: Pick<Wrong, 'why' | 'is' | 'want'>; onClose: () => void }) {
  const t = useTexts(en);
  return (
    <div className={css.wrong}>
      <div role="alert" className={css.wrongWords}>
        <IconX size={72} aria-hidden />
        <p className={css.wrongTitle}>{t(`wrong.${wrong.why}`, { is: wrong.is, want: wrong.want })}</p>
        <p className={css.wrongDo}>{t(`wrongDo.${wrong.why}`, { is: wrong.is, want: wrong.want })}</p>
      </div>
      <UnstyledButton className={css.wrongBack} onClick={onClose}>
        {t('backToTask')}
      </UnstyledButton>
    </div>
  );
}
