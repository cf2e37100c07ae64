import { Button, Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import css from './Settings.module.css';
import en from './texts.en.ts';

interface Props {
  title: string;
  confirm: string;
  onClose: () => void;
  onSubmit: () => void;
  isPending: boolean;
  error: unknown;
  /** Pointers of faults that stand beside their fields. */
  shown?: readonly string[];
  isDanger?: boolean;
  children: ReactNode;
}

/** A small form in a dialog: faults beside their fields, one button that says what it does. */
export function FormDialog({ title, confirm, onClose, onSubmit, isPending, error, shown = [], isDanger = false, children }: Props) {
  const t = useTexts(en);
  return (
    <Modal opened onClose={onClose} title={title} size="var(--sy-dialog)" closeButtonProps={{ 'aria-label': t('close') }}>
      <form
        className="sy-stack"
        onSubmit={(e) => {
          e.preventDefault();
          onSubmit();
        }}
      >
        {children}
        <ProblemAlert error={error} shown={shown} />
        <div className={css.buttons}>
          <Button variant="default" onClick={onClose}>
            {t('notNow')}
          </Button>
          <Button type="submit" color={isDanger ? 'danger' : 'rail'} loading={isPending}>
            {confirm}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
