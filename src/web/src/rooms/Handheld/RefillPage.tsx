import { Button, UnstyledButton } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { ApiError } from '@house/api/problem.ts';
import { IconArrowLeft, IconKeyboard, IconMinus } from '@house/icons.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { useShellWorker } from '@house/offline/worker.ts';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { usePreference } from '@house/preferences.ts';
import { useDevice } from '@house/scan/device.ts';
import { keyOf, type Scan } from '@house/scan/read.ts';
import { signal } from '@house/scan/signals.ts';
import { TypeCode } from '@house/scan/TypeCode.tsx';
import { useScanner } from '@house/scan/useScanner.ts';
import { Amount } from './Amount.tsx';
import { Offline, Unsent } from './Bar.tsx';
import css from './Handheld.module.css';
import { Picture } from './Picture.tsx';
import { stepOfRefill, wrongOfRefill, type RefillWalk, type Told } from './refill.ts';
import { RefillClashes } from './RefillClashes.tsx';
import { useRefills, type Refills, type RefillTask } from './useRefills.ts';
import { WrongScan } from './WrongScan.tsx';
import en from './texts.en.ts';

/** Filling pick faces: where the goods are, what to take, which face to bring them to; each is scanned. With or without network. */
export default function RefillPage() {
  const t = useTexts(en);
  const refills = useRefills();
  const [device] = useDevice();
  const [node] = usePreference<string | null>('handheldNode', null);
  const [said, setSaid] = useState('');
  const { fetch, lost, isRead, isOffline, walk } = refills;
  useShellWorker(isRead && refills.waiting.length === 0 && walk?.seen.from === undefined);
  useEffect(() => {
    document.title = `${t('refill')} · Switchyard`;
  }, [t]);
  const look = useMutation({
    mutationFn: () => fetch(node!),
    onError: (error) => {
      if (error instanceof ApiError && error.isPassing) lost();
    },
  });
  const { mutate } = look;
  const begun = useRef(false);
  useEffect(() => {
    if (!isRead || isOffline || node === null || begun.current) return;
    begun.current = true;
    mutate();
  }, [isRead, isOffline, node, mutate]);
  const own = walk?.node === node ? walk : null;
  const task = own?.tasks[0];
  if (!isRead) return <div className={css.device} aria-busy />;
  return (
    <div className={css.device} data-hand={device.leftHand ? 'left' : 'right'} data-gloves={device.gloves || undefined}>
      <header className={css.bar}>
        <UnstyledButton component={Link} className={css.back} {...({ to: '/handheld' } as object)} aria-label={t('home')}><IconArrowLeft size={24} aria-hidden /></UnstyledButton>
        <h1 className={css.title}>{t('refill')}</h1>
        {task && <span className={css.left}>{t('refill.waiting', { n: own!.tasks.length - 1 + own!.waiting })}</span>}
        <Unsent n={refills.waiting.length} />
      </header>
      <Offline round={refills} />
      {task ? (
        <One key={task.id} task={task} walk={own!} refills={refills} said={said} onSaid={setSaid} />
      ) : (
        <>
          <div className={css.scroll}>
            <RefillClashes refills={refills} />
            {!isOffline && <ProblemAlert error={look.error} what={t('refill.not')} again={() => mutate()} />}
            {said && <p className={css.good} role="status">{said}</p>}
            <FellAway walk={own} />
          </div>
          <div className={css.acts}>
            <p className={css.say} role="status">{node === null ? t('refill.noNode') : isOffline ? t('refill.needsNetwork') : look.isSuccess && !look.isPending && refills.waiting.length === 0 ? t('refill.nothing') : ''}</p>
            {node === null ? (
              <Button component={Link} className={css.big!} fullWidth {...({ to: '/handheld' } as object)}>{t('home')}</Button>
            ) : (
              <Button className={css.big!} fullWidth loading={look.isPending} disabled={isOffline} onClick={() => mutate()}>{t(look.isSuccess ? 'refill.look' : 'refill.take')}</Button>
            )}
          </div>
        </>
      )}
    </div>
  );
}

/** What was to be done and is not any more, since nothing is left where it was to be taken from. */
function FellAway({ walk }: { walk: RefillWalk | null }) {
  const t = useTexts(en);
  return walk?.fellAway?.map((f) => (
    <p key={f.id} className={css.again} role="alert">
      {t('refill.fellAway', { name: f.name, bin: f.from })}
    </p>
  ));
}

function One({ task, walk, refills, said, onSaid }: { task: RefillTask; walk: RefillWalk; refills: Refills; said: string; onSaid: (words: string) => void }) {
  const t = useTexts(en);
  const { number } = useFormat();
  const { seen, found } = walk;
  const [wrong, setWrong] = useState<Told | null>(null);
  const [panel, setPanel] = useState<'type' | 'short' | null>(null);
  const isBusy = useRef(false);
  const units = found ?? task.quantity;
  const step = stepOfRefill(seen);
  const finish = async (to: string | null, count: number | null) => {
    if (isBusy.current) return;
    isBusy.current = true;
    const brought = await refills.done(to, count);
    signal('done');
    onSaid(brought > 0 ? t('refill.done', { n: brought, bin: task.to }) : t('refill.none', { bin: task.from }));
  };
  const hear = (scan: Scan) => {
    if (isBusy.current) return;
    if (scan.command === 'short') return setPanel('short');
    if (scan.command) return;
    const fault = wrongOfRefill(task, seen, scan, keyOf(scan));
    setWrong(fault);
    if (fault) return signal('wrong');
    signal('right');
    if (step === 'from') void refills.scanned({ from: scan.text }, found);
    else if (step === 'item') void refills.scanned({ ...seen, item: scan.text, ...(scan.gs1?.lot ? { lot: scan.gs1.lot } : {}) }, found);
    else void finish(scan.text, found);
  };
  const { say } = useScanner(hear, { isOn: panel === null });
  const short = (n: number) => {
    setPanel(null);
    if (n === 0) void finish(null, 0);
    else void refills.scanned(seen, n);
  };
  return (
    <>
      <div className={css.task} data-step={step}>
        <RefillClashes refills={refills} />
        {step === 'from' && <FellAway walk={walk} />}
        {said && step === 'from' && <p className={css.good} role="status">{said}</p>}
        <section className={css.where} data-now={step === 'from' || undefined} aria-label={t('refill.from')}>
          <p className="sy-muted">{t('refill.from')}{task.isUrgent && <> · <strong>{t('refill.urgent')}</strong></>}</p>
          <p className={css.bin}><bdi>{task.from}</bdi></p>
          <p className={css.near}>
            {task.fromZone && <span>{t('zone', { zone: task.fromZone })}</span>}
            {task.lot && <span>{t('lot', { lot: task.lot })}</span>}
            <span className="sy-muted">{t('refill.at', { n: number(task.there) })}</span>
          </p>
        </section>
        <section className={css.what} data-now={step === 'item' || undefined} aria-label={t('what')}>
          <Picture url={task.picture} />
          <div className={css.product}>
            <p className={css.name} dir="auto">{task.name}</p>
            <p className={`${css.sku} sy-code`}>{task.sku}</p>
            <p className={css.quantity}><strong>{number(units)}</strong></p>
          </div>
        </section>
        <section className={css.where} data-now={step === 'to' || undefined} aria-label={t('refill.to')}>
          <p className="sy-muted">{t('refill.to')}</p>
          <p className={css.bin}><bdi>{task.to}</bdi></p>
          <p className={css.near}>{task.toZone && <span>{t('zone', { zone: task.toZone })}</span>}<span className="sy-muted">{t('refill.at', { n: number(task.atFace) })}</span></p>
        </section>
      </div>
      <div className={css.acts}>
        <p className={css.say} role="status">{t(step === 'from' ? 'refill.scanFrom' : step === 'item' ? 'refill.scanItem' : 'refill.scanTo')}</p>
        <div className={css.row}>
          <Button className={css.big!} variant="default" leftSection={<IconMinus size={24} aria-hidden />} disabled={step === 'from'} onClick={() => setPanel('short')}>{t('refill.short')}</Button>
          <Button className={css.big!} variant="default" leftSection={<IconKeyboard size={24} aria-hidden />} onClick={() => setPanel('type')}>{t('type')}</Button>
        </div>
      </div>
      {panel === 'type' && <TypeCode onClose={() => setPanel(null)} onCode={(code) => say(code, 'typed')} />}
      {panel === 'short' && <Amount kind="short" hint={t('refill.shortHint')} least={0} most={task.quantity - 1} begin={found === null ? null : Math.min(found, task.quantity - 1)} onClose={() => setPanel(null)} onSay={short} />}
      {wrong && <WrongScan title={t(`wrong.${wrong.why}`, { is: wrong.is, want: wrong.want })} todo={t(`wrongDo.${wrong.why}`, { is: wrong.is, want: wrong.want })} back={t('backToTask')} onClose={() => setWrong(null)} />}
    </>
  );
}
