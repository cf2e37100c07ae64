import { Button, Modal } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '@house/api/client.ts';
import { ApiError } from '@house/api/problem.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { signal } from '@house/scan/signals.ts';
import { Bar } from '@rooms/Handheld/Bar.tsx';
import handheld from '@rooms/Handheld/Handheld.module.css';
import { Picture } from '@rooms/Handheld/Picture.tsx';
import { WrongScan } from '@rooms/Handheld/WrongScan.tsx';
import { Count } from './Count.tsx';
import css from './Dock.module.css';
import { binScanned, heapsOf, usualOf, type Put } from './putting.ts';
import type { Dock } from './useDock.ts';
import { useCodes } from './useCodes.tsx';
import en from './texts.en.ts';

interface Props {
  dock: Dock;
  node: string;
  put: Put;
  items: readonly Put[];
  onPut: (bin: string, n: number) => void;
  onBack: () => void;
}

/** One heap in hand: where it goes, how many of it, and the scan of the bin that says they lie there. */
export function PutOne({ dock, node, put, items, onPut, onBack }: Props) {
  const t = useTexts(en);
  const [n, setN] = useState(usualOf(put));
  const [wrong, setWrong] = useState<{ title: string; todo: string } | null>(null);
  const [other, setOther] = useState<{ bin: string; isChecked: boolean } | null>(null);
  const [first, ...rest] = put.places;
  const refuse = (title: string, todo: string) => {
    signal('wrong');
    setWrong({ title, todo });
  };
  const lay = (bin: string) => {
    if (n < 1) return refuse(t('wrong.noUnits'), t('wrongDo.noUnits'));
    signal('done');
    onPut(bin, Math.min(n, put.quantity));
  };
  const look = useMutation({
    mutationFn: async (code: string) => {
      if (dock.isOffline) return setOther({ bin: code, isChecked: false });
      try {
        const found = await ask(api.GET('/api/v1/nodes/{code}/bins/{bin}', { params: { path: { code: node, bin: code } } }));
        if (found.bin.isClosed) return refuse(t('wrong.binClosed', { is: found.bin.code }), t('wrongDo.bin', { want: first?.bin ?? t('anyBin') }));
        signal('right');
        setOther({ bin: found.bin.code, isChecked: true });
      } catch (error) {
        if (!(error instanceof ApiError) || error.isPassing) throw error;
        refuse(t('wrong.noBin', { is: code }), t('wrongDo.bin', { want: first?.bin ?? t('anyBin') }));
      }
    },
    onError: () => signal('wrong'),
  });
  const { buttons, panel } = useCodes((scan) => {
    setWrong(null);
    if (scan.command === 'undo') return onBack();
    if (scan.command === 'done') return other ? lay(other.bin) : signal('wrong');
    if (scan.command) return signal('wrong');
    const verdict = binScanned(put, scan);
    if (verdict.kind === 'suggested') return lay(verdict.bin);
    if (verdict.kind === 'item') return signal('right');
    // The bin once more: yes, there.
    if (other && other.bin === verdict.code) return lay(other.bin);
    setOther(null);
    const heap = heapsOf(items, scan)[0];
    if (heap) return refuse(t('wrong.otherItem', { is: heap.name }), t('wrongDo.binFor', { want: put.name }));
    if (!look.isPending) look.mutate(verdict.code);
  });
  return (
    <>
      <Bar round={dock} backName={t('back')} title={t('putAway')} onBack={onBack} />
      <div className={handheld.task}>
        <section className={handheld.where} data-now aria-label={t('where')}>
          <p className={handheld.bin}>{first ? <bdi>{first.bin}</bdi> : t('noRoomBig')}</p>
          <p className={handheld.near}>
            {first?.zone && <span>{t('zone', { zone: first.zone })}</span>}
            {first && <span className="sy-muted">{t(`why.${first.why}`)}</span>}
            {rest.map((p) => (
              <span key={p.bin} className="sy-muted">{t('thenBin', { bin: p.bin, n: p.quantity })}</span>
            ))}
          </p>
          {!first && <p className="sy-muted">{t('noRoomText')}</p>}
        </section>
        <section className={handheld.what} aria-label={t('product')}>
          <Picture url={put.picture} />
          <div className={handheld.product}>
            <p className={handheld.name} dir="auto">{put.name}</p>
            <p className={`${handheld.sku} sy-code`}>{put.sku}</p>
            <p className={css.facts}>
              {t('units', { n: put.quantity })}
              {put.lot !== null && ` · ${t('lotIs', { lot: put.lot })}`}
              {put.from !== 'UNPLACED' && ` · ${t('liesIn', { bin: put.from })}`}
            </p>
          </div>
        </section>
        <div className={`${css.counts} ${css.inTask}`}>
          <Count label={t('quantity')} n={n} least={1} most={put.quantity} onChange={setN} />
        </div>
        <ProblemAlert error={look.error} what={t('notAsked')} />
      </div>
      <div className={handheld.acts}>
        <p className={handheld.say} role="status">
          {t('scanBin')}
        </p>
        <div className={handheld.row}>{buttons}</div>
      </div>
      {panel}
      {other && (
        <Modal opened onClose={() => setOther(null)} title={t('otherBin', { bin: other.bin })} closeButtonProps={{ 'aria-label': t('close'), size: 'xl' }}>
          <div className={handheld.sheet}>
            <p className={css.hint}>{first ? t('otherBinText', { bin: first.bin }) : t('otherBinFree')}</p>
            {!other.isChecked && <p className={css.warning}>{t('notChecked')}</p>}
            <Button className={handheld.big!} onClick={() => lay(other.bin)}>
              {t('putThere', { n, bin: other.bin })}
            </Button>
            <Button className={handheld.big!} variant="default" onClick={() => setOther(null)}>
              {t('notThere')}
            </Button>
          </div>
        </Modal>
      )}
      {wrong && <WrongScan {...wrong} back={t('goOn')} onClose={() => setWrong(null)} />}
    </>
  );
}
