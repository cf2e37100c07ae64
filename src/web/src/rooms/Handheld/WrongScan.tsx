import { UnstyledButton } from '@mantine/core';
import type { ReactNode } from 'react';
import { IconX } from '@house/icons.ts';
import css from './Handheld.module.css';

interface Props {
  title: string;
  todo: string;
  back: string;
  onClose: () => void;
  /** What else can be done about it. */
  children?: ReactNode;
}

/** The whole screen says that this was not it, until the next right scan. */
export function WrongScan({ title, todo, back, onClose, children }: Props) {
  return (
    <div className={css.wrong}>
      <div role="alert" className={css.wrongWords}>
        <IconX size={72} aria-hidden />
        <p className={css.wrongTitle}>{title}</p>
        <p className={css.wrongDo}>{todo}</p>
      </div>
      {children}
      <UnstyledButton className={css.wrongBack} onClick={onClose}>
        {back}
      </UnstyledButton>
    </div>
  );
}
