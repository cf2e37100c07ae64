import { Button, Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTexts } from '../i18n/useTexts.tsx';
import css from './Consequences.module.css';
import { When } from './When.tsx';
import en from './texts.en.ts';

/** A value two people had in hand. */
export interface ClashRow {
  what: ReactNode;
  /** As it was when I began. */
  before: ReactNode;
  /** As it is now, by somebody else. */
  theirs: ReactNode;
  /** As I want it; null where I changed nothing. */
  mine: ReactNode | null;
}

interface Props {
  opened: boolean;
  /** Who changed it, and when. */
  who: string | null;
  at: string | null;
  rows: ClashRow[];
  /** Puts my changes over theirs, on the version as it is now. */
  onReapply: () => void;
  /** Leaves it as they have it. */
  onDiscard: () => void;
  isPending?: boolean;
}

/** Somebody was quicker: what they changed, what I wanted, and the choice. Nothing was overwritten. */
export function ClashDialog({ opened, who, at, rows, onReapply, onDiscard, isPending = false }: Props) {
  const t = useTexts(en);
  return (
    <Modal opened={opened} onClose={onDiscard} title={t('clash.title')} size="var(--sy-dialog)" closeButtonProps={{ 'aria-label': t('close') }}>
      <div className="sy-stack">
        <p>{t.node(who ? 'clash.by' : 'clash.somebody', { who: <strong>{who}</strong>, when: <When at={at} as="time" /> })}</p>
        <table className={css.ledger}>
          <thead>
            <tr>
              <th scope="col">
                <span className="sy-hidden">{t('consequences.what')}</span>
              </th>
              <th scope="col">{t('clash.before')}</th>
              <th scope="col">{t('clash.theirs')}</th>
              <th scope="col">{t('clash.mine')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row, i) => (
              <tr key={i}>
                <th scope="row">{row.what}</th>
                <td className="sy-muted">{row.before}</td>
                <td>{row.theirs}</td>
                <td>{row.mine ?? '–'}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <div className={css.buttons}>
          <Button variant="default" onClick={onDiscard}>
            {t('clash.discard')}
          </Button>
          <Button onClick={onReapply} loading={isPending}>
            {t('clash.reapply')}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
