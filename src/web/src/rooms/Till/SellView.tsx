import { ActionIcon, Button, Modal, TextInput, UnstyledButton } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { IconMinus, IconPlus, IconSearch } from '@house/icons.ts';
import { minorOf } from '@house/i18n/money.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useSpeech, useTexts } from '@house/i18n/useTexts.tsx';
import { Money } from '@house/parts/Money.tsx';
import { keyOf, type Scan } from '@house/scan/read.ts';
import { signal } from '@house/scan/signals.ts';
import { countryOf } from '@rooms/Drafts/addresses.ts';
import { addressOf } from '@rooms/Drafts/draft.ts';
import { useMay } from '@house/session.tsx';
import { useCodes } from '@rooms/Dock/useCodes.tsx';
import handheld from '@rooms/Handheld/Handheld.module.css';
import css from './Till.module.css';
import { changed, discounted, dueOf, totalOf, typedOf, type Line } from './till.ts';
import en from './texts.en.ts';
import type { Till } from './useTill.ts';

const mostFound = 30;

interface Props {
  till: Till;
  currency: string;
  onPay: () => void;
  children: ReactNode;
}

/** The basket: what is scanned or searched is in it, and can be changed. */
export function SellView({ till, currency, onPay, children }: Props) {
  const t = useTexts(en);
  const { number } = useFormat();
  const { locale } = useSpeech();
  const may = useMay();
  const { basket } = till.present;
  const [unknown, setUnknown] = useState<{ code: string; why: 'unknown' | 'unpriced' | 'partOfCart' | 'failed' } | null>(null);
  const [isSearching, setSearching] = useState(false);
  const [edited, setEdited] = useState<number | 'all' | null>(null);
  const canPay = basket.lines.length > 0;
  const hear = (scan: Scan) => {
    if (scan.command === 'done' && canPay) return onPay();
    if (scan.command) return;
    till
      .scan(keyOf(scan), scan.barcode?.text ?? scan.text)
      .catch(() => 'failed' as const)
      .then((found) => {
        const isRight = found === 'added' || found === 'cart';
        setUnknown(isRight ? null : { code: scan.text, why: found });
        signal(isRight ? 'right' : 'wrong');
      });
  };
  const { buttons, panel } = useCodes(hear, !isSearching && edited === null);
  return (
    <>
      <div className={handheld.scroll}>
        {unknown !== null && <p className={handheld.again} role="alert">{t(unknown.why, { code: unknown.code })}</p>}
        {basket.lines.length === 0 && <p className="sy-muted" role="status">{t('empty')}</p>}
        {basket.shipTo != null && <p className="sy-muted" role="status">{t('sentHome')}</p>}
        {basket.cart !== undefined && <p className="sy-muted" role="status">{t('fromCart')}</p>}
        <ul className={css.lines} aria-label={t('basket')}>
          {basket.lines.map((line, i) => (
            <li key={`${line.sku} ${line.reason}`} className={css.line}>
              {may('orders:price') ? (
                <UnstyledButton className={css.what} onClick={() => setEdited(i)}>
                  <What line={line} currency={currency} />
                  <span className="sy-hidden">{t('changePrice', { name: line.name })}</span>
                </UnstyledButton>
              ) : (
                <span className={css.what}>
                  <What line={line} currency={currency} />
                </span>
              )}
              <span className={css.units}>
                <ActionIcon className={css.step!} variant="default" aria-label={t('fewer', { name: line.name })} onClick={() => void till.setBasket(changed(basket, i, { quantity: line.quantity - 1 }))}><IconMinus size={20} aria-hidden /></ActionIcon>
                <span className={css.count}>{number(line.quantity)}</span>
                <ActionIcon className={css.step!} variant="default" aria-label={t('more', { name: line.name })} onClick={() => void till.setBasket(changed(basket, i, { quantity: line.quantity + 1 }))}><IconPlus size={20} aria-hidden /></ActionIcon>
              </span>
              <span className={css.sum}><Money minor={line.priceMinor * line.quantity} currency={currency} /></span>
            </li>
          ))}
        </ul>
        {children}
      </div>
      <div className={handheld.acts}>
        {basket.discountMinor > 0 && <p className={css.units}>{t('discountOf', { reason: basket.discountReason })} <Money minor={-basket.discountMinor} currency={currency} /></p>}
        <p className={css.total} role="status"><span>{t('total')}</span><Money minor={totalOf(basket)} currency={currency} /></p>
        <div className={handheld.row}>
          {buttons}
          <Button className={handheld.big!} variant="default" leftSection={<IconSearch size={20} aria-hidden />} onClick={() => setSearching(true)}>{t('search')}</Button>
          {may('orders:price') && canPay && <Button className={handheld.big!} variant="default" onClick={() => setEdited('all')}>{t('discount')}</Button>}
          {canPay && (basket.shipTo != null || !till.isOffline) && (
            <Button className={handheld.big!} variant="default" aria-pressed={basket.shipTo != null} onClick={() => void till.setBasket({ ...basket, shipTo: basket.shipTo == null ? addressOf({ country: countryOf(locale) }) : null })}>
              {t('sendHome')}
            </Button>
          )}
        </div>
        <Button className={handheld.big!} fullWidth disabled={!canPay || dueOf(basket) < 0} onClick={onPay}>{t('pay')}</Button>
      </div>
      {panel}
      {isSearching && <Search till={till} currency={currency} onClose={() => setSearching(false)} />}
      {edited === 'all' && (
        <Amount
          title={t('discount')} label={t('discountAmount')} minor={basket.discountMinor} reason={basket.discountReason} currency={currency} onClose={() => setEdited(null)}
          onAmount={(minor, why) => void till.setBasket(discounted(basket, minor, why))}
        />
      )}
      {typeof edited === 'number' && basket.lines[edited] && (
        <Price line={basket.lines[edited]} currency={currency} onClose={() => setEdited(null)} onPrice={(to) => void till.setBasket({ ...changed(basket, edited, to), paid: [] })} />
      )}
    </>
  );
}

const What = ({ line, currency }: { line: Line; currency: string }) => (
  <>
    <span className={css.name} dir="auto">{line.name}</span>
    <span className="sy-muted"><Money minor={line.priceMinor} currency={currency} />{line.reason !== '' && ` · ${line.reason}`}</span>
  </>
);

function Price({ line, currency, onClose, onPrice }: { line: Line; currency: string; onClose: () => void; onPrice: (to: Partial<Line>) => void }) {
  const t = useTexts(en);
  return (
    <Amount
      title={line.name} label={t('price')} minor={line.priceMinor} reason={line.reason} currency={currency} onClose={onClose}
      onAmount={(priceMinor, reason) => onPrice({ priceMinor, reason: priceMinor === line.listMinor ? '' : reason })}
    />
  );
}

/** An amount with its reason. */
function Amount({ title, label, minor, reason: was, currency, onClose, onAmount }: {
  title: string; label: string; minor: number; reason: string; currency: string; onClose: () => void; onAmount: (minor: number, reason: string) => void;
}) {
  const t = useTexts(en);
  const { locale } = useSpeech();
  const [typed, setTyped] = useState(() => typedOf(minor, currency, locale));
  const [reason, setReason] = useState(was);
  const amount = minorOf(typed, currency, locale);
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('close') }}>
      <form
        className="sy-stack"
        onSubmit={(e) => {
          e.preventDefault();
          if (amount === null || amount < 0 || reason.trim() === '') return;
          onAmount(amount, reason.trim());
          onClose();
        }}
      >
        <TextInput size="lg" inputMode="decimal" label={label} value={typed} data-autofocus data-scan="off" error={amount === null || amount < 0 ? t('noAmount') : undefined} onChange={(e) => setTyped(e.currentTarget.value)} />
        <TextInput size="lg" label={t('reason')} value={reason} maxLength={200} data-scan="off" required onChange={(e) => setReason(e.currentTarget.value)} />
        <Button type="submit" className={handheld.big!} disabled={amount === null || amount < 0 || reason.trim() === ''}>{t('change')}</Button>
      </form>
    </Modal>
  );
}

/** Looks for a product by its name or number among those on the device. */
function Search({ till, currency, onClose }: { till: Till; currency: string; onClose: () => void }) {
  const t = useTexts(en);
  const may = useMay();
  const [words, setWords] = useState('');
  const asked = words.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const found = asked.length === 0 ? [] : till.goods.filter((g) => asked.every((w) => g.name.toLowerCase().includes(w) || g.sku.toLowerCase().includes(w))).slice(0, mostFound);
  return (
    <Modal opened onClose={onClose} title={t('search')} closeButtonProps={{ 'aria-label': t('close') }}>
      <div className="sy-stack">
        <TextInput size="lg" label={t('nameOrNumber')} value={words} data-autofocus data-scan="off" autoComplete="off" maxLength={200} onChange={(e) => setWords(e.currentTarget.value)} />
        <p role="status" className="sy-muted">{asked.length > 0 && found.length === 0 ? t('noneFound') : ''}</p>
        <ul className={handheld.cards}>
          {found.map((g) => (
            <li key={g.sku}>
              <Button
                className={handheld.offer!} variant="default" fullWidth disabled={g.priceMinor === null && !may('orders:price')}
                onClick={() => {
                  void till.add(g);
                  onClose();
                }}
              >
                <span className={handheld.cardWords}><span dir="auto">{g.name}</span><span className="sy-muted">{g.sku}</span></span>
                <span className={handheld.cardEnd}><Money minor={g.priceMinor} currency={currency} /></span>
              </Button>
            </li>
          ))}
        </ul>
      </div>
    </Modal>
  );
}
