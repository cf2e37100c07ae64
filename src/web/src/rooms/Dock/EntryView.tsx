import { Button, Modal, Switch, TextInput, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { IconCheck, IconTrash } from '@house/icons.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { Status } from '@house/parts/Status.tsx';
import type { Scan } from '@house/scan/read.ts';
import { signal } from '@house/scan/signals.ts';
import { Bar } from '@rooms/Handheld/Bar.tsx';
import handheld from '@rooms/Handheld/Handheld.module.css';
import { Picture } from '@rooms/Handheld/Picture.tsx';
import { Tick } from '@rooms/Handheld/Tick.tsx';
import { WrongScan } from '@rooms/Handheld/WrongScan.tsx';
import { Count } from './Count.tsx';
import css from './Dock.module.css';
import { beyond, goodsOf, lacks, left, leftOf, linesOf, mostUnits, scanned, units, type Entry, type Sheet, type Verdict } from './receiving.ts';
import type { Dock } from './useDock.ts';
import { useCodes } from './useCodes.tsx';
import en from './texts.en.ts';

const today = () => new Date().toISOString().slice(0, 10);

/** One product of a delivery: how many came, and what must be known of them. */
export function EntryView({ dock, sheet, entry }: { dock: Dock; sheet: Sheet; entry: Entry }) {
  const t = useTexts(en);
  const { number } = useFormat();
  const [wrong, setWrong] = useState<Extract<Verdict, { kind: 'wrong' }> | null>(null);
  const [isAsking, setAsking] = useState(false);
  const [isBooking, setBooking] = useState(false);
  const [ticks, setTicks] = useState(0);
  const goods = goodsOf(sheet, entry.sku)!;
  const line = linesOf(sheet, dock.waiting).find((l) => l.sku === goods.sku);
  const missing = lacks(goods, entry);
  const over = beyond(sheet, line, entry);
  const rest = leftOf(line);
  const isSerial = goods.tracks === 'serial';
  const hasLot = goods.tracks === 'lot' || entry.lot !== '' || entry.expiry !== '';

  const change = (next: Partial<Entry>) => void dock.put({ ...dock.present()!, entry: { ...dock.present()!.entry!, ...next } });
  const book = () => {
    setAsking(false);
    setBooking(true);
    signal('done');
    void dock.book(entry, goods.name).finally(() => setBooking(false));
  };
  const done = () => {
    if (isBooking) return;
    if (missing !== null) return signal('wrong');
    if (over > 0) return setAsking(true);
    book();
  };
  const heard = (scan: Scan) => {
    setWrong(null);
    if (scan.command === 'done') return isAsking ? book() : done();
    if (scan.command === 'undo') return void dock.put(left(dock.present()!));
    if (scan.command || isAsking) return signal('wrong');
    const verdict = scanned(dock.present()!, scan);
    if (verdict.kind === 'right') {
      signal('right');
      setTicks((n) => n + 1);
      void dock.put(verdict.sheet);
    } else if (verdict.kind === 'wrong') {
      signal('wrong');
      setWrong(verdict);
    }
  };
  const { buttons, panel } = useCodes(heard);

  return (
    <>
      <Bar round={dock} backName={t('back')} title={t('counting')} onBack={() => void dock.put(left(sheet))} />
      <div className={handheld.scroll} data-entry>
        <section className={css.product} aria-label={t('product')}>
          <Picture url={goods.picture} />
          <div className={handheld.product}>
            <p className={handheld.name} dir="auto">{goods.name}</p>
            <p className={`${handheld.sku} sy-code`}>{goods.sku}</p>
            {line && line.expected > 0 ? <p className={css.facts}>{t('came', { n: number(line.received), of: number(line.expected) })}</p> : sheet.delivery.isBlind ? line && line.received > 0 && <p className={css.facts}>{t('units', { n: line.received })}</p> : <Status tone="warn" isPlain>{t('notOnPapers')}</Status>}
          </div>
        </section>
        {hasLot && (
          <div className={css.fields}>
            <TextInput size="lg" label={t('lot')} value={entry.lot} maxLength={64} dir="auto" autoComplete="off" autoCapitalize="characters" required={goods.tracks === 'lot'} withAsterisk={false} onChange={(e) => change({ lot: e.currentTarget.value })} />
            <TextInput size="lg" type="date" label={t('expiry')} value={entry.expiry} required={goods.needsExpiry} withAsterisk={false} onChange={(e) => change({ expiry: e.currentTarget.value })} />
            {entry.expiry !== '' && entry.expiry < today() && <p className={css.warning} role="status">{t('isOver')}</p>}
          </div>
        )}
        {isSerial ? (
          <section className={css.group} aria-label={t('serials')}>
            <h2>{t('serialsOf', { n: entry.serials.length })}</h2>
            {entry.serials.length === 0 && <p className="sy-muted">{t('serialHint')}</p>}
            <ul className={handheld.cards}>
              {entry.serials.map((s) => (
                <li key={s.serial} className={css.serial}>
                  <span className="sy-code">{s.serial}</span>
                  <Switch size="lg" label={t('broken')} checked={s.isDamaged} onChange={(e) => change({ serials: entry.serials.map((o) => (o === s ? { ...s, isDamaged: e.currentTarget.checked } : o)) })} />
                  <UnstyledButton className={css.drop} aria-label={t('dropSerial', { serial: s.serial })} onClick={() => change({ serials: entry.serials.filter((o) => o !== s), units: entry.serials.length - 1 })}>
                    <IconTrash size={24} aria-hidden />
                  </UnstyledButton>
                </li>
              ))}
            </ul>
          </section>
        ) : (
          <div className={css.counts}>
            <Count label={t('quantity')} n={entry.units} most={mostUnits} onChange={(n) => change(units(dock.present()!.entry!, n))} />
            {rest > 0 && (
              <Button className={handheld.big!} variant="default" disabled={entry.units === rest} onClick={() => change(units(entry, rest))}>
                {t('allOf', { n: rest })}
              </Button>
            )}
            <Count label={t('ofThemDamaged')} n={entry.damaged} most={entry.units} onChange={(n) => change({ damaged: n })} isSmall />
          </div>
        )}
        {over > 0 && <p className={css.warning}>{t('wouldBeOver', { n: over })}</p>}
        <Switch size="lg" className={css.switch!} label={t('needsLabel')} description={t('needsLabelHint')} checked={entry.needsLabel} onChange={(e) => change({ needsLabel: e.currentTarget.checked })} />
      </div>
      <Tick key={`tick-${ticks}`} isOn={ticks > 0} />
      <div className={handheld.acts}>
        <p className={handheld.say} role="status">
          {missing !== null ? t(`say.${missing}`) : t('scanMore')}
        </p>
        <Button className={handheld.big!} fullWidth leftSection={<IconCheck size={24} aria-hidden />} disabled={missing !== null} loading={isBooking} onClick={done}>
          {t('bookIn', { n: entry.units })}
        </Button>
        <div className={handheld.row}>{buttons}</div>
      </div>
      {panel}
      {isAsking && (
        <Modal opened onClose={() => setAsking(false)} title={t('overTitle', { n: over })} closeButtonProps={{ 'aria-label': t('close'), size: 'xl' }}>
          <div className={handheld.sheet}>
            <p className={css.hint}>{line && line.expected > 0 ? t('overText', { expected: line.expected, n: line.received + entry.units }) : t('overNotOnPapers')}</p>
            <Button className={handheld.big!} onClick={book}>
              {t('bookAllIn', { n: entry.units })}
            </Button>
            <Button className={handheld.big!} variant="default" onClick={() => setAsking(false)}>
              {t('countAgain')}
            </Button>
          </div>
        </Modal>
      )}
      {wrong && <WrongScan title={t(`wrong.${wrong.why}`, { is: wrong.is })} todo={t(`wrongDo.${wrong.why}`, { want: wrong.want })} back={t('goOn')} onClose={() => setWrong(null)} />}
    </>
  );
}
