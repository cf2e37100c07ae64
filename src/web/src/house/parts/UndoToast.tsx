import { ActionIcon, Button } from '@mantine/core';
import { IconX } from '../icons.ts';
import { useKeys } from '../keys.ts';
import { useTexts } from '../i18n/useTexts.tsx';
import { dismiss, takeBack, undoLast, useNotices } from './notices.ts';
import css from './UndoToast.module.css';
import en from './texts.en.ts';

/** The corner where done things are told, with Undo where there is one. One polite region for readers. */
export function UndoToasts() {
  const t = useTexts(en);
  const notices = useNotices();
  const failed = (error: unknown) => t('undo.failed', { why: error instanceof Error ? error.message : String(error) });
  useKeys({ z: () => void undoLast(t('undo.done'), failed) });
  return (
    <div className={css.corner} role="status" aria-live="polite" aria-label={t('notices')}>
      {notices.map((n) => (
        <div key={n.id} className={css.toast}>
          <span className="sy-grow">{n.text}</span>
          {n.undo && (
            <Button variant="subtle" size="compact-sm" loading={n.isUndoing} onClick={() => void takeBack(n, t('undo.done'), failed)}>
              {t('undo')} <kbd className={css.key}>Z</kbd>
            </Button>
          )}
          <ActionIcon size={24} onClick={() => dismiss(n.id)} aria-label={t('close')}>
            <IconX size={14} aria-hidden />
          </ActionIcon>
        </div>
      ))}
    </div>
  );
}
