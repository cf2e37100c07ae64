import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { useMay } from '@house/session.tsx';
import { useShellWorker } from '@house/offline/worker.ts';
import { Bar } from '@rooms/Handheld/Bar.tsx';
import handheld from '@rooms/Handheld/Handheld.module.css';
import { useAwake } from '@rooms/Handheld/useAwake.ts';
import { BackView } from './BackView.tsx';
import { DrawerView } from './DrawerView.tsx';
import { OpenView } from './OpenView.tsx';
import { PayView } from './PayView.tsx';
import { RefusedList } from './RefusedList.tsx';
import { SellView } from './SellView.tsx';
import { SlipView } from './SlipView.tsx';
import css from './Till.module.css';
import en from './texts.en.ts';
import { useStandsStill } from './useStandsStill.ts';
import { useTill } from './useTill.ts';

type View = 'sell' | 'pay' | 'slip' | 'back' | 'drawer';

/** Is this the one window of the browser with the till? Two would sell the same basket. Null while it is asked. */
function useOnlyWindow(): boolean | null {
  const [isMine, setMine] = useState<boolean | null>('locks' in navigator ? null : true);
  useEffect(() => {
    if (!('locks' in navigator)) return;
    let isOver = false;
    let leave = () => undefined as void;
    const left = new Promise<void>((resolve) => (leave = resolve));
    // A page that was left gives it back a moment later.
    const stop = new AbortController();
    const late = setTimeout(() => stop.abort(), 1500);
    navigator.locks
      .request('switchyard-till-window', { signal: stop.signal }, () => {
        clearTimeout(late);
        if (isOver) return;
        setMine(true);
        return left;
      })
      .catch(() => !isOver && setMine(false));
    return () => {
      isOver = true;
      clearTimeout(late);
      stop.abort();
      leave();
    };
  }, []);
  return isMine;
}

/** The till: scan, charge, hand over the receipt; with or without network. Goods are taken back and the drawer is counted here too. */
export default function TillPage() {
  const t = useTexts(en);
  const isMine = useOnlyWindow();
  if (isMine === null) return <div className={handheld.device} aria-busy />;
  if (!isMine) return <div className={handheld.device}><div className={handheld.scroll}><h1>{t('title')}</h1><p role="status">{t('elsewhere')}</p></div></div>;
  return <TillOfMine />;
}

function TillOfMine() {
  const t = useTexts(en);
  const may = useMay();
  const till = useTill(may('orders:price'));
  const [view, setView] = useState<View>('sell');
  const standsStill = useStandsStill(till.waiting[0]?.seq, till.isOffline);
  const { shift, basket } = till.present;
  useShellWorker(till.isRead && basket.lines.length === 0 && till.waiting.length === 0);
  useAwake(shift !== null);
  useEffect(() => {
    document.title = `${t('title')} · Switchyard`;
  }, [t]);
  if (!till.isRead) return <div className={handheld.device} aria-busy />;
  const sell = () => setView('sell');
  return (
    <div className={`${handheld.device} ${css.till}`}>
      <Bar
        round={till}
        title={shift === null ? t('title') : t(`view.${view}`)}
        beside={shift && <span className={handheld.left}>{t('at', { node: till.present.place ?? shift.node, register: shift.register })}</span>}
        {...(shift !== null && view !== 'sell' ? { onBack: sell, backName: t('toSell') } : {})}
      />
      {shift === null ? (
        <OpenView till={till} />
      ) : view === 'pay' ? (
        <PayView till={till} currency={shift.currency} onPaid={() => setView('slip')} />
      ) : view === 'slip' ? (
        <SlipView till={till} shift={shift} onNext={sell} />
      ) : view === 'back' ? (
        <BackView till={till} shift={shift} onDone={sell} />
      ) : view === 'drawer' ? (
        <DrawerView till={till} shift={shift} />
      ) : (
        <SellView till={till} currency={shift.currency} onPay={() => setView('pay')}>
          {standsStill && <p className={handheld.again} role="alert">{t('standsStill', { n: till.waiting.length })}</p>}
          <RefusedList till={till} currency={shift.currency} />
          <div className={handheld.row}>
            <Button className={handheld.big!} variant="default" onClick={() => setView('back')}>{t('view.back')}</Button>
            <Button className={handheld.big!} variant="default" onClick={() => setView('drawer')}>{t('view.drawer')}</Button>
            {till.present.slips.length > 0 && <Button className={handheld.big!} variant="default" onClick={() => setView('slip')}>{t('lastSlip')}</Button>}
          </div>
        </SellView>
      )}
    </div>
  );
}
