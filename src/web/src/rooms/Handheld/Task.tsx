import { Button, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { IconCamera, IconCheck, IconDots, IconKeyboard } from '@house/icons.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { hasCameraReader } from '@house/scan/camera.ts';
import { CameraScan } from '@house/scan/CameraScan.tsx';
import type { Scan } from '@house/scan/read.ts';
import { signal } from '@house/scan/signals.ts';
import { TypeCode } from '@house/scan/TypeCode.tsx';
import { useScanner } from '@house/scan/useScanner.ts';
import { Amount } from './Amount.tsx';
import { Bar } from './Bar.tsx';
import css from './Handheld.module.css';
import { Instead } from './Instead.tsx';
import { More } from './More.tsx';
import { Picture } from './Picture.tsx';
import { Tick } from './Tick.tsx';
import { Tote } from './Tote.tsx';
import type { Round } from './useRound.ts';
import { damaged, isFinished, letterOf, named, nextBin, scanned, shorted, skipped, stepOf, stopOf, takeAll, undone, type Verdict, type Wrong } from './walk.ts';
import { WrongScan } from './WrongScan.tsx';
import en from './texts.en.ts';

type Panel = 'more' | 'type' | 'camera' | 'short' | 'damaged' | { instead: number } | null;

/** One stop: where to go, what to take, where to put it. */
export function Task({ round, onHome }: { round: Round; onHome: () => void }) {
  const t = useTexts(en);
  const { number, span } = useFormat();
  const walk = round.walk!;
  const stop = stopOf(walk)!;
  const step = stepOf(walk)!;
  const [wrong, setWrong] = useState<Wrong | null>(null);
  const [panel, setPanel] = useState<Panel>(null);
  const [ticks, setTicks] = useState(0);
  const after = nextBin(walk);

  const take = (verdict: Verdict) => {
    setWrong(verdict.kind === 'wrong' ? verdict : null);
    if (verdict.kind === 'wrong') {
      signal('wrong');
      setPanel(null);
    } else {
      signal(isFinished(verdict.walk) ? 'done' : 'right');
      setTicks((n) => n + 1);
      setPanel(null);
    }
    void round.say(verdict.walk, verdict.commands);
  };
  // Two scans may come before the screen was drawn anew: each is judged by the walk as it is then.
  const now = () => round.present()!;
  const acts = {
    skip: () => take(skipped(now())),
    // Nobody can say how many are in a bin before standing at it.
    short: () => setPanel(stepOf(now()) === 'bin' ? 'more' : 'short'),
    broken: () => setPanel('damaged'),
    undo: () => {
      setWrong(null);
      setPanel(null);
      void round.say(undone(now()), []);
    },
    done: () => now().count > 0 && stepOf(now()) === 'item' && take(takeAll(now())),
  };
  const heard = (scan: Scan) => {
    if (!stopOf(now())) return;
    if (scan.command) return void (scan.command !== 'next' && acts[scan.command]());
    take(scanned(now(), scan));
  };
  // The dialog of an amount hears for itself.
  const { say } = useScanner(heard, { isOn: panel === null || panel === 'more' || panel === 'type' || panel === 'camera' });
  const again = walk.again[stop.id];
  const place = stop.toteNo ?? null;

  return (
    <>
      <Bar round={round} onBack={onHome} title={t('stopOf', { n: stop.stop, of: stop.stops })} beside={<span className={css.left}>{t('left', { span: span(stop.secondsLeft * 1000) })}</span>} />
      <progress className={css.progress} max={walk.tour.stops.length} value={walk.tour.stops.length - walk.todo.length} aria-label={t('progress')} />
      <div className={css.task} data-step={step}>
        <section className={css.where} data-now={step === 'bin' || undefined} aria-label={t('where')}>
          <p className={css.bin}>{stop.bin ? <bdi>{stop.bin}</bdi> : t('noBin')}</p>
          <p className={css.near}>
            {stop.zone && <span>{t('zone', { zone: stop.zone })}</span>}
            {stop.lot && <span>{t('lot', { lot: stop.lot })}</span>}
            {after?.bin && <span className="sy-muted">{t('then', { bin: after.bin })}</span>}
          </p>
        </section>
        <section className={css.what} data-now={step === 'item' || undefined} aria-label={t('what')}>
          <Picture url={stop.picture} />
          <div className={css.product}>
            <p className={css.name} dir="auto">
              {stop.name}
            </p>
            {stop.merchantName && (
              <p className={css.client} dir="auto">
                {stop.merchantName}
              </p>
            )}
            <p className={`${css.sku} sy-code`}>{stop.sku}</p>
            {stop.text && (
              <p>
                {t('personal')} <q dir="auto">{stop.text}</q>
              </p>
            )}
            {stop.insteadOf && <p className="sy-muted">{t('insteadOf', { sku: stop.insteadOf })}</p>}
            <p className={css.quantity} data-count={walk.count}>
              {t.node('count', { n: <strong>{number(walk.count)}</strong>, of: <strong>{number(stop.quantity)}</strong> })}
            </p>
          </div>
        </section>
        <section className={css.into} data-now={step === 'tote' || undefined} aria-label={t('into')}>
          {place !== null && (
            <>
              <Tote place={place} isLarge />
              <span className={css.toteText}>
                <strong>{t('tote', { letter: letterOf(place) })}</strong>
                {walk.totes[String(place)] ? <span className="sy-muted sy-code sy-clip">{walk.totes[String(place)]}</span> : <span className="sy-meta">{t('anyTote')}</span>}
              </span>
            </>
          )}
          <span className={`${css.number} sy-muted sy-code`}>#{stop.number}</span>
        </section>
        {again && (
          <p className={css.again} role="alert">
            {t.maybe(`again.${again}`) === again.split('.').at(-1) ? t('again.other') : t.maybe(`again.${again}`)}
          </p>
        )}
      </div>
      <Tick key={`tick-${ticks}`} isOn={ticks > 0} />
      <div className={css.acts}>
        <p className={css.say} role="status">
          {step === 'bin' ? t('scanBin') : step === 'item' ? t('scanItem') : t('scanTote', { letter: letterOf(place ?? 1) })}
        </p>
        {step === 'item' && walk.count > 0 && walk.count < stop.quantity && (
          <Button className={css.big!} fullWidth leftSection={<IconCheck size={24} aria-hidden />} onClick={acts.done}>
            {t('takeAll', { n: stop.quantity })}
          </Button>
        )}
        <div className={css.row}>
          <Button className={css.big!} variant="default" leftSection={<IconDots size={24} aria-hidden />} onClick={() => setPanel('more')}>
            {t('more')}
          </Button>
          {hasCameraReader() && (
            <Button className={css.big!} variant="default" leftSection={<IconCamera size={24} aria-hidden />} onClick={() => setPanel('camera')}>
              {t('camera')}
            </Button>
          )}
          <Button className={css.big!} variant="default" leftSection={<IconKeyboard size={24} aria-hidden />} onClick={() => setPanel('type')}>
            {t('type')}
          </Button>
        </div>
      </div>
      {panel === 'more' && <More onClose={() => setPanel(null)} onShort={step === 'bin' ? null : acts.short} onSkip={walk.todo.length > 1 ? acts.skip : null} onDamaged={acts.broken} onUndo={walk.count > 0 || (walk.bin !== null && step !== 'bin') ? acts.undo : null} />}
      {panel === 'type' && <TypeCode onClose={() => setPanel(null)} onCode={(code) => say(code, 'typed')} />}
      {panel === 'camera' && <CameraScan onClose={() => setPanel(null)} onCode={(code) => say(code, 'camera')} />}
      {panel === 'short' && <Amount kind="short" least={0} most={stop.quantity - 1} begin={walk.count > 0 ? Math.min(walk.count, stop.quantity - 1) : null} effect={(n) => (stop.bin ? t('short.effect', { n, of: stop.quantity, bin: stop.bin }) : t('short.effectNoBin', { n, of: stop.quantity }))} onClose={() => setPanel(null)} onSay={(n) => take(shorted(now(), n))} onInstead={stop.maySubstitute ? (n) => setPanel({ instead: n }) : undefined} />}
      {panel !== null && typeof panel === 'object' && <Instead round={round} found={panel.instead} onClose={() => setPanel(null)} />}
      {panel === 'damaged' && <Amount kind="damaged" least={1} most={stop.quantity} begin={1} onClose={() => setPanel(null)} onSay={(n) => take(damaged(now(), n))} />}
      {wrong && <WrongScan title={t(`wrong.${wrong.why}`, { is: wrong.is, want: wrong.want })} todo={t(`wrongDo.${wrong.why}`, { is: wrong.is, want: wrong.want })} back={t('backToTask')} onClose={() => setWrong(null)}>
        {wrong.owners && (
          <div className={css.owners} role="group" aria-label={t('whose')}>
            <p className={css.wrongDo}>{t('whose')}</p>
            {wrong.owners.map((o) => (
              <UnstyledButton key={o.merchant} className={css.owner!} onClick={() => take(named(now(), wrong.is, o.merchant))}>
                <Picture url={o.picture} />
                <span>
                  <strong dir="auto">{o.merchantName}</strong>
                  <span className={css.ownerName} dir="auto">{o.name}</span>
                </span>
              </UnstyledButton>
            ))}
          </div>
        )}
      </WrongScan>}
    </>
  );
}
