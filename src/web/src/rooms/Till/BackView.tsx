import { ActionIcon, Button, Checkbox, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask, newKey, type Schema } from '@house/api/client.ts';
import { ApiError } from '@house/api/problem.ts';
import { IconMinus, IconPlus } from '@house/icons.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { Money } from '@house/parts/Money.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { useMay } from '@house/session.tsx';
import { useCodes } from '@rooms/Dock/useCodes.tsx';
import handheld from '@rooms/Handheld/Handheld.module.css';
import { Collect } from './Collect.tsx';
import css from './Till.module.css';
import type { Receipt, Shift } from './till.ts';
import en from './texts.en.ts';
import type { Till } from './useTill.ts';

type Sale = Schema['FindSaleResponse'];
interface Found { sale: Sale; ready: readonly Schema['FulfilmentView'][] }
interface Wish { units: number; isDamaged: boolean }

/** Finds the order of a scanned receipt, or of a number that was typed. */
async function find(scan: string): Promise<Sale> {
  try {
    return await ask(api.GET('/api/v1/till/sale', { params: { query: { scan } } }));
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 404) throw error;
    const number = scan.trim().replace(/^#/, '').replaceAll('"', '');
    const id = (await ask(api.GET('/api/v1/orders', { params: { query: { query: `number:"${number}"`, limit: 1 } } }))).data[0]?.id;
    if (id === undefined) throw error;
    return ask(api.GET('/api/v1/till/sale', { params: { query: { scan: id } } }));
  }
}

/** What of it lies ready at this counter. Whoever has a receipt brings goods back to any store; what is to be collected is seen where it lies. */
async function findHere(scan: string, node: string): Promise<Found> {
  const sale = await find(scan);
  try {
    const order = await ask(api.GET('/api/v1/orders/{id}', { params: { path: { id: sale.order }, query: { expand: 'fulfilments' } } }));
    return { sale, ready: (order.fulfilments ?? []).filter((f) => f.state === 'readyForPickup' && f.node === node) };
  } catch (error) {
    if (error instanceof ApiError && (error.status === 404 || error.status === 403)) return { sale, ready: [] };
    throw error;
  }
}

/** Goods come back with their receipt, of whatever channel, or are collected. What can come back and what is given back the server says, so it needs network. */
export function BackView({ till, shift, onDone }: { till: Till; shift: Shift; onDone: () => void }) {
  const t = useTexts(en);
  const { number } = useFormat();
  const may = useMay();
  const [wishes, setWishes] = useState<Record<number, Wish>>({});
  const [reason, setReason] = useState('');
  const [id, setId] = useState(newKey);
  const found = useMutation({ mutationFn: (scan: string) => findHere(scan, shift.node), onSuccess: () => setWishes({}) });
  const back = useMutation({
    mutationFn: async (order: string): Promise<Receipt> =>
      ask(api.POST('/api/v1/till/returns', {
        body: {
          id, shift: shift.id, receipt: null, order, reason: reason.trim(),
          lines: Object.entries(wishes).filter(([, w]) => w.units > 0).map(([line, w]) => ({ line: Number(line), quantity: w.units, isDamaged: w.isDamaged })),
        },
      })).catch((error: unknown) => {
        // Its first answer was lost: what stands is shown.
        if (error instanceof ApiError && error.code === 'till.id_taken') return ask(api.GET('/api/v1/till/receipts/{id}', { params: { path: { id } } }));
        throw error;
      }),
    // Whatever comes next is another return.
    onSuccess: () => {
      setId(newKey());
      void till.moved();
    },
  });
  const { buttons, panel } = useCodes((scan) => {
    if (!scan.command && !till.isOffline) found.mutate(scan.text);
  }, !back.isPending && !back.isSuccess);
  if (back.data)
    return (
      <>
        <div className={handheld.scroll}>
          <p className={handheld.good} role="status">{t('back.done')}</p>
          <ul className={css.lines} aria-label={t('back.give')}>
            {back.data.tenders.map((g, i) => (
              <li key={i} className={css.line}><span className={css.what}>{t(`tender.${g.tender}`)}</span><span className={css.sum}><Money minor={-g.amountMinor} currency={shift.currency} /></span></li>
            ))}
          </ul>
          {back.data.owedMinor > 0 && <p className={handheld.again}>{t('back.owed')} <Money minor={back.data.owedMinor} currency={shift.currency} /></p>}
        </div>
        <div className={handheld.acts}><Button className={handheld.big!} fullWidth onClick={onDone}>{t('toSell')}</Button></div>
      </>
    );
  const sale = found.data?.sale;
  const ready = found.data?.ready ?? [];
  const units = Object.values(wishes).reduce((sum, w) => sum + w.units, 0);
  const set = (line: number, to: Partial<Wish>) => setWishes((all) => ({ ...all, [line]: { ...(all[line] ?? { units: 0, isDamaged: false }), ...to } }));
  return (
    <>
      <div className={handheld.scroll}>
        <p role="status" className="sy-muted">{till.isOffline ? t('back.needsNetwork') : sale ? t('order', { number: sale.number }) : t('back.scan')}</p>
        <ProblemAlert error={found.error} what={t('back.notFound')} />
        {ready.length > 0 && may('fulfilment:work') && <Collect key={sale?.order} ready={ready} />}
        <ul className={css.lines} aria-label={t('back.lines')}>
          {sale?.lines.map((line) => {
            const wish = wishes[line.line] ?? { units: 0, isDamaged: false };
            const most = line.quantity;
            return (
              <li key={line.line} className={css.line}>
                <span className={css.what}>
                  <span className={css.name} dir="auto">{line.name ?? line.sku}</span>
                  <span className="sy-muted">{t('back.most', { n: most })}</span>
                  {wish.units > 0 && <Checkbox size="md" label={t('back.damaged')} checked={wish.isDamaged} onChange={(e) => set(line.line, { isDamaged: e.currentTarget.checked })} />}
                </span>
                <span className={css.units}>
                  <ActionIcon className={css.step!} variant="default" disabled={wish.units === 0} aria-label={t('fewer', { name: line.name ?? line.sku })} onClick={() => set(line.line, { units: wish.units - 1 })}><IconMinus size={20} aria-hidden /></ActionIcon>
                  <span className={css.count}>{number(wish.units)}</span>
                  <ActionIcon className={css.step!} variant="default" disabled={wish.units >= most} aria-label={t('more', { name: line.name ?? line.sku })} onClick={() => set(line.line, { units: wish.units + 1 })}><IconPlus size={20} aria-hidden /></ActionIcon>
                </span>
              </li>
            );
          })}
        </ul>
        {sale && <TextInput size="lg" label={t('reason')} value={reason} maxLength={200} data-scan="off" required onChange={(e) => setReason(e.currentTarget.value)} />}
        <ProblemAlert error={back.error} what={t('back.not')} />
      </div>
      <div className={handheld.acts}>
        {sale ? (
          <Button className={handheld.big!} fullWidth loading={back.isPending} disabled={units === 0 || reason.trim() === '' || till.isOffline} onClick={() => back.mutate(sale.order)}>{t('back.take', { n: units })}</Button>
        ) : (
          <div className={handheld.row}>{buttons}</div>
        )}
      </div>
      {panel}
    </>
  );
}
