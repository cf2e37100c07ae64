import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { Money } from '@house/parts/Money.tsx';
import handheld from '@rooms/Handheld/Handheld.module.css';
import { moneyOf, type Refused } from './till.ts';
import en from './texts.en.ts';
import type { Till } from './useTill.ts';

/** What was done here and the server would not take: it is sent again once its cause is mended, or somebody says that it is dealt with. */
export function RefusedList({ till, currency }: { till: Till; currency: string }) {
  const t = useTexts(en);
  const { dateTime, number } = useFormat();
  const [dropped, setDropped] = useState<Refused | null>(null);
  if (till.refused.length === 0) return null;
  const about = (entry: Refused) => {
    const { command } = entry;
    const minor = moneyOf(entry);
    const at = command.kind === 'claim' ? null : (command.body.at ?? null);
    return (
      <>
        <strong>{t(`did.${command.kind}`)}</strong> {at !== null && dateTime(at)} {minor !== null && <Money minor={minor} currency={currency} />}
        {command.kind === 'sell' && <> · {number((command.body.lines ?? []).reduce((n, l) => n + (l?.quantity ?? 0), 0))} × {(command.body.lines ?? []).map((l) => l?.sku).join(', ')}</>}
      </>
    );
  };
  return (
    <section className={handheld.clashes} role="alert">
      <h2>{t('refused', { n: till.refused.length })}</h2>
      <ul className={handheld.cards}>
        {till.refused.map((entry) => (
          <li key={entry.command.body.id} className={handheld.clash}>
            <span>{about(entry)}</span>
            <span>{[entry.detail, ...(entry.fields ?? [])].join(' ')}</span>
            <span className={handheld.row}>
              <Button className={handheld.big!} variant="default" onClick={() => setDropped(entry)}>{t('refused.settled')}</Button>
              <Button className={handheld.big!} onClick={() => void till.again(entry)}>{t('refused.again')}</Button>
            </span>
          </li>
        ))}
      </ul>
      {dropped && (
        <Modal opened onClose={() => setDropped(null)} title={t('refused.settled')} closeButtonProps={{ 'aria-label': t('close') }}>
          <div className="sy-stack">
            <p>{about(dropped)}</p>
            <p>{t('refused.sure')}</p>
            <Button
              color="red" className={handheld.big!}
              onClick={() => {
                void till.settled(dropped.command.body.id);
                setDropped(null);
              }}
            >
              {t('refused.drop')}
            </Button>
          </div>
        </Modal>
      )}
    </section>
  );
}
