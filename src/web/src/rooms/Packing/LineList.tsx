import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { IconCircleCheck, IconPackage } from '@house/icons.ts';
import { Code } from '@house/parts/Code.tsx';
import { Status } from '@house/parts/Status.tsx';
import css from './LineList.module.css';
import { leftOf, type Line, type Parcel, type Table } from './table.ts';
import en from './texts.en.ts';

interface Props {
  table: Table;
  active: Parcel | undefined;
  mayWork: boolean;
  onConfirm: (line: number, step: string, note: string) => Promise<void>;
}

/** What is to be packed: each item with its picture, its count, what is written on it and what must be seen before it leaves. */
export function LineList({ table, active, mayWork, onConfirm }: Props) {
  const t = useTexts(en);
  const lines = table.lines.filter((l) => l.picked > 0 || l.open > 0);
  if (lines.length === 0) return <p className="sy-muted">{table.sealed.length > 0 ? t('allPacked') : t('nothingPicked')}</p>;
  return (
    <ul className={css.lines} aria-label={t('items')}>
      {lines.map((line) => (
        <Item key={line.line} line={line} isHere={active?.lines.some((l) => l.line === line.line) ?? false} mayWork={mayWork} onConfirm={onConfirm} />
      ))}
    </ul>
  );
}

function Item({ line, isHere, mayWork, onConfirm }: { line: Line; isHere: boolean; mayWork: boolean; onConfirm: Props['onConfirm'] }) {
  const t = useTexts(en);
  const isComplete = line.picked > 0 && leftOf(line) === 0;
  return (
    <li className={css.line} data-complete={isComplete || undefined} data-here={isHere || undefined}>
      <span className={css.picture}>{line.picture ? <img src={line.picture} alt="" /> : <IconPackage size={24} stroke={1.4} aria-hidden />}</span>
      <span className={css.words}>
        <span className="sy-strong" dir="auto">{line.name ?? line.sku}</span>
        <span className="sy-meta sy-row sy-row-wrap">
          <Code isPlain>{line.sku}</Code>
          {line.isFragile && <Status tone="warn" isPlain>{t('fragile')}</Status>}
          {line.shipsAlone && <Status tone="warn" isPlain>{t('alone')}</Status>}
          {line.tracks !== 'none' && <span>{t(line.tracks === 'serial' ? 'hasSerial' : 'hasLot')}</span>}
          {line.open > 0 && <span>{t('stillPicked', { n: line.open })}</span>}
        </span>
        {line.insteadOf && <span className="sy-meta" dir="auto">{t('insteadOf', { name: line.insteadOf })}</span>}
        {line.text !== null && (
          <span className={css.text}>
            {t('personal')} <q dir="auto">{line.text}</q>
          </span>
        )}
        {line.steps.map((step) => (
          <Proof key={step} line={line} step={step} isDone={line.confirmed.includes(step)} mayWork={mayWork} onConfirm={onConfirm} />
        ))}
      </span>
      <span className={css.count}>
        {isComplete && <IconCircleCheck className={css.tick} aria-hidden />}
        <span>{t('count', { n: line.inParcels, of: line.picked })}</span>
      </span>
    </li>
  );
}

/** An age or a hazard: what was seen is written down, with who saw it. */
function Proof({ line, step, isDone, mayWork, onConfirm }: { line: Line; step: string; isDone: boolean; mayWork: boolean; onConfirm: Props['onConfirm'] }) {
  const t = useTexts(en);
  const [isOpen, setOpen] = useState(false);
  const [note, setNote] = useState('');
  const [isSending, setSending] = useState(false);
  const what = step === 'age' ? t('step.age', { age: line.minAge ?? 18 }) : t('step.hazard', { hazard: line.hazard ?? '' });
  if (isDone) return <Status tone="good" isPlain>{what}</Status>;
  return (
    <span className={css.proof}>
      <Status tone="hold">{what}</Status>
      {mayWork && !isOpen && (
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => {
            setNote(t(step === 'age' ? 'step.ageNote' : 'step.hazardNote'));
            setOpen(true);
          }}
          aria-label={t('step.confirmOf', { what, name: line.name ?? line.sku })}
        >
          {t('step.confirm')}
        </Button>
      )}
      {isOpen && (
        <form
          className={css.proofForm}
          onSubmit={(e) => {
            e.preventDefault();
            if (note.trim() === '') return;
            setSending(true);
            void onConfirm(line.line, step, note.trim()).finally(() => {
              setSending(false);
              setOpen(false);
            });
          }}
        >
          <TextInput data-scan="off" label={t('step.note')} value={note} onChange={(e) => setNote(e.currentTarget.value)} autoFocus maxLength={500} />
          <Button type="submit" loading={isSending} disabled={note.trim() === ''}>
            {t('step.confirm')}
          </Button>
        </form>
      )}
    </span>
  );
}
