import { Button, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { Status } from '@house/parts/Status.tsx';
import css from './ParcelPanel.module.css';
import type { Parcel } from './table.ts';
import en from './texts.en.ts';
import { readWeight } from './weight.ts';

interface Props {
  parcel: Parcel;
  mayWork: boolean;
  /** Everything is in: the weight is what comes next, and the field is ready for it. */
  isNext: boolean;
  onWeigh: (grams: number, reason?: string) => Promise<boolean>;
}

/** The weight of the parcel, typed or told by a scale that types; one that is too far off wants a reason. */
export function Scales({ parcel, mayWork, isNext, onWeigh }: Props) {
  const t = useTexts(en);
  const { number } = useFormat();
  const [text, setText] = useState('');
  const [reason, setReason] = useState('');
  const [isBad, setBad] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const { expectedGrams: expected, toleranceGrams: tolerance, weighedGrams: weighed, refusedGrams: off } = parcel;
  const wants = isNext && weighed === null && mayWork;
  useEffect(() => {
    if (wants) field.current?.focus({ preventScroll: true });
  }, [wants]);

  const send = async (grams: number, why?: string) => {
    if (!(await onWeigh(grams, why))) return;
    setText('');
    setReason('');
  };
  return (
    <div className={css.scales}>
      {expected !== null && <p className="sy-muted">{t('expected', { grams: number(expected), tolerance: number(tolerance ?? 0) })}</p>}
      {weighed !== null && (
        <Status tone={parcel.weightReason ? 'warn' : 'good'}>
          {parcel.weightReason ? t('weighedWhy', { grams: number(weighed), reason: parcel.weightReason }) : t('weighedIs', { grams: number(weighed) })}
        </Status>
      )}
      {mayWork && (
        <form
          className={css.weigh}
          onSubmit={(e) => {
            e.preventDefault();
            const read = readWeight(text);
            setBad(read === null);
            if (read) void send(read.grams);
          }}
        >
          <TextInput id="packing-weight" ref={field} label={t('weight')} description={t('weightText')} value={text} inputMode="decimal" autoComplete="off" maxLength={20} onChange={(e) => setText(e.currentTarget.value)} error={isBad ? t('weightBad') : undefined} />
          <Button type="submit" variant="default" disabled={text.trim() === ''}>
            {t('weigh')} <kbd className={css.kbd}>F2</kbd>
          </Button>
        </form>
      )}
      {off !== null && expected !== null && (
        <form
          className={css.off}
          onSubmit={(e) => {
            e.preventDefault();
            if (reason.trim() !== '') void send(off, reason.trim());
          }}
        >
          <strong>{t(off > expected ? 'tooHeavy' : 'tooLight', { grams: number(Math.abs(off - expected)) })}</strong>
          <TextInput data-scan="off" label={t('weightWhy')} value={reason} onChange={(e) => setReason(e.currentTarget.value)} autoFocus maxLength={500} />
          <span className="sy-row sy-row-wrap">
            <Button type="submit" disabled={reason.trim() === ''}>
              {t('weightKeep')}
            </Button>
            <Button variant="default" onClick={() => field.current?.focus()}>
              {t('weighAgain')}
            </Button>
          </span>
        </form>
      )}
    </div>
  );
}
