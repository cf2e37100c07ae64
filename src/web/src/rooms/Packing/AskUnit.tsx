import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTexts } from '@house/i18n/useTexts.tsx';
import css from './Packing.module.css';
import type { Line } from './table.ts';
import en from './texts.en.ts';

export type Asked =
  | { kind: 'serial' | 'lot'; code: string; line: Line; lots: string[] }
  | { kind: 'line'; code: string; lines: Line[] };

interface Props {
  asked: Asked;
  onLine: (line: number) => void;
  onText: (text: string) => void;
  onClose: () => void;
}

/** What the scan did not say: which serial number, which lot, or whose text. Scanned, typed or chosen. */
export function AskUnit({ asked, onLine, onText, onClose }: Props) {
  const t = useTexts(en);
  const [text, setText] = useState('');
  if (asked.kind === 'line')
    return (
      <div className={css.asked} role="group" aria-label={t('whichText')}>
        <strong>{t('whichText')}</strong>
        <div className={css.choices}>
          {asked.lines.map((line, i) => (
            <Button key={line.line} variant="default" autoFocus={i === 0} onClick={() => onLine(line.line)}>
              <q dir="auto">{line.text}</q>
            </Button>
          ))}
          <Button variant="subtle" onClick={onClose}>{t('notNow')}</Button>
        </div>
      </div>
    );
  return (
    <form
      className={css.asked}
      onSubmit={(e) => {
        e.preventDefault();
        if (text.trim() !== '') onText(text.trim());
      }}
    >
      <TextInput label={t(asked.kind === 'serial' ? 'askSerial' : 'askLot', { name: asked.line.name ?? asked.line.sku })} value={text} onChange={(e) => setText(e.currentTarget.value)} autoFocus autoComplete="off" spellCheck={false} dir="auto" maxLength={64} className={css.scanField!} />
      <div className={css.choices}>
        <Button type="submit">{t('use')}</Button>
        {asked.lots.map((lot) => (
          <Button key={lot} variant="default" onClick={() => onText(lot)}>
            {lot}
          </Button>
        ))}
        <Button variant="subtle" onClick={onClose}>{t('notNow')}</Button>
      </div>
    </form>
  );
}
