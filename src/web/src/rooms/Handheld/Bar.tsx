import { UnstyledButton } from '@mantine/core';
import type { ReactNode } from 'react';
import { IconArrowLeft, IconCloudOff, IconSend } from '@house/icons.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import css from './Handheld.module.css';
import en from './texts.en.ts';

interface Props {
  /** What waits to be sent from here, and whether the server is out of reach. */
  round: { waiting: readonly unknown[]; isOffline: boolean };
  title: string;
  beside?: ReactNode;
  onBack?: () => void;
  /** Where that leads, when it is not the start. */
  backName?: string;
}

/** The head of every screen: what it is about, what waits to be sent; and under it that there is no network. */
export function Bar({ round, title, beside, onBack, backName }: Props) {
  const t = useTexts(en);
  return (
    <>
      <header className={css.bar}>
        {onBack && (
          <UnstyledButton className={css.back} onClick={onBack} aria-label={backName ?? t('home')}>
            <IconArrowLeft size={24} aria-hidden />
          </UnstyledButton>
        )}
        <h1 className={css.title}>{title}</h1>
        {beside}
        <Unsent n={round.waiting.length} />
      </header>
      <Offline round={round} />
    </>
  );
}

/** How much waits to be sent. */
export function Unsent({ n }: { n: number }) {
  const t = useTexts(en);
  const { number } = useFormat();
  if (n === 0) return null;
  return (
    <span className={css.outbox} data-outbox={n}>
      <IconSend size={16} aria-hidden />
      <span aria-hidden>{number(n)}</span>
      <span className="sy-hidden">{t('waiting', { n })}</span>
    </span>
  );
}

/** That there is no network, and what waits for it. */
export function Offline({ round }: { round: Props['round'] }) {
  const t = useTexts(en);
  const n = round.waiting.length;
  return (
    <div role="status" className={css.offlineSpace}>
      {round.isOffline && (
        <p className={css.offline}>
          <IconCloudOff size={20} aria-hidden />
          <span>{n > 0 ? t('offlineWaiting', { n }) : t('offline')}</span>
        </p>
      )}
    </div>
  );
}
