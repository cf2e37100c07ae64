import { Button, Modal, Progress } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { api, ask } from '@house/api/client.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import type { Selection } from '@house/parts/useSelection.ts';
import { Status, type Tone } from '@house/parts/Status.tsx';
import css from './Shipping.module.css';
import { actsOf, fileName, nameOf, openFile, pageOf, type Parcel } from './shipping.ts';
import en from './texts.en.ts';

export type ManyAct = 'book' | 'print' | 'void';

interface Props {
  act: ManyAct;
  parcels: Parcel[];
  selection: Selection;
  query: string;
  onClose: () => void;
}

interface Outcome {
  tone: Tone;
  words: string;
  fault?: string | null;
}

const most = 250;
/** So many are asked for beside one another: a carrier has a limit of calls. */
const atOnce = 4;

/** One thing done to many parcels, with what became of each. What fails is opened from here. */
export function ManyLabels({ act, parcels: seen, selection, query, onClose }: Props) {
  const t = useTexts(en);
  const queries = useQueryClient();
  // All that match are read anew, up to a page's worth.
  const all = useQuery({
    queryKey: ['parcels', 'many', query, act],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/parcels', { params: { query: { query, limit: most } }, signal })),
    enabled: selection.isAll,
    staleTime: Infinity,
    gcTime: 0,
  });
  const parcels = selection.isAll ? (all.data?.data ?? []) : seen;
  const [begun, setBegun] = useState<Parcel[] | null>(null);
  const [outcomes, setOutcomes] = useState<ReadonlyMap<string, Outcome>>(new Map());
  const wanted = begun ?? parcels.filter((p) => actsOf(p).includes(act) || (act === 'book' && actsOf(p).includes('retry')));
  const left = parcels.length - wanted.length;
  const isDone = begun !== null && outcomes.size === begun.length;

  const one = async (p: Parcel): Promise<Outcome> => {
    if (act === 'print') {
      await openFile(p.label!.file!, fileName(p.tracking, p.label!.id, p.label!.format));
      return { tone: 'good', words: t('many.printed') };
    }
    const label =
      act === 'void'
        ? await ask(api.POST('/api/v1/labels/{id}/void', { params: { path: { id: p.label!.id } } }))
        : p.label
          ? await ask(api.POST('/api/v1/labels/{id}/retry', { params: { path: { id: p.label.id } } }))
          : await ask(api.POST('/api/v1/packages/{id}/label', { params: { path: { id: p.id } }, body: {} }));
    if (label.state === 'failed') return { tone: 'bad', words: t('label.failed'), fault: label.fault };
    return { tone: label.state === 'wanted' || label.state === 'voiding' ? 'progress' : 'good', words: label.state === 'booked' ? (label.tracking ?? '') : t.maybe(`label.${label.state}`), fault: label.state === 'wanted' ? label.fault : null };
  };
  const run = async () => {
    setBegun(wanted);
    const rest = [...wanted];
    const worker = async () => {
      for (let p = rest.shift(); p; p = rest.shift()) {
        const { id } = p;
        const outcome = await one(p).catch((error: unknown): Outcome => ({ tone: 'bad', words: t('many.refused'), fault: error instanceof Error ? error.message : null }));
        setOutcomes((now) => new Map(now).set(id, outcome));
      }
    };
    await Promise.all(Array.from({ length: act === 'print' ? 1 : atOnce }, worker));
    await queries.invalidateQueries({ queryKey: ['parcels'] });
  };
  const close = () => {
    if (isDone) selection.clear();
    onClose();
  };
  const bad = [...outcomes.values()].filter((o) => o.tone === 'bad').length;
  return (
    <Modal opened onClose={close} title={t(`many.${act}`, { n: wanted.length })} size="var(--sy-dialog)" closeButtonProps={{ 'aria-label': t('close') }}>
      <div className="sy-stack">
        <ProblemAlert error={all.error} />
        {begun === null && left > 0 && <p className="sy-muted">{t('many.left', { n: left })}</p>}
        {begun === null && <p>{t(`many.${act}.about`)}</p>}
        {begun !== null && !isDone && <Progress value={(100 * outcomes.size) / Math.max(1, begun.length)} aria-label={t('many.progress', { n: outcomes.size, of: begun.length })} />}
        {isDone && <p role="status">{t('many.done', { n: begun.length - bad, bad })}</p>}
        {begun !== null && (
          <ul className={css.list} aria-label={t('many.outcomes')}>
            {begun.map((p) => {
              const o = outcomes.get(p.id);
              return (
                <li key={p.id}>
                  <span className={css.name}>
                    <span>{t('parcelOf', { n: p.package, order: p.orderNumber })}</span>
                    {o?.fault && <span className="sy-meta" dir="auto">{o.fault}</span>}
                  </span>
                  {o ? <Status tone={o.tone}>{o.words}</Status> : <span className="sy-muted">{t('many.waits')}</span>}
                  {o?.tone === 'bad' && (
                    <Link to={pageOf(p.id)} aria-label={t('many.mendOf', { name: nameOf(p) })}>
                      {t('many.mend')}
                    </Link>
                  )}
                </li>
              );
            })}
          </ul>
        )}
        <div className={css.buttons}>
          <Button variant="default" onClick={close}>
            {t(isDone ? 'close' : 'back')}
          </Button>
          {begun === null && (
            <Button onClick={() => void run()} disabled={wanted.length === 0} title={wanted.length === 0 ? t('many.none') : ''}>
              {t(`act.${act}`)}
            </Button>
          )}
        </div>
      </div>
    </Modal>
  );
}
