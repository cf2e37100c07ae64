import { useCallback, useRef } from 'react';
import { api, ask, newKey, type Schema } from '@house/api/client.ts';
import { sendEach, shelfOf, type Outcome, type Sent, type Waits } from '@house/offline/shelf.ts';
import { useKept } from '@house/offline/useKept.ts';
import { useOutbox, useOwner } from '@house/offline/useOutbox.ts';
import { keepPicture } from './pictures.ts';
import { after as without, filled, given, next, type Filled, type RefillWalk, type Scanned } from './refill.ts';

export type RefillTask = Schema['TakeRefillRefill'];

/** A face that was filled, and not yet said to the server. */
type Waiting = Waits & Filled;

/** A filling that was refused: the goods are where they are, and somebody must say that it is dealt with. */
export interface RefillClash {
  id: string;
  code: string;
  /** What the server said, for codes without words of their own. */
  detail: string;
  about: Waiting['about'];
}

const deviceShelf = shelfOf<Waiting>('refills');
/** So many tasks more are taken with the one in hand, to go on with while there is no network. */
const ahead = 3;
const noClashes: RefillClash[] = [];

const sendDeed = ({ task, deed }: Waiting) => ask(api.POST('/api/v1/refills/{id}/done', { params: { path: { id: task } }, body: deed, signal: AbortSignal.timeout(20_000) }));

/** What is on this device of filling pick faces: the tasks that were taken, how far the first is scanned, what waits to be sent, and what was refused. Everything is kept before it is shown. */
export function useRefills() {
  const { owner } = useOwner();
  const { value: walk, put, read: readWalk, show: showWalk, now: walkNow } = useKept<RefillWalk | null>('refills', owner, null);
  const { value: clashes, put: putClashes, read: readClashes, show: showClashes, now: clashesNow } = useKept<RefillClash[]>('refillClashes', owner, noClashes);
  const isAsking = useRef(false);

  const begin = useCallback(
    async (list: readonly Waiting[]) => {
      const [stored, own] = await Promise.all([readWalk(), readClashes()]);
      return () => {
        showWalk(stored && given(stored, list.map((w) => w.task)));
        showClashes(own ?? []);
      };
    },
    [readWalk, readClashes, showWalk, showClashes],
  );
  const told = useCallback(
    async (w: Waiting, { refused }: Outcome) => {
      if (!refused || clashesNow().some((c) => c.id === w.task)) return;
      await putClashes([...clashesNow(), { id: w.task, code: refused.code, detail: refused.message, about: w.about }]);
    },
    [clashesNow, putClashes],
  );
  const sendAll = useCallback(() => sendEach({ shelf: deviceShelf, owner, send: sendDeed, told }), [owner, told]);

  /** Takes one's own tasks and the next ones. */
  const take = useCallback(
    async (node: string, flush: () => Promise<Sent>) => {
      isAsking.current = true;
      try {
        const taken = await next({
          waiting: async () => (await deviceShelf.list(owner)).map((w) => w.task), flush, before: walkNow,
          ask: () => ask(api.POST('/api/v1/nodes/{code}/next-refill', { params: { path: { code: node }, query: { ahead } } })),
        });
        if (!taken) return;
        await put(taken);
        for (const task of taken.tasks) if (task.picture) void keepPicture(task.picture);
      } finally {
        isAsking.current = false;
      }
    },
    [owner, put, walkNow],
  );
  const after = useCallback(
    async (became: Sent, had: boolean, flush: () => Promise<Sent>) => {
      const now = walkNow();
      // What was said may have changed what is needed; nobody is asked while something is in hand.
      if (became === 'empty' && had && now && now.seen.from === undefined && !isAsking.current) await take(now.node, flush);
    },
    [walkNow, take],
  );
  const { waiting, isRead, isOffline, count, send, flush, lost } = useOutbox({ name: 'refills', shelf: deviceShelf, begin, flush: sendAll, after });
  const fetch = useCallback((node: string) => take(node, flush), [take, flush]);

  return {
    walk, waiting, clashes, isRead, isOffline, lost, fetch,
    /** How far the first task is scanned. */
    scanned: (seen: Scanned, found: number | null) => put({ ...walkNow()!, seen, found }),
    /** The first task is done: kept, taken off the list, and said when it can be. */
    done: async (to: string | null, found: number | null) => {
      const done = filled(walkNow()!, newKey(), to, found);
      await deviceShelf.add({ owner, ...done });
      await count();
      await put(without(walkNow()!));
      void send();
      return done.about.units;
    },
    /** Whoever goes home has no tasks any more. */
    leave: () => put(null),
    settle: (id: string) => putClashes(clashesNow().filter((c) => c.id !== id)),
  };
}

export type Refills = ReturnType<typeof useRefills>;
