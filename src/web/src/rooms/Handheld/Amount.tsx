import { ActionIcon, Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { IconMinus, IconPlus } from '@house/icons.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { useScanner } from '@house/scan/useScanner.ts';
import css from './Handheld.module.css';
import en from './texts.en.ts';

interface Props {
  kind: 'short' | 'damaged';
  /** Instead of the usual words on what becomes of it. */
  hint?: string;
  least: number;
  most: number;
  /** Null: nothing is said before somebody says it. */
  begin: number | null;
  /** What becomes of it, once a number is said. */
  effect?: (n: number) => string;
  onSay: (n: number) => void;
  /** Another product goes in place of what lacks; undefined: the customer takes none. */
  onInstead?: ((n: number) => void) | undefined;
  onClose: () => void;
}

/** How many were there, or how many are broken: by two big buttons, since nobody types with gloves. */
export function Amount({ kind, hint, least, most, begin, effect, onSay, onInstead, onClose }: Props) {
  const t = useTexts(en);
  const { number } = useFormat();
  const [n, setN] = useState(begin);
  useScanner((scan) => scan.command === 'done' && n !== null && onSay(n));
  return (
    <Modal opened onClose={onClose} title={t(`${kind}.title`)} closeButtonProps={{ 'aria-label': t('close'), size: 'xl' }}>
      <div className={css.sheet}>
        <div className={css.stepper}>
          <ActionIcon className={css.stepButton!} variant="default" aria-label={t('fewer')} disabled={n !== null && n <= least} onClick={() => setN(n === null ? least : n - 1)}>
            <IconMinus size={32} aria-hidden />
          </ActionIcon>
          <output className={css.amount} aria-live="polite">
            {n === null ? '–' : number(n)}
          </output>
          <ActionIcon className={css.stepButton!} variant="default" aria-label={t('moreOf')} disabled={n !== null && n >= most} onClick={() => setN(n === null ? Math.max(1, least) : n + 1)}>
            <IconPlus size={32} aria-hidden />
          </ActionIcon>
        </div>
        {n === null ? (
          <Button className={css.big!} variant="default" onClick={() => setN(least)}>
            {t(`${kind}.say`, { n: least })}
          </Button>
        ) : (
          <>
            {effect && <p role="status">{effect(n)}</p>}
            <Button className={css.big!} onClick={() => onSay(n)}>
              {effect ? t('short.tell') : t(`${kind}.say`, { n })}
            </Button>
          </>
        )}
        {onInstead && (
          <Button className={css.big!} variant="default" disabled={n === null} onClick={() => n !== null && onInstead(n)}>
            {t('instead')}
          </Button>
        )}
        <p className="sy-muted">{hint ?? t(`${kind}.hint`)}</p>
      </div>
    </Modal>
  );
}
