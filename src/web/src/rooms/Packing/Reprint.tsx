import { Button, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import css from './Packing.module.css';
import en from './texts.en.ts';

/** Printing again wants a reason: it is kept with who did it. */
export function Reprint({ what, onPrint, onClose }: { what: string; onPrint: (reason: string) => Promise<void>; onClose: () => void }) {
  const t = useTexts(en);
  const [reason, setReason] = useState('');
  const [error, setError] = useState<unknown>(null);
  const [isSending, setSending] = useState(false);
  const send = async (why: string) => {
    setSending(true);
    setError(null);
    try {
      await onPrint(why);
      onClose();
    } catch (failed) {
      setError(failed);
      setSending(false);
    }
  };
  return (
    <Modal opened onClose={onClose} title={t('reprintTitle', { what })} closeButtonProps={{ 'aria-label': t('notNow') }}>
      <form
        className="sy-stack"
        onSubmit={(e) => {
          e.preventDefault();
          if (reason.trim() !== '') void send(reason.trim());
        }}
      >
        <TextInput label={t('reprintWhy')} value={reason} onChange={(e) => setReason(e.currentTarget.value)} data-autofocus required maxLength={500} />
        <div className={css.choices}>
          {(['jam', 'damaged', 'lost'] as const).map((why) => (
            <Button key={why} variant="default" size="compact-sm" onClick={() => setReason(t(`reprint.${why}`))}>
              {t(`reprint.${why}`)}
            </Button>
          ))}
        </div>
        <ProblemAlert error={error} />
        <Button type="submit" loading={isSending} disabled={reason.trim() === ''}>
          {t('reprintNow')}
        </Button>
      </form>
    </Modal>
  );
}
