import { Button, Drawer } from '@mantine/core';
import { IconMinus, IconSkip, IconUndo, IconWarning } from '@house/icons.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import css from './Handheld.module.css';
import en from './texts.en.ts';

interface Props {
  onClose: () => void;
  /** Null: the bin is not scanned yet. */
  onShort: (() => void) | null;
  onDamaged: () => void;
  /** Null: there is nothing to go to, or nothing to take back. */
  onSkip: (() => void) | null;
  onUndo: (() => void) | null;
}

/** What is done seldom, under the thumb. */
export function More({ onClose, onShort, onDamaged, onSkip, onUndo }: Props) {
  const t = useTexts(en);
  return (
    <Drawer opened onClose={onClose} position="bottom" size="auto" title={t('moreTitle')} closeButtonProps={{ 'aria-label': t('close'), size: 'xl' }} portalProps={{ className: css.layer! }} classNames={{ content: css.drawer! }}>
      <div className={css.sheet}>
        <Button className={css.big!} variant="default" justify="flex-start" leftSection={<IconMinus size={24} aria-hidden />} disabled={onShort === null} aria-describedby={onShort ? undefined : 'short-first'} onClick={onShort ?? undefined}>
          {t('short')}
        </Button>
        {!onShort && <p id="short-first" className="sy-muted">{t('short.binFirst')}</p>}
        <Button className={css.big!} variant="default" justify="flex-start" leftSection={<IconWarning size={24} aria-hidden />} onClick={onDamaged}>
          {t('damaged')}
        </Button>
        {onSkip && (
          <Button className={css.big!} variant="default" justify="flex-start" leftSection={<IconSkip size={24} aria-hidden />} onClick={onSkip}>
            {t('skip')}
          </Button>
        )}
        {onUndo && (
          <Button className={css.big!} variant="default" justify="flex-start" leftSection={<IconUndo size={24} aria-hidden />} onClick={onUndo}>
            {t('undo')}
          </Button>
        )}
      </div>
    </Drawer>
  );
}
