import { Button } from '@mantine/core';
import { useState } from 'react';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { IconArrowRight, IconCircleCheck } from '@house/icons.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { signal } from '@house/scan/signals.ts';
import { useScanner } from '@house/scan/useScanner.ts';
import { Bar } from './Bar.tsx';
import css from './Handheld.module.css';
import { Tote } from './Tote.tsx';
import type { Round } from './useRound.ts';
import { letterOf } from './walk.ts';
import en from './texts.en.ts';

/** The walk is over: where the totes go, and on to the next. */
export function Finished({ round, onHome }: { round: Round; onHome: () => void }) {
  const t = useTexts(en);
  const walk = round.walk!;
  const [isAsking, setIsAsking] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [isNone, setIsNone] = useState(false);
  const next = () => {
    if (round.isOffline || round.waiting.length > 0 || isAsking) return;
    setIsAsking(true);
    setError(null);
    round.next(walk.node).then(
      (is) => {
        setIsNone(!is);
        setIsAsking(false);
        if (!is) onHome();
      },
      (e: unknown) => {
        setError(e);
        setIsAsking(false);
      },
    );
  };
  useScanner((scan) => (scan.command === 'next' || scan.command === 'done' ? next() : signal('wrong')));

  const places = new Map<number, { numbers: Set<string>; units: number; wanted: number; client: string | null | undefined }>();
  for (const stop of walk.tour.stops) {
    const outcome = walk.done[stop.id];
    const at = places.get(stop.toteNo ?? 0) ?? { numbers: new Set<string>(), units: 0, wanted: 0, client: stop.merchantName };
    if (outcome && outcome.kind !== 'gone') at.numbers.add(stop.number);
    at.units += outcome?.units ?? 0;
    // What went instead of something fills its place.
    if (!stop.insteadOf) at.wanted += stop.quantity + stop.picked;
    places.set(stop.toteNo ?? 0, at);
  }
  const shown = [...places].sort(([a], [b]) => a - b);
  return (
    <>
      <Bar round={round} onBack={onHome} title={t('finished')} />
      {/* A cart of many totes is longer than the screen. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className={css.scroll} tabIndex={0} role="region" aria-label={t('finished')}>
        <p className={css.good}>
          <IconCircleCheck size={32} aria-hidden />
          <strong>{t('toBench')}</strong>
        </p>
        <ul className={css.cards}>
          {shown.map(([place, { numbers, units, wanted, client }]) => (
            <li key={place} className={css.card}>
              {place > 0 && <Tote place={place} />}
              <span className={css.cardWords}>
                <strong>{place > 0 ? t('tote', { letter: letterOf(place) }) : t('goods')}</strong>
                {client && (
                  <span className={css.client} dir="auto">
                    {client}
                  </span>
                )}
                <span className="sy-code sy-clip">{walk.totes[String(place)] ?? ''}</span>
                <span className="sy-muted sy-code">{[...numbers].slice(0, 3).map((n) => `#${n}`).join(', ')}{numbers.size > 3 ? ` +${numbers.size - 3}` : ''}</span>
              </span>
              <span className={css.cardEnd}>
                {t('units', { n: units })}
                {units < wanted && <span className={css.lacks}>{t('lacks')}</span>}
              </span>
            </li>
          ))}
        </ul>
        <ProblemAlert error={error} what={t('notTaken')} />
      </div>
      <div className={css.acts}>
        <p className={css.say} role="status">
          {round.isOffline ? t('needsNetwork') : round.waiting.length > 0 ? t('waiting', { n: round.waiting.length }) : isNone ? t('nothing') : ''}
        </p>
        <Button className={css.big!} fullWidth rightSection={<IconArrowRight size={24} aria-hidden />} loading={isAsking} disabled={round.isOffline || round.waiting.length > 0} onClick={next}>
          {t('nextTour')}
        </Button>
      </div>
    </>
  );
}
