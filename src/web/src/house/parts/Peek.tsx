import { ActionIcon } from '@mantine/core';
import { useEffect, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { IconX } from '../icons.ts';
import { useTexts } from '../i18n/useTexts.tsx';
import css from './Peek.module.css';
import en from './texts.en.ts';

interface Props {
  title: ReactNode;
  label: string;
  onClose: () => void;
  actions?: ReactNode;
  children: ReactNode;
}

/** A look at a row without leaving the list: focus stays there, J and K walk on, Enter opens the page. */
export function Peek({ title, label, onClose, actions, children }: Props) {
  const t = useTexts(en);
  useEffect(() => {
    const close = (e: KeyboardEvent) => e.key === 'Escape' && !e.defaultPrevented && onClose();
    document.addEventListener('keydown', close);
    return () => document.removeEventListener('keydown', close);
  }, [onClose]);
  return createPortal(
    <aside className={css.peek} aria-label={label}>
      <div className={css.head}>
        <h2 className={css.title}>{title}</h2>
        {actions}
        <ActionIcon onClick={onClose} aria-label={t('close')}>
          <IconX size={16} aria-hidden />
        </ActionIcon>
      </div>
      <div className={css.body}>{children}</div>
    </aside>,
    document.body,
  );
}
