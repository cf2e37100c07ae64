import { ApiError } from '../api/problem.ts';
import { inStore, type StoreName } from './store.ts';

/** Something that was done and not yet said to the server. */
export interface Waits {
  /** In the order it was done. */
  seq: number;
  /** Who did it, at which merchant: nobody else sends it. */
  owner: string;
}

export interface Shelf<W extends Waits> {
  add(waiting: Omit<W, 'seq'>): Promise<void>;
  list(owner: string): Promise<W[]>;
  remove(seqs: readonly number[]): Promise<void>;
}

/** What waits in one store of this device. */
export const shelfOf = <W extends Waits>(store: StoreName): Shelf<W> => ({
  add: async (waiting) => void (await inStore(store, 'readwrite', (s) => s.add(waiting))),
  list: async (owner) => ((await inStore(store, 'readonly', (s) => s.getAll())) as W[]).filter((w) => w.owner === owner),
  remove: async (seqs) => {
    if (seqs.length > 0)
      await inStore(store, 'readwrite', (s) => {
        let last: IDBRequest<undefined> | null = null;
        for (const seq of seqs) last = s.delete(seq);
        return last!;
      });
  },
});

/** How far a sender came: nothing waits, the server was not reached, or it does not know who asks. */
export type Sent = 'empty' | 'unreachable' | 'unknown';
export type Outcome<T = unknown> = { ok: T; refused?: undefined } | { ok?: undefined; refused: ApiError };

interface Line<W extends Waits, T> {
  shelf: Shelf<W>;
  owner: string;
  send: (waiting: W) => Promise<T>;
  /** Each outcome, before what it is of is taken off the shelf: told twice when the device stops in between. */
  told: (waiting: W, outcome: Outcome<T>) => Promise<void>;
}

/**
 * Sends what waits, one after the other in the order it was done, until nothing waits or the server is not reached. What is refused keeps nothing back: it
 * is told, and the next one is sent.
 */
export async function sendEach<W extends Waits, T>({ shelf, owner, send, told }: Line<W, T>): Promise<Sent> {
  for (;;) {
    const first = (await shelf.list(owner))[0];
    if (!first) return 'empty';
    let outcome: Outcome<T>;
    try {
      outcome = { ok: await send(first) };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.status === 401 || error.status === 403) return 'unknown';
      // Sent before and still being worked on counts as passing: its answer comes with the next try.
      if (error.isPassing || error.status >= 500 || error.code === 'request.in_progress') return 'unreachable';
      outcome = { refused: error };
    }
    await told(first, outcome);
    await shelf.remove([first.seq]);
  }
}
