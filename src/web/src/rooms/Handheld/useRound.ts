import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { api, ask } from '@house/api/client.ts';
import { ApiError } from '@house/api/problem.ts';
import { keepSession } from '@house/offline/session.ts';
import { inStore, keep, kept } from '@house/offline/store.ts';
import { usePreference } from '@house/preferences.ts';
import { useSession } from '@house/session.tsx';
import { deviceShelf, flush, type Waiting } from './outbox.ts';
import { answered, begun, isFinished, reconciled, stopOf, type Answer, type Command, type Tour, type Walk } from './walk.ts';

/** Something that was done here and was not possible any more; it stays in the list until the person says that it is dealt with. */
export interface OwnClash {
  id: string;
  at: string;
  kind: Command['kind'];
  code: string;
  about: Waiting['about'];
}

const retryAfter = 5000;
const freshFor = 20_000;

/** What is on this device: the walk, what waits to be sent, and what clashed. Everything is kept before it is shown. */
export function useRound() {
  const { session } = useSession();
  const queries = useQueryClient();
  const owner = `${session.merchant ?? ''}|${session.actor}`;
  // Without the token it is somebody this device remembers, and the server was not asked yet.
  const isKnown = session.antiforgeryToken !== null;
  // Who works for several clients of the house goes round once for all of them.
  const [wishesTogether] = usePreference('handheldTogether', false);
  const together = session.merchants.length > 1 && wishesTogether;
  const [walk, setWalk] = useState<Walk | null>(null);
  const [waiting, setWaiting] = useState<Waiting[]>([]);
  const [clashes, setClashes] = useState<OwnClash[]>([]);
  const [isRead, setIsRead] = useState(false);
  /** Counted up when something was done while the rest was being sent. */
  const [sends, setSends] = useState(0);
  const [isReached, setIsReached] = useState(navigator.onLine);
  const present = useRef<{ walk: Walk | null; clashes: OwnClash[]; asked: number; isSending: boolean; isMore: boolean; isElsewhere: boolean }>({ walk: null, clashes: [], asked: 0, isSending: false, isMore: false, isElsewhere: false });

  const put = useCallback(
    async (next: Walk | null) => {
      present.current.walk = next;
      setWalk(next);
      await keep(`walk:${owner}`, next);
    },
    [owner],
  );
  const putClashes = useCallback(
    async (next: OwnClash[]) => {
      present.current.clashes = next;
      setClashes(next);
      await keep(`clashes:${owner}`, next);
    },
    [owner],
  );
  const count = useCallback(async () => setWaiting(await deviceShelf.list(owner)), [owner]);

  useEffect(() => keepSession(session), [session]);
  useEffect(() => {
    let isOver = false;
    const read = async () => {
      const [stored, list, own] = await Promise.all([kept<Walk>(`walk:${owner}`), deviceShelf.list(owner), kept<OwnClash[]>(`clashes:${owner}`)]);
      if (isOver) return;
      Object.assign(present.current, { walk: stored && reconciled(stored, list.map((w) => w.command)), clashes: own ?? [] });
      setWalk(present.current.walk);
      setClashes(present.current.clashes);
      setWaiting(list);
      setIsRead(true);
    };
    read().catch(() => setIsRead(true)); // a browser that keeps nothing: it works as long as there is network
    return () => {
      isOver = true;
    };
  }, [owner]);

  /** Takes what the server says of the tour now; another tour than the present one means that this one is over. */
  const take = useCallback(
    async (node: string, tour: Tour | null | undefined) => {
      present.current.asked = Date.now();
      const before = present.current.walk;
      if (before && !isFinished(before) && before.tour.id !== tour?.id)
        await put({ ...before, todo: [], done: { ...before.done, ...Object.fromEntries(before.todo.map((id) => [id, { kind: 'gone' as const, units: 0 }])) } });
      else if (tour) {
        await put(begun(node, tour, before));
        void keepPictures(tour);
      }
    },
    [put],
  );
  const fetchTour = useCallback(
    (node: string) => {
      // A walk that was taken together is gone on with so, whatever is wished for the next.
      const isTogether = together || (present.current.walk?.tour.stops.some((s) => s.merchant) ?? false);
      return ask(api.POST('/api/v1/nodes/{code}/next-tour', { params: { path: { code: node }, query: isTogether ? { together: true } : {} } }));
    },
    [together],
  );

  const told = useCallback(
    async (pairs: { waiting: Waiting; answer: Answer }[]) => {
      let next = present.current.walk;
      const found: OwnClash[] = [];
      for (const { waiting: w, answer } of pairs) {
        if (next) next = answered(next, w.command, answer);
        // What a bin lacked lies in another: the walk has a stop more.
        if (w.command.kind === 'short' && answer.outcome === 'ok' && answer.left > 0) present.current.isElsewhere = true;
        // What no stop can be asked for again is listed too, or it would be lost.
        const isLost = answer.outcome === 'refused' && w.command.kind !== 'misPick' && w.command.kind !== 'skip' && !(next && stopOf(next, w.command.task));
        if (answer.outcome === 'clash' || isLost) found.push({ id: w.command.id, at: w.command.at ?? new Date().toISOString(), kind: w.command.kind, code: answer.code ?? 'unknown', about: w.about });
      }
      if (next !== present.current.walk) await put(next);
      const known = new Set(present.current.clashes.map((c) => c.id));
      if (found.some((c) => !known.has(c.id))) await putClashes([...present.current.clashes, ...found.filter((c) => !known.has(c.id))]);
    },
    [put, putClashes],
  );

  const send = useCallback(async () => {
    if (present.current.isSending) {
      present.current.isMore = true;
      return;
    }
    Object.assign(present.current, { isSending: true, isMore: false });
    try {
      if (!isKnown) {
        await queries.refetchQueries({ queryKey: ['session'] });
        return;
      }
      const run = () => flush({
        shelf: deviceShelf, owner, answered: told,
        send: async (commands) => (await ask(api.POST('/api/v1/pick-commands', { body: { commands }, signal: AbortSignal.timeout(20_000) }))).answers,
      });
      const became = 'locks' in navigator ? await navigator.locks.request('switchyard-outbox', run) : await run();
      if (became === 'unknown') await queries.refetchQueries({ queryKey: ['session'] });
      setIsReached(became !== 'unreachable');
      const now = present.current.walk;
      if (became === 'empty' && now && now.count === 0 && (present.current.isElsewhere || (!isFinished(now) && Date.now() - present.current.asked > freshFor))) {
        present.current.isElsewhere = false;
        const { node, tour } = await fetchTour(now.node);
        // Something may have been scanned while it was asked: then the answer is old already.
        if (present.current.walk === now && (await deviceShelf.list(owner)).length === 0) await take(node, tour);
      }
    } catch {
      setIsReached(navigator.onLine);
    } finally {
      present.current.isSending = false;
      await count().catch(() => undefined);
      if (present.current.isMore && navigator.onLine) setSends((n) => n + 1);
    }
  }, [isKnown, queries, owner, told, fetchTour, take, count]);

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
    async (next: Walk, commands: readonly Command[]) => {
      const was = present.current.walk!;
      present.current.walk = next;
      for (const command of commands) {
        const stop = stopOf(was, command.task)!;
        await deviceShelf.add({ owner, command, about: { bin: stop.bin ?? null, sku: stop.sku, name: stop.name, number: stop.number, tote: command.tote ?? null, units: command.quantity ?? 0 } });
      }
      // The badge tells of it before the screen goes on.
      if (commands.length > 0) await count();
      await put(next);
      if (commands.length > 0) void send();
    },
    [owner, put, count, send],
  );

  /**
   * Another product goes in place of what lacks at the present stop: only the house knows whether it has it, so nothing waits here. What was done before is said first, since the house must
   * know the walk as it is; then the walk is read anew, with a stop for the other product.
   * @returns Null: the house was not reached, and nothing was changed by this device.
   */
  const instead = useCallback(
    async (command: Command): Promise<Answer | null> => {
      await send();
      if (!isKnown || (await deviceShelf.list(owner)).length > 0) return null;
      try {
        const { answers } = await ask(api.POST('/api/v1/pick-commands', { body: { commands: [command] }, signal: AbortSignal.timeout(20_000) }));
        const answer = answers[0]!;
        if (answer.outcome !== 'refused') {
          const { node, tour } = await fetchTour(present.current.walk!.node);
          await take(node, tour);
        }
        return answer;
      } catch (error) {
        if (error instanceof ApiError && !error.isPassing) throw error;
        setIsReached(navigator.onLine);
        return null;
      }
    },
    [send, isKnown, owner, fetchTour, take],
  );

  return {
    instead,
    walk, waiting, clashes, isRead, isOffline: !isReached || !isKnown, say,
    present: () => present.current.walk,
    /** Takes the next walk (or the one that is the person's already); false when there is nothing to pick. */
    next: async (node: string) => {
      const answer = await fetchTour(node);
      if (present.current.walk) await put(null);
      await take(answer.node, answer.tour);
      return answer.tour != null;
    },
    leave: () => put(null),
    settle: (id: string) => putClashes(present.current.clashes.filter((c) => c.id !== id)),
  };
}

export type Round = ReturnType<typeof useRound>;

/** Pictures of a tour, for when there is no network. One that cannot be fetched is not worth a word: name and code are there. */
async function keepPictures(tour: Tour) {
  for (const url of new Set(tour.stops.flatMap((s) => (s.picture ? [s.picture] : [])))) {
    try {
      if (await inStore('pictures', 'readonly', (s) => s.getKey(url))) continue;
      const answer = await fetch(url);
      if (answer.ok) await inStore('pictures', 'readwrite', putInto(await answer.blob(), url));
    } catch {
      return;
    }
  }
}
const putInto = (blob: Blob, url: string) => (store: IDBObjectStore) => store.put(blob, url);
