import { Button, UnstyledButton } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useCallback, useEffect, useRef, useState } from 'react';
import { api, ask, type Schema } from '@house/api/client.ts';
import { IconArrowLeft, IconKeyboard, IconMinus } from '@house/icons.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { usePreference } from '@house/preferences.ts';
import { useDevice } from '@house/scan/device.ts';
import { keyOf, type Scan } from '@house/scan/read.ts';
import { signal } from '@house/scan/signals.ts';
import { TypeCode } from '@house/scan/TypeCode.tsx';
import { useScanner } from '@house/scan/useScanner.ts';
import { Amount } from './Amount.tsx';
import css from './Handheld.module.css';
import { Picture } from './Picture.tsx';
import { stepOfRefill, wrongOfRefill, type Scanned, type Told } from './refill.ts';
import { WrongScan } from './WrongScan.tsx';
import en from './texts.en.ts';

type Task = Schema['TakeRefillRefill'];

/** Filling pick faces: where the goods are, what to take, which face to bring them to; each is scanned. */
export default function RefillPage() {
  const t = useTexts(en);
  const [device] = useDevice();
  const [node] = usePreference<string | null>('handheldNode', null);
  const [said, setSaid] = useState('');
  useEffect(() => {
    document.title = `${t('refill')} · Switchyard`;
  }, [t]);
  const next = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/nodes/{code}/next-refill', { params: { path: { code: node! } } })),
    onSuccess: (answer) => signal(answer.task ? 'right' : 'done'),
  });
  const { mutate } = next;
  const begun = useRef(false);
  useEffect(() => {
    if (node === null || begun.current) return;
    begun.current = true;
    mutate();
  }, [node, mutate]);
  const task = next.data?.task ?? null;
  const over = useCallback(
    (words: string) => {
      setSaid(words);
      mutate();
    },
    [mutate],
  );
  return (
    <div className={css.device} data-hand={device.leftHand ? 'left' : 'right'} data-gloves={device.gloves || undefined}>
      <header className={css.bar}>
        <UnstyledButton component={Link} className={css.back} {...({ to: '/handheld' } as object)} aria-label={t('home')}><IconArrowLeft size={24} aria-hidden /></UnstyledButton>
        <h1 className={css.title}>{t('refill')}</h1>
        {task && <span className={css.left}>{t('refill.waiting', { n: next.data!.waiting })}</span>}
      </header>
      {task ? (
        <One key={task.id} task={task} said={said} isMoving={next.isPending} onOver={over} />
      ) : (
        <>
          <div className={css.scroll}>
            <ProblemAlert error={next.error} what={t('refill.not')} again={() => mutate()} />
            {said && <p className={css.good} role="status">{said}</p>}
          </div>
          <div className={css.acts}>
            <p className={css.say} role="status">{node === null ? t('refill.noNode') : next.isSuccess ? t('refill.nothing') : ''}</p>
            {node === null ? (
              <Button component={Link} className={css.big!} fullWidth {...({ to: '/handheld' } as object)}>{t('home')}</Button>
            ) : (
              <Button className={css.big!} fullWidth loading={next.isPending} onClick={() => mutate()}>{t(next.isSuccess ? 'refill.look' : 'refill.take')}</Button>
            )}
          </div>
        </>
      )}
    </div>
  );
}

function One({ task, said, isMoving, onOver }: { task: Task; said: string; isMoving: boolean; onOver: (words: string) => void }) {
  const t = useTexts(en);
  const { number } = useFormat();
  const [seen, setSeen] = useState<Scanned>({});
  const [found, setFound] = useState<number | null>(null);
  const [wrong, setWrong] = useState<Told | null>(null);
  const [panel, setPanel] = useState<'type' | 'short' | null>(null);
  // One id for one filling: sent again after a lost answer, it is done once.
  const [command] = useState(() => crypto.randomUUID());
  const units = found ?? task.quantity;
  const step = stepOfRefill(seen);
  const send = useMutation({
    mutationFn: (done: { to?: string; found?: number }) =>
      ask(api.POST('/api/v1/refills/{id}/done', { params: { path: { id: task.id } }, body: { id: command, from: seen.from ?? task.from, item: seen.item ?? null, lot: seen.lot ?? null, to: done.to ?? null, quantity: null, found: done.found ?? null } })),
    onSuccess: (answer) => {
      signal('done');
      onOver(answer.brought > 0 ? t('refill.done', { n: answer.brought, bin: answer.to }) : t('refill.none', { bin: answer.from }));
    },
    onError: () => signal('wrong'),
  });
  const hear = (scan: Scan) => {
    if (send.isPending || isMoving) return;
    if (scan.command === 'short') return setPanel('short');
    if (scan.command) return;
    const fault = wrongOfRefill(task, seen, scan, keyOf(scan));
    setWrong(fault);
    if (fault) return signal('wrong');
    signal('right');
    if (step === 'from') setSeen({ from: scan.text });
    else if (step === 'item') setSeen({ ...seen, item: scan.text, ...(scan.gs1?.lot ? { lot: scan.gs1.lot } : {}) });
    else send.mutate({ to: scan.text, ...(found === null ? {} : { found }) });
  };
  const { say } = useScanner(hear, { isOn: panel === null });
  const short = (n: number) => {
    setPanel(null);
    setFound(n);
    if (n === 0) send.mutate({ found: 0 });
  };
  return (
    <>
      <div className={css.task} data-step={step}>
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
        <ProblemAlert error={send.error} what={t('refill.not')} />
        {send.isError && <Button className={css.big!} variant="default" onClick={() => onOver('')}>{t('refill.look')}</Button>}
      </div>
      <div className={css.acts}>
        <p className={css.say} role="status">{t(step === 'from' ? 'refill.scanFrom' : step === 'item' ? 'refill.scanItem' : 'refill.scanTo')}</p>
        <div className={css.row}>
          <Button className={css.big!} variant="default" leftSection={<IconMinus size={24} aria-hidden />} disabled={step === 'from' || send.isPending} onClick={() => setPanel('short')}>{t('refill.short')}</Button>
          <Button className={css.big!} variant="default" leftSection={<IconKeyboard size={24} aria-hidden />} loading={send.isPending} onClick={() => setPanel('type')}>{t('type')}</Button>
        </div>
      </div>
      {panel === 'type' && <TypeCode onClose={() => setPanel(null)} onCode={(code) => say(code, 'typed')} />}
      {panel === 'short' && <Amount kind="short" hint={t('refill.shortHint')} least={0} most={task.quantity - 1} begin={Math.min(found ?? 0, task.quantity - 1)} onClose={() => setPanel(null)} onSay={short} />}
      {wrong && <WrongScan title={t(`wrong.${wrong.why}`, { is: wrong.is, want: wrong.want })} todo={t(`wrongDo.${wrong.why}`, { is: wrong.is, want: wrong.want })} back={t('backToTask')} onClose={() => setWrong(null)} />}
    </>
  );
}
