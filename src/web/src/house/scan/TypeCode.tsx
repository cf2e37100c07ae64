import { Button, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTexts } from '../i18n/useTexts.tsx';
import en from './texts.en.ts';

/** For a code that no scanner reads: torn, wet or too high. It is treated as if it had been scanned. */
export function TypeCode({ onCode, onClose, label }: { onCode: (code: string) => void; onClose: () => void; label?: string }) {
  const t = useTexts(en);
  const [code, setCode] = useState('');
  return (
    <Modal opened onClose={onClose} title={t('typeCode')} closeButtonProps={{ 'aria-label': t('close') }}>
      <form
        className="sy-stack"
        onSubmit={(e) => {
          e.preventDefault();
          if (code.trim() === '') return;
          onClose();
          onCode(code.trim());
        }}
      >
        <TextInput label={label ?? t('code')} value={code} data-autofocus autoComplete="off" autoCapitalize="characters" spellCheck={false} dir="auto" maxLength={200} onChange={(e) => setCode(e.currentTarget.value)} />
        <Button type="submit" disabled={code.trim() === ''}>
          {t('useCode')}
        </Button>
      </form>
    </Modal>
  );
}
