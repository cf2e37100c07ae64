import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask, newKey } from '@house/api/client.ts';
import { IconCircleCheck } from '@house/icons.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { signal } from '@house/scan/signals.ts';
import { useScanner } from '@house/scan/useScanner.ts';
import { Bar } from '@rooms/Handheld/Bar.tsx';
import handheld from '@rooms/Handheld/Handheld.module.css';
import { differences, linesOf, type Line, type Sheet } from './receiving.ts';
import { Summary } from './Summary.tsx';
import { titleOf, type Dock } from './useDock.ts';
import css from './Dock.module.css';
import en from './texts.en.ts';

/** How a delivery ended, as it is told afterwards. */
export interface Finished {
  title: string;
  lines: Line[];
  isBlind: boolean;
  isCancelled: boolean;
}

interface Props {
  dock: Dock;
  sheet: Sheet;
  onBack: () => void;
  onDone: (how: Finished) => void;
}

/** The end of a delivery: what differs is seen before it is closed, and whether what is short still comes is said. */
export function FinishView({ dock, sheet, onBack, onDone }: Props) {
  const t = useTexts(en);
  const queries = useQueryClient();
  const [keys] = useState(() => ({ short: newKey(), later: newKey(), cancel: newKey() }));
  const { delivery } = sheet;
  const lines = linesOf(sheet, dock.waiting);
  const { short } = differences(lines, delivery.isBlind);
  const isNothing = lines.every((l) => l.received === 0);
  const waits = dock.waiting.filter((w) => w.deed.kind === 'receive' && w.deed.delivery === delivery.id).length;
  const end = useMutation({
    mutationFn: async (how: 'short' | 'later' | 'cancel') => {
      const [path, headers] = [{ params: { path: { id: delivery.id } } }, { 'Idempotency-Key': keys[how] }];
      if (how === 'cancel') await ask(api.POST('/api/v1/deliveries/{id}/cancel', { ...path, headers }));
      else await ask(api.POST('/api/v1/deliveries/{id}/close', { ...path, body: { restIsComing: how === 'later' }, headers }));
      onDone({ title: titleOf(delivery), lines, isBlind: delivery.isBlind, isCancelled: how === 'cancel' });
      await dock.put(null);
      await dock.putLast(null);
    },
    onSuccess: () => {
      signal('done');
      void queries.invalidateQueries({ queryKey: ['dock'] });
    },
    onError: () => signal('wrong'),
  });
  useScanner(() => signal('wrong'));
  const isHeld = dock.isOffline || waits > 0;
  return (
    <>
      <Bar round={dock} backName={t('back')} title={t('finishTitle', { title: titleOf(delivery) })} onBack={onBack} />
      <div className={handheld.scroll}>
        {isNothing ? <p className={css.hint}>{t('nothingCame')}</p> : <Summary lines={lines} isBlind={delivery.isBlind} />}
        <ProblemAlert error={end.error} what={t('notClosed')} />
      </div>
      <div className={handheld.acts}>
        <p className={handheld.say} role="status">
          {dock.isOffline ? t('closeNeedsNetwork') : waits > 0 ? t('closeWaits', { n: waits }) : short.length > 0 ? t('shortAsk', { n: short.length }) : ''}
        </p>
        {isNothing ? (
          delivery.transfer === null && (
            <Button className={handheld.big!} fullWidth disabled={isHeld} loading={end.isPending} onClick={() => end.mutate('cancel')}>
              {t('cancelDelivery')}
            </Button>
          )
        ) : (
          <>
            <Button className={handheld.big!} fullWidth leftSection={<IconCircleCheck size={24} aria-hidden />} disabled={isHeld} loading={end.isPending && end.variables === 'short'} onClick={() => end.mutate('short')}>
              {t(short.length > 0 ? 'closeShort' : 'close1')}
            </Button>
            {short.length > 0 && (
              <Button className={handheld.big!} fullWidth variant="default" disabled={isHeld} loading={end.isPending && end.variables === 'later'} onClick={() => end.mutate('later')}>
                {t('closeLater')}
              </Button>
            )}
          </>
        )}
        <Button
          className={handheld.big!}
          fullWidth
          variant="default"
          onClick={() => {
            onBack();
            void dock.put(null);
          }}
        >
          {t('leaveOpen')}
        </Button>
      </div>
    </>
  );
}
