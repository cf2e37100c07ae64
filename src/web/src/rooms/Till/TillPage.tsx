import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTexts } from '@house/i18n/useTexts.tsx';
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
import { useTill } from './useTill.ts';

type View = 'sell' | 'pay' | 'slip' | 'back' | 'drawer';

/** The till: scan, charge, hand over the receipt; with or without network. Goods are taken back and the drawer is counted here too. */
export default function TillPage() {
  const t = useTexts(en);
  const till = useTill();
  const [view, setView] = useState<View>('sell');
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
          <RefusedList till={till} />
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
