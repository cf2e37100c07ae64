import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useSession } from '../session.tsx';
import { keepSession } from './session.ts';
import type { Sent, Shelf, Waits } from './shelf.ts';

const retryAfter = 5000;

/** Whose device it is: what is kept and what waits is theirs, at this merchant. */
export function useOwner() {
  const { session } = useSession();
  // Without the token it is somebody this device remembers, and the server was not asked yet.
  return { owner: `${session.merchant ?? ''}|${session.actor}`, isKnown: session.antiforgeryToken !== null };
}

interface Outbox<W extends Waits> {
  /** One sender of this name is at work on the device, whatever windows are open. */
  name: string;
  shelf: Shelf<W>;
  /** Reads what else this device keeps; what it gives back shows it, unless the page is gone by then. */
  begin: (waiting: readonly W[]) => Promise<() => void>;
  /** Sends what waits. */
  flush: () => Promise<Sent>;
  /** After each look. `had`: something had waited. What it throws means that the server is out of reach. */
  after: (became: Sent, had: boolean, flush: () => Promise<Sent>) => Promise<void> | void;
}

/**
 * What is done on this device without waiting for the server: it is read from the shelf when a page begins, sent by one sender at a time, in order, when
 * something was done, when the network is back and every few seconds, and counted for the badge. The functions stay the same as long as the owner does; the `flush`
 * that is handed out is the one sender.
 */
export function useOutbox<W extends Waits>({ name, shelf, begin, flush: sendAll, after }: Outbox<W>) {
  const { session } = useSession();
  const queries = useQueryClient();
  const { owner, isKnown } = useOwner();
  const [waiting, setWaiting] = useState<W[]>([]);
  const [isRead, setIsRead] = useState(false);
  const [isReached, setIsReached] = useState(navigator.onLine);
  /** Counted up when something was done while the rest was being sent. */
  const [sends, setSends] = useState(0);
  const now = useRef({ isSending: false, isMore: false });
  const flush = useCallback(async (): Promise<Sent> => ('locks' in navigator ? await navigator.locks.request(`switchyard-${name}`, sendAll) : await sendAll()), [name, sendAll]);
  const count = useCallback(async () => setWaiting(await shelf.list(owner)), [shelf, owner]);
  const lost = useCallback(() => setIsReached(navigator.onLine), []);

  useEffect(() => keepSession(session), [session]);
  useEffect(() => {
    let isOver = false;
    const read = async () => {
      const list = await shelf.list(owner);
      const show = await begin(list);
      if (isOver) return;
      show();
      setWaiting(list);
      setIsRead(true);
    };
    read().catch(() => setIsRead(true)); // a browser that keeps nothing: it works as long as there is network
    return () => {
      isOver = true;
    };
  }, [shelf, owner, begin]);

  const send = useCallback(async () => {
    if (now.current.isSending) {
      now.current.isMore = true;
      return;
    }
    now.current = { isSending: true, isMore: false };
    try {
      if (!isKnown) {
        await queries.refetchQueries({ queryKey: ['session'] });
        return;
      }
      const had = (await shelf.list(owner)).length > 0;
      const became = await flush();
      if (became === 'unknown') await queries.refetchQueries({ queryKey: ['session'] });
      // With nothing to send, whether there is a way is the browser's to say.
      setIsReached(had ? became !== 'unreachable' : navigator.onLine);
      await after(became, had, flush);
    } catch {
      lost();
    } finally {
      now.current.isSending = false;
      await count().catch(() => undefined);
      if (now.current.isMore && navigator.onLine) setSends((n) => n + 1);
    }
  }, [shelf, owner, isKnown, queries, flush, after, count, lost]);

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

  return { waiting, isRead, isOffline: !isReached || !isKnown, count, send, flush, lost };
}
