import type { Schema } from '@house/api/client.ts';
import { ApiError } from '@house/api/problem.ts';
import { inStore } from '@house/offline/store.ts';

export type ReceiptItem = Schema['ReceiveGoodsItem'];
export type MoveItem = Schema['MoveBinsItem'];

/** What was done at the dock: under its id the server does it once, however often it is sent. */
export type Deed =
  | { kind: 'receive'; id: string; delivery: string; items: ReceiptItem[] }
  | { kind: 'move'; id: string; node: string; items: MoveItem[] };

/** A deed that was done and not yet said to the server. */
export interface Waiting {
  /** In the order it was done. */
  seq: number;
  /** Who did it, at which merchant: nobody else sends it. */
  owner: string;
  deed: Deed;
  /** What to call it in a list. */
  about: { sku: string; name: string; units: number; where: string };
}

export type Outcome = { ok: unknown; refused?: undefined } | { ok?: undefined; refused: ApiError };
export type Sent = 'empty' | 'unreachable' | 'unknown';

export interface Shelf {
  add(waiting: Omit<Waiting, 'seq'>): Promise<void>;
  list(owner: string): Promise<Waiting[]>;
  remove(seq: number): Promise<void>;
}

export const deviceShelf: Shelf = {
  add: async (waiting) => void (await inStore('deeds', 'readwrite', (s) => s.add(waiting))),
  list: async (owner) => ((await inStore('deeds', 'readonly', (s) => s.getAll())) as Waiting[]).filter((w) => w.owner === owner),
  remove: async (seq) => void (await inStore('deeds', 'readwrite', (s) => s.delete(seq))),
};

interface Line {
  shelf: Shelf;
  owner: string;
  send: (deed: Deed) => Promise<unknown>;
  /** Each outcome, before its deed is taken off the shelf: told twice when the device stops in between. */
  told: (waiting: Waiting, outcome: Outcome) => Promise<void>;
}

/**
 * Sends what waits, one after the other in the order it was done, until nothing waits or the server is not reached. What is refused keeps nothing back: it
 * is told, and the next one is sent.
 */
export async function flush({ shelf, owner, send, told }: Line): Promise<Sent> {
  for (;;) {
    const first = (await shelf.list(owner))[0];
    if (!first) return 'empty';
    let outcome: Outcome;
    try {
      outcome = { ok: await send(first.deed) };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.status === 401 || error.status === 403) return 'unknown';
      if (error.isPassing || error.status >= 500) return 'unreachable';
      outcome = { refused: error };
    }
    await told(first, outcome);
    await shelf.remove(first.seq);
  }
}
