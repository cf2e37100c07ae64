import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { api, ask, newKey, type Schema } from '@house/api/client.ts';
import { sendEach, type Outcome, type Sent } from '@house/offline/shelf.ts';
import { useKept } from '@house/offline/useKept.ts';
import { useOutbox, useOwner } from '@house/offline/useOutbox.ts';
import { deviceShelf, type Deed, type Waiting } from './deeds.ts';
import { received, type Delivery, type Entry, type Sheet } from './receiving.ts';

type Booked = Schema['ReceiveGoodsResponse'];

/** Something that was done here and was refused; it stays in the list until the person says that it is dealt with. */
export interface Clash {
  id: string;
  kind: Deed['kind'];
  code: string;
  /** What the server said, for codes without words of their own. */
  detail: string;
  about: Waiting['about'];
}

/** What was booked in last, and what became of it: nothing is known of it while it waits to be sent. */
export interface Last {
  id: string;
  delivery: string;
  sku: string;
  name: string;
  units: number;
  damaged: number;
  answer: { receipts: string[]; forOrders: number; bin: string | null } | null;
}

const timeOut = 20_000;
const noClashes: Clash[] = [];

const sendDeed = ({ deed }: Waiting): Promise<unknown> => {
  // The id is the key as well: an answer that was lost is given again, also when the delivery was closed meanwhile.
  const carried = { headers: { 'Idempotency-Key': deed.id }, signal: AbortSignal.timeout(timeOut) };
  return deed.kind === 'receive'
    ? ask(api.POST('/api/v1/deliveries/{id}/receipts', { params: { path: { id: deed.delivery } }, body: { items: deed.items }, ...carried }))
    : ask(api.POST('/api/v1/inventory/bin-moves', { body: { node: deed.node, purpose: 'putaway', items: deed.items }, ...carried }));
};

/** What is on this device of the work at the dock: the delivery that is counted, what waits to be sent, and what was refused. Everything is kept before it is shown. */
export function useDock() {
  const queries = useQueryClient();
  const { owner } = useOwner();
  const { value: sheet, put, read: readSheet, show: showSheet, now: sheetNow } = useKept<Sheet | null>('dock', owner, null);
  const { value: last, put: putLast, read: readLast, show: showLast, now: lastNow } = useKept<Last | null>('dockLast', owner, null);
  const { value: clashes, put: putClashes, read: readClashes, show: showClashes, now: clashesNow } = useKept<Clash[]>('dockClashes', owner, noClashes);

  const begin = useCallback(async () => {
    const [stored, booked, own] = await Promise.all([readSheet(), readLast(), readClashes()]);
    return () => {
      showSheet(stored);
      showLast(booked);
      showClashes(own ?? []);
    };
  }, [readSheet, readLast, readClashes, showSheet, showLast, showClashes]);

  const told = useCallback(
    async (w: Waiting, { ok, refused }: Outcome) => {
      if (refused) {
        const fault = refused.fields.find((f) => f.code.startsWith('inventory.') || f.code.startsWith('catalog.'));
        const clash: Clash = { id: w.deed.id, kind: w.deed.kind, code: fault?.code ?? refused.code, detail: fault?.detail ?? refused.message, about: w.about };
        if (!clashesNow().some((c) => c.id === clash.id)) await putClashes([...clashesNow(), clash]);
        if (lastNow()?.id === w.deed.id) await putLast(null);
        return;
      }
      if (w.deed.kind !== 'receive') return;
      const booked = ok as Booked;
      const current = sheetNow();
      if (current?.delivery.id === w.deed.delivery) await put({ ...current, delivery: booked.delivery });
      const before = lastNow();
      if (before?.id === w.deed.id) {
        const forOrders = booked.forOrders.reduce((n, o) => n + o.quantity, 0);
        await putLast({ ...before, answer: { receipts: booked.receipts.map((r) => r.id), forOrders, bin: booked.receipts.find((r) => r.condition === 'damaged')?.bin ?? null } });
      }
    },
    [put, putClashes, putLast, sheetNow, lastNow, clashesNow],
  );
  const flush = useCallback(() => sendEach({ shelf: deviceShelf, owner, send: sendDeed, told }), [owner, told]);
  const after = useCallback(
    (became: Sent, had: boolean) => {
      if (had && became === 'empty') void queries.invalidateQueries({ queryKey: ['dock'] });
    },
    [queries],
  );
  const { waiting, isRead, isOffline, count, send } = useOutbox({ name: 'dock', shelf: deviceShelf, begin, flush, after });

  /** Something was done: it is kept, shown, and sent when it can be. */
  const say = useCallback(
    async (deed: Deed, about: Waiting['about']) => {
      await deviceShelf.add({ owner, deed, about });
      await count();
      void send();
    },
    [owner, count, send],
  );

  const book = useCallback(
    async (entry: Entry, name: string) => {
      const current = sheetNow()!;
      const { deed, sheet: next } = received(current, newKey(), entry);
      const { delivery } = current;
      // What was done is on the shelf before the screen forgets it.
      await deviceShelf.add({ owner, deed, about: { sku: entry.sku, name, units: entry.units, where: titleOf(delivery) } });
      await putLast({ id: deed.id, delivery: delivery.id, sku: entry.sku, name, units: entry.units, damaged: entry.serials.length > 0 ? entry.serials.filter((s) => s.isDamaged).length : entry.damaged, answer: null });
      await count();
      await put(next);
      void send();
    },
    [owner, sheetNow, put, putLast, count, send],
  );

  return {
    sheet, last, waiting, clashes, isRead, isOffline, put, putLast, book, say,
    present: sheetNow,
    settle: (id: string) => putClashes(clashesNow().filter((c) => c.id !== id)),
  };
}

export type Dock = ReturnType<typeof useDock>;

/** What people call a delivery: the sender's number, else who sent it, else the end of its id. */
export const titleOf = (d: Pick<Delivery, 'id' | 'reference' | 'supplier'>): string => d.reference ?? d.supplier ?? `…${d.id.slice(-6)}`;
