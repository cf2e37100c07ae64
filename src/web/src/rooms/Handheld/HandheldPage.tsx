import { useEffect, useState } from 'react';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { useShellWorker } from '@house/offline/worker.ts';
import { useDevice } from '@house/scan/device.ts';
import { Finished } from './Finished.tsx';
import css from './Handheld.module.css';
import { Home } from './Home.tsx';
import { Task } from './Task.tsx';
import { useAwake } from './useAwake.ts';
import { useRound } from './useRound.ts';
import { isFinished } from './walk.ts';
import en from './texts.en.ts';

/** The handheld: one task a screen, worked by scans, with or without network. */
export default function HandheldPage() {
  const t = useTexts(en);
  const round = useRound();
  const [device] = useDevice();
  const [isShown, setIsShown] = useState(true);
  const isWalking = round.walk !== null && !isFinished(round.walk);
  useShellWorker(round.isRead && round.walk === null && round.waiting.length === 0);
  useAwake(isWalking && isShown);
  useEffect(() => {
    document.title = `${t('title')} · Switchyard`;
  }, [t]);
  if (!round.isRead) return <div className={css.device} aria-busy />;
  return (
    <div className={css.device} data-hand={device.leftHand ? 'left' : 'right'} data-gloves={device.gloves || undefined}>
      {isWalking && isShown ? (
        <Task round={round} onHome={() => setIsShown(false)} />
      ) : round.walk && isShown ? (
        <Finished round={round} onHome={() => setIsShown(false)} />
      ) : (
        <Home round={round} onWalk={() => setIsShown(true)} />
      )}
    </div>
  );
}
