import { UnstyledButton } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { IconArrowRight, IconCircleCheck } from '@house/icons.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { signal } from '@house/scan/signals.ts';
import { Bar } from '@rooms/Handheld/Bar.tsx';
import handheld from '@rooms/Handheld/Handheld.module.css';
import { WrongScan } from '@rooms/Handheld/WrongScan.tsx';
import css from './Dock.module.css';
import { DockClashes } from './DockClashes.tsx';
import { heapsOf, putKey, type Put } from './putting.ts';
import type { Dock } from './useDock.ts';
import { useCodes } from './useCodes.tsx';
import en from './texts.en.ts';

interface Props {
  dock: Dock;
  items: readonly Put[];
  isKnown: boolean;
  hasMore: boolean;
  error: unknown;
  again: () => void;
  done: { name: string; n: number; bin: string } | null;
  onChoose: (put: Put) => void;
}

/** What is to be put away, the nearest bins together. A scan takes one of them in hand. */
export function PutList({ dock, items, isKnown, hasMore, error, again, done, onChoose }: Props) {
  const t = useTexts(en);
  const navigate = useNavigate();
  const [wrong, setWrong] = useState<string | null>(null);
  const [among, setAmong] = useState<readonly string[] | null>(null);
  const { buttons, panel } = useCodes((scan) => {
    setWrong(null);
    const heaps = scan.command ? [] : heapsOf(items, scan);
    if (heaps.length === 0) {
      signal('wrong');
      return setWrong(scan.barcode?.text ?? scan.text);
    }
    signal('right');
    if (heaps.length === 1) return onChoose(heaps[0]!);
    setAmong(heaps.map(putKey));
  });
  const shown = items.filter((i) => among === null || among.includes(putKey(i)));
  return (
    <>
      <Bar round={dock} title={t('putAway')} onBack={() => void navigate({ to: '/handheld' })} />
      <div className={handheld.scroll}>
        {done && (
          <section className={css.last} aria-label={t('lastPut')}>
            <p className={css.lastTitle} role="status">
              <IconCircleCheck size={24} aria-hidden />
              <span>{t.node('isPut', { n: done.n, name: <bdi>{done.name}</bdi>, bin: <strong className="sy-code">{done.bin}</strong> })}</span>
            </p>
          </section>
        )}
        <DockClashes dock={dock} />
        <ProblemAlert error={error} what={t('notRead')} again={again} />
        {among !== null && <p className={css.among}>{t('amongHeaps')}</p>}
        {isKnown && items.length === 0 && <EmptyState kind="done" title={t('allPut')} text={t('allPutText')} />}
        {shown.length > 0 && (
          <ul className={handheld.cards} aria-label={t('toPut')}>
            {shown.map((p) => (
              <li key={putKey(p)}>
                <UnstyledButton className={css.job} onClick={() => onChoose(p)}>
                  <span className={handheld.cardWords}>
                    <span className={css.name} dir="auto">{p.name}</span>
                    <span className="sy-muted">
                      {t('units', { n: p.quantity })}
                      {p.lot !== null && ` · ${t('lotIs', { lot: p.lot })}`}
                      {p.from !== 'UNPLACED' && ` · ${t('liesIn', { bin: p.from })}`}
                    </span>
                  </span>
                  <span className={handheld.cardEnd}>{p.places[0] ? <strong className={css.toBin}>{p.places[0].bin}</strong> : <span className={handheld.lacks}>{t('noRoom')}</span>}</span>
                  <IconArrowRight size={24} aria-hidden />
                </UnstyledButton>
              </li>
            ))}
          </ul>
        )}
        {hasMore && <p className="sy-muted">{t('moreToPut')}</p>}
      </div>
      <div className={handheld.acts}>
        <p className={handheld.say} role="status">
          {items.length > 0 ? t('scanItem') : ''}
        </p>
        <div className={handheld.row}>{buttons}</div>
      </div>
      {panel}
      {wrong !== null && <WrongScan title={t('wrong.notToPut', { is: wrong })} todo={t('wrongDo.notToPut')} back={t('goOn')} onClose={() => setWrong(null)} />}
    </>
  );
}
