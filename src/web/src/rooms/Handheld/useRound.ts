import { useCallback, useRef } from 'react';
import { api, ask } from '@house/api/client.ts';
import { ApiError } from '@house/api/problem.ts';
import type { Sent } from '@house/offline/shelf.ts';
import { useKept } from '@house/offline/useKept.ts';
import { useOutbox, useOwner } from '@house/offline/useOutbox.ts';
import { usePreference } from '@house/preferences.ts';
import { useSession } from '@house/session.tsx';
import { deviceShelf, flush as sendAll, type Waiting } from './outbox.ts';
import { keepPicture } from './pictures.ts';
import { answered, begun, isFinished, reconciled, stopOf, type Answer, type Command, type Tour, type Walk } from './walk.ts';

/** Something that was done here and was not possible any more; it stays in the list until the person says that it is dealt with. */
export interface OwnClash {
  id: string;
  at: string;
  kind: Command['kind'];
  code: string;
  about: Waiting['about'];
}

const freshFor = 20_000;
const noClashes: OwnClash[] = [];

/** What is on this device: the walk, what waits to be sent, and what clashed. Everything is kept before it is shown. */
export function useRound() {
  const { session } = useSession();
  const { owner, isKnown } = useOwner();
  // Who works for several clients of the house goes round once for all of them.
  const [wishesTogether] = usePreference('handheldTogether', false);
  const together = session.merchants.length > 1 && wishesTogether;
  const { value: walk, put, read: readWalk, show: showWalk, note: noteWalk, now: walkNow } = useKept<Walk | null>('walk', owner, null);
  const { value: clashes, put: putClashes, read: readClashes, show: showClashes, now: clashesNow } = useKept<OwnClash[]>('clashes', owner, noClashes);
  const present = useRef({ asked: 0, isElsewhere: false });

  const begin = useCallback(
    async (list: readonly Waiting[]) => {
      const [stored, own] = await Promise.all([readWalk(), readClashes()]);
      return () => {
        showWalk(stored && reconciled(stored, list.map((w) => w.command)));
        showClashes(own ?? []);
      };
    },
    [readWalk, readClashes, showWalk, showClashes],
  );

  /** Takes what the server says of the tour now; another tour than the present one means that this one is over. */
  const take = useCallback(
    async (node: string, tour: Tour | null | undefined) => {
      present.current.asked = Date.now();
      const before = walkNow();
      if (before && !isFinished(before) && before.tour.id !== tour?.id)
        await put({ ...before, todo: [], done: { ...before.done, ...Object.fromEntries(before.todo.map((id) => [id, { kind: 'gone' as const, units: 0 }])) } });
      else if (tour) {
        await put(begun(node, tour, before));
        void keepPictures(tour);
      }
    },
    [put, walkNow],
  );
  const fetchTour = useCallback(
    (node: string) => {
      // A walk that was taken together is gone on with so, whatever is wished for the next.
      const isTogether = together || (walkNow()?.tour.stops.some((s) => s.merchant) ?? false);
      return ask(api.POST('/api/v1/nodes/{code}/next-tour', { params: { path: { code: node }, query: isTogether ? { together: true } : {} } }));
    },
    [together, walkNow],
  );

  const told = useCallback(
    async (pairs: { waiting: Waiting; answer: Answer }[]) => {
      let next = walkNow();
      const found: OwnClash[] = [];
      for (const { waiting: w, answer } of pairs) {
        if (next) next = answered(next, w.command, answer);
        // What a bin lacked lies in another: the walk has a stop more.
        if (w.command.kind === 'short' && answer.outcome === 'ok' && answer.left > 0) present.current.isElsewhere = true;
        // What no stop can be asked for again is listed too, or it would be lost.
        const isLost = answer.outcome === 'refused' && w.command.kind !== 'misPick' && w.command.kind !== 'skip' && !(next && stopOf(next, w.command.task));
        if (answer.outcome === 'clash' || isLost) found.push({ id: w.command.id, at: w.command.at ?? new Date().toISOString(), kind: w.command.kind, code: answer.code ?? 'unknown', about: w.about });
      }
      if (next !== walkNow()) await put(next);
      const known = new Set(clashesNow().map((c) => c.id));
      if (found.some((c) => !known.has(c.id))) await putClashes([...clashesNow(), ...found.filter((c) => !known.has(c.id))]);
    },
    [put, putClashes, walkNow, clashesNow],
  );

  const flush = useCallback(
    () => sendAll({
      shelf: deviceShelf, owner, answered: told,
      send: async (commands) => (await ask(api.POST('/api/v1/pick-commands', { body: { commands }, signal: AbortSignal.timeout(20_000) }))).answers,
    }),
    [owner, told],
  );
  const after = useCallback(
    async (became: Sent) => {
      const now = walkNow();
      if (became !== 'empty' || !now || now.count > 0 || (!present.current.isElsewhere && (isFinished(now) || Date.now() - present.current.asked <= freshFor))) return;
      present.current.isElsewhere = false;
      const { node, tour } = await fetchTour(now.node);
      // Something may have been scanned while it was asked: then the answer is old already.
      if (walkNow() === now && (await deviceShelf.list(owner)).length === 0) await take(node, tour);
    },
    [owner, walkNow, fetchTour, take],
  );
  const { waiting, isRead, isOffline, count, send, lost } = useOutbox({ name: 'outbox', shelf: deviceShelf, begin, flush, after });

  /** Something was done: it is kept, shown, and sent when it can be. */
  const say = useCallback(
    async (next: Walk, commands: readonly Command[]) => {
      const was = walkNow()!;
      noteWalk(next);
      for (const command of commands) {
        const stop = stopOf(was, command.task)!;
        await deviceShelf.add({ owner, command, about: { bin: stop.bin ?? null, sku: stop.sku, name: stop.name, number: stop.number, tote: command.tote ?? null, units: command.quantity ?? 0 } });
      }
      // The badge tells of it before the screen goes on.
      if (commands.length > 0) await count();
      await put(next);
      if (commands.length > 0) void send();
    },
    [owner, walkNow, noteWalk, put, count, send],
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
          const { node, tour } = await fetchTour(walkNow()!.node);
          await take(node, tour);
        }
        return answer;
      } catch (error) {
        if (error instanceof ApiError && !error.isPassing) throw error;
        lost();
        return null;
      }
    },
    [send, isKnown, owner, walkNow, fetchTour, take, lost],
  );

  return {
    instead,
    walk, waiting, clashes, isRead, isOffline, say,
    present: walkNow,
    /** Takes the next walk (or the one that is the person's already); false when there is nothing to pick. */
    next: async (node: string) => {
      const answer = await fetchTour(node);
      if (walkNow()) await put(null);
      await take(answer.node, answer.tour);
      return answer.tour != null;
    },
    leave: () => put(null),
    settle: (id: string) => putClashes(clashesNow().filter((c) => c.id !== id)),
  };
}

export type Round = ReturnType<typeof useRound>;

/** Pictures of a tour, as long as they can be had. */
async function keepPictures(tour: Tour) {
  for (const url of new Set(tour.stops.flatMap((s) => (s.picture ? [s.picture] : [])))) if (!(await keepPicture(url))) return;
}
