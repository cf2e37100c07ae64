import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { api, ask, newKey, type Schema } from '@house/api/client.ts';
import { keepSession } from '@house/offline/session.ts';
import { keep, kept } from '@house/offline/store.ts';
import { useSession } from '@house/session.tsx';
import { deviceShelf, flush, type Deed, type Outcome, type Waiting } from './deeds.ts';
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

const retryAfter = 5000;
const timeOut = 20_000;

const sendDeed = (deed: Deed): Promise<unknown> => {
  // The id is the key as well: an answer that was lost is given again, also when the delivery was closed meanwhile.
  const carried = { headers: { 'Idempotency-Key': deed.id }, signal: AbortSignal.timeout(timeOut) };
  return deed.kind === 'receive'
    ? ask(api.POST('/api/v1/deliveries/{id}/receipts', { params: { path: { id: deed.delivery } }, body: { items: deed.items }, ...carried }))
    : ask(api.POST('/api/v1/inventory/bin-moves', { body: { node: deed.node, purpose: 'putaway', items: deed.items }, ...carried }));
};

/** What is on this device of the work at the dock: the delivery that is counted, what waits to be sent, and what was refused. Everything is kept before it is shown. */
export function useDock() {
  const { session } = useSession();
  const queries = useQueryClient();
  const owner = `${session.merchant ?? ''}|${session.actor}`;
  // Without the token it is somebody this device remembers, and the server was not asked yet.
  const isKnown = session.antiforgeryToken !== null;
  const [sheet, setSheet] = useState<Sheet | null>(null);
  const [last, setLast] = useState<Last | null>(null);
  const [waiting, setWaiting] = useState<Waiting[]>([]);
  const [clashes, setClashes] = useState<Clash[]>([]);
  const [isRead, setIsRead] = useState(false);
  const [isReached, setIsReached] = useState(navigator.onLine);
  const [sends, setSends] = useState(0);
  const now = useRef<{ sheet: Sheet | null; last: Last | null; clashes: Clash[]; isSending: boolean; isMore: boolean }>({ sheet: null, last: null, clashes: [], isSending: false, isMore: false });

  const put = useCallback(
    async (next: Sheet | null) => {
      now.current.sheet = next;
      setSheet(next);
      await keep(`dock:${owner}`, next);
    },
    [owner],
  );
  const putLast = useCallback(
    async (next: Last | null) => {
      now.current.last = next;
      setLast(next);
      await keep(`dockLast:${owner}`, next);
    },
    [owner],
  );
  const putClashes = useCallback(
    async (next: Clash[]) => {
      now.current.clashes = next;
      setClashes(next);
      await keep(`dockClashes:${owner}`, next);
    },
    [owner],
  );
  const count = useCallback(async () => setWaiting(await deviceShelf.list(owner)), [owner]);

  useEffect(() => keepSession(session), [session]);
  useEffect(() => {
    let isOver = false;
    const read = async () => {
      const [stored, booked, list, own] = await Promise.all([kept<Sheet>(`dock:${owner}`), kept<Last>(`dockLast:${owner}`), deviceShelf.list(owner), kept<Clash[]>(`dockClashes:${owner}`)]);
      if (isOver) return;
      Object.assign(now.current, { sheet: stored, last: booked, clashes: own ?? [] });
      setSheet(stored);
      setLast(booked);
      setClashes(own ?? []);
      setWaiting(list);
      setIsRead(true);
    };
    read().catch(() => setIsRead(true)); // a browser that keeps nothing: it works as long as there is network
    return () => {
      isOver = true;
    };
  }, [owner]);

  const told = useCallback(
    async (w: Waiting, { ok, refused }: Outcome) => {
      if (refused) {
        const fault = refused.fields.find((f) => f.code.startsWith('inventory.') || f.code.startsWith('catalog.'));
        const clash: Clash = { id: w.deed.id, kind: w.deed.kind, code: fault?.code ?? refused.code, detail: fault?.detail ?? refused.message, about: w.about };
        if (!now.current.clashes.some((c) => c.id === clash.id)) await putClashes([...now.current.clashes, clash]);
        if (now.current.last?.id === w.deed.id) await putLast(null);
        return;
      }
      if (w.deed.kind !== 'receive') return;
      const booked = ok as Booked;
      const current = now.current.sheet;
      if (current?.delivery.id === w.deed.delivery) await put({ ...current, delivery: booked.delivery });
      if (now.current.last?.id === w.deed.id) {
        const forOrders = booked.forOrders.reduce((n, o) => n + o.quantity, 0);
        await putLast({ ...now.current.last, answer: { receipts: booked.receipts.map((r) => r.id), forOrders, bin: booked.receipts.find((r) => r.condition === 'damaged')?.bin ?? null } });
      }
    },
    [put, putClashes, putLast],
  );

  const send = useCallback(async () => {
    if (now.current.isSending) {
      now.current.isMore = true;
      return;
    }
    Object.assign(now.current, { isSending: true, isMore: false });
    try {
      if (!isKnown) {
        await queries.refetchQueries({ queryKey: ['session'] });
        return;
      }
      const had = (await deviceShelf.list(owner)).length > 0;
      const run = () => flush({ shelf: deviceShelf, owner, send: sendDeed, told });
      const became = 'locks' in navigator ? await navigator.locks.request('switchyard-dock', run) : await run();
      if (became === 'unknown') await queries.refetchQueries({ queryKey: ['session'] });
      // With nothing to send, whether there is a way is the browser's to say.
      setIsReached(had ? became !== 'unreachable' : navigator.onLine);
      if (had && became === 'empty') void queries.invalidateQueries({ queryKey: ['dock'] });
    } catch {
      setIsReached(navigator.onLine);
    } finally {
      now.current.isSending = false;
      await count().catch(() => undefined);
      if (now.current.isMore && navigator.onLine) setSends((n) => n + 1);
    }
  }, [isKnown, queries, owner, told, count]);

  useEffect(() => {
    if (!isRead) return;
    void send();
    const back = () => void send();
    const gone = () => setIsReached(false);
    addEventListener('online', back);
    addEventListener('offline', gone);
    const timer = setInterval(back, retryAfter);
    return () => {
      removeEventListener('online', back);
      removeEventListener('offline', gone);
      clearInterval(timer);
    };
  }, [isRead, send, sends]);

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
      const current = now.current.sheet!;
      const { deed, sheet: next } = received(current, newKey(), entry);
      const { delivery } = current;
      // What was done is on the shelf before the screen forgets it.
      await deviceShelf.add({ owner, deed, about: { sku: entry.sku, name, units: entry.units, where: titleOf(delivery) } });
      await putLast({ id: deed.id, delivery: delivery.id, sku: entry.sku, name, units: entry.units, damaged: entry.serials.length > 0 ? entry.serials.filter((s) => s.isDamaged).length : entry.damaged, answer: null });
      await count();
      await put(next);
      void send();
    },
    [owner, put, putLast, count, send],
  );

  return {
    sheet, last, waiting, clashes, isRead, isOffline: !isReached || !isKnown, put, putLast, book, say,
    present: () => now.current.sheet,
    settle: (id: string) => putClashes(now.current.clashes.filter((c) => c.id !== id)),
  };
}

export type Dock = ReturnType<typeof useDock>;

/** What people call a delivery: the sender's number, else who sent it, else the end of its id. */
export const titleOf = (d: Pick<Delivery, 'id' | 'reference' | 'supplier'>): string => d.reference ?? d.supplier ?? `…${d.id.slice(-6)}`;
