import { ActionIcon, Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { IconTrash } from '@house/icons.ts';
import { minorOf } from '@house/i18n/money.ts';
import { useSpeech, useTexts } from '@house/i18n/useTexts.tsx';
import { Money } from '@house/parts/Money.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { AddressForm } from '@rooms/Drafts/AddressForm.tsx';
import handheld from '@rooms/Handheld/Handheld.module.css';
import css from './Till.module.css';
import { changeOf, dueOf, isComplete, knowsWhere, tendered, tenders, totalOf, typedOf, type Tender } from './till.ts';
import en from './texts.en.ts';
import type { Till } from './useTill.ts';

/** Takes the money: by one tender or several, with the change that is due. */
export function PayView({ till, currency, onPaid }: { till: Till; currency: string; onPaid: () => void }) {
  const t = useTexts(en);
  const { locale } = useSpeech();
  const { basket } = till.present;
  const due = dueOf(basket);
  const [typed, setTyped] = useState<string | null>(null);
  const [isCharging, setCharging] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const shown = typed ?? typedOf(due, currency, locale);
  const amount = minorOf(shown, currency, locale);
  const take = (tender: Tender) => {
    if (amount === null) return;
    void till.setBasket(tendered(basket, tender, amount));
    setTyped(null);
  };
  const charge = async () => {
    if (isCharging) return;
    setCharging(true);
    setError(null);
    try {
      await till.sell();
      onPaid();
    } catch (failed) {
      setError(failed);
    } finally {
      setCharging(false);
    }
  };
  return (
    <>
      <div className={handheld.scroll}>
        <p className={css.total}><span>{t('total')}</span><Money minor={totalOf(basket)} currency={currency} /></p>
        <ul className={css.lines} aria-label={t('paid')}>
          {basket.paid.map((p, i) => (
            <li key={i} className={css.line}>
              <span className={css.what}>{t(`tender.${p.tender}`)}</span>
              <span className={css.sum}><Money minor={p.givenMinor ?? p.amountMinor} currency={currency} /></span>
              <ActionIcon className={css.step!} variant="default" aria-label={t('takeOff', { tender: t(`tender.${p.tender}`) })} onClick={() => void till.setBasket({ ...basket, paid: basket.paid.filter((_, j) => j !== i) })}>
                <IconTrash size={20} aria-hidden />
              </ActionIcon>
            </li>
          ))}
        </ul>
        {basket.shipTo != null && (
          <section className="sy-stack" aria-label={t('sentTo')}>
            <h2>{t('sentTo')}</h2>
            <AddressForm place="shipTo" address={basket.shipTo} usualName="" faults={{}} onChange={(shipTo) => void till.setBasket({ ...basket, shipTo })} />
            {!knowsWhere(basket) && <p className="sy-muted" role="status">{t('sentTo.needed')}</p>}
          </section>
        )}
        {due > 0 && (
          <TextInput size="lg" inputMode="decimal" label={t('amount')} value={shown} data-scan="off" error={amount === null ? t('noAmount') : undefined} onChange={(e) => setTyped(e.currentTarget.value)} />
        )}
        <TextInput size="lg" type="email" label={t('email')} description={t('emailAbout')} value={basket.email} maxLength={254} data-scan="off" autoComplete="off" onChange={(e) => void till.setBasket({ ...basket, email: e.currentTarget.value.trim() })} />
      </div>
      <div className={handheld.acts}>
        <p className={css.total} role="status">
          <span>{t(due > 0 ? 'due' : 'changeDue')}</span>
          <Money minor={due > 0 ? due : changeOf(basket)} currency={currency} />
        </p>
        {due > 0 && (
          <div className={handheld.row}>
            {tenders.map((tender) => (
              <Button key={tender} className={handheld.big!} variant={tender === 'cash' ? 'filled' : 'default'} disabled={amount === null || amount <= 0} onClick={() => take(tender)}>{t(`tender.${tender}`)}</Button>
            ))}
          </div>
        )}
        <ProblemAlert error={error} what={t('notKept')} />
        <Button className={handheld.big!} fullWidth loading={isCharging} disabled={!isComplete(basket)} onClick={() => void charge()}>{t('charge')}</Button>
      </div>
    </>
  );
}
