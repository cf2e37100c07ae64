import { Button, Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { IconArrowRight } from '../icons.ts';
import { useTexts } from '../i18n/useTexts.tsx';
import css from './Consequences.module.css';
import { ProblemAlert } from './ProblemAlert.tsx';
import en from './texts.en.ts';

/** One thing that will be otherwise: stock, money, a date, a message that is sent. */
export interface Consequence {
  what: ReactNode;
  now: ReactNode;
  after: ReactNode;
}

interface Props {
  opened: boolean;
  onClose: () => void;
  title: string;
  /** The ledger; null while it is worked out. */
  rows: Consequence[] | null;
  /** Questions before the ledger: a reason, an amount. */
  children?: ReactNode;
  /** Says it: "Refund £24.90", "Cancel 3 units". */
  confirm: string;
  isDanger?: boolean;
  onConfirm: () => void;
  isPending?: boolean;
  /** Not yet possible: why, in words. */
  notYet?: string | null;
  error?: unknown;
}

/** Before money or goods move: a ledger of now and after. Never "Are you sure?". */
export function Consequences({ opened, onClose, title, rows, children, confirm, isDanger, onConfirm, isPending = false, notYet, error }: Props) {
  const t = useTexts(en);
  return (
    <Modal opened={opened} onClose={onClose} title={title} size="var(--sy-dialog)" closeButtonProps={{ 'aria-label': t('close') }}>
      <form
        className="sy-stack"
        onSubmit={(e) => {
          e.preventDefault();
          if (!notYet) onConfirm();
        }}
      >
        {children}
        {rows && rows.length > 0 && (
          <table className={css.ledger}>
            <caption className="sy-hidden">{t('consequences')}</caption>
            <thead>
              <tr>
                <th scope="col">
                  <span className="sy-hidden">{t('consequences.what')}</span>
                </th>
                <th scope="col">{t('consequences.now')}</th>
                <th aria-hidden />
                <th scope="col">{t('consequences.after')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row, i) => (
                <tr key={i}>
                  <th scope="row">{row.what}</th>
                  <td className="sy-muted">{row.now}</td>
                  <td aria-hidden>
                    <IconArrowRight className={css.arrow} />
                  </td>
                  <td className="sy-strong">{row.after}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        {rows === null && <p className="sy-muted">{t('consequences.working')}</p>}
        <ProblemAlert error={error} />
        <div className={css.buttons}>
          {notYet && <span className="sy-muted">{notYet}</span>}
          <Button variant="default" onClick={onClose}>
            {t('consequences.back')}
          </Button>
          <Button type="submit" color={isDanger ? 'danger' : 'rail'} loading={isPending} disabled={Boolean(notYet) || rows === null}>
            {confirm}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
