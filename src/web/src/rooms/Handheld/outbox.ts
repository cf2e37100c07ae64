import { ApiError } from '@house/api/problem.ts';
import { inStore } from '@house/offline/store.ts';
import type { Answer, Command } from './walk.ts';

/** Something that was done and not yet said to the server. */
export interface Waiting {
  /** In the order it was done. */
  seq: number;
  /** Who did it, at which merchant: nobody else sends it. */
  owner: string;
  command: Command;
  /** What to call it in a list. */
  about: { bin: string | null; sku: string; name: string; number: string; tote: string | null; units: number };
}

export interface Shelf {
  add(waiting: Omit<Waiting, 'seq'>): Promise<void>;
  list(owner: string): Promise<Waiting[]>;
  remove(seqs: readonly number[]): Promise<void>;
}

export const deviceShelf: Shelf = {
  add: async (waiting) => void (await inStore('outbox', 'readwrite', (s) => s.add(waiting))),
  list: async (owner) => ((await inStore('outbox', 'readonly', (s) => s.getAll())) as Waiting[]).filter((w) => w.owner === owner),
  remove: async (seqs) => {
    if (seqs.length > 0)
      await inStore('outbox', 'readwrite', (s) => {
        let last: IDBRequest<undefined> | null = null;
        for (const seq of seqs) last = s.delete(seq);
        return last!;
      });
  },
};

export type Sent = 'empty' | 'unreachable' | 'unknown';
const most = 50;

interface Line {
  shelf: Shelf;
  owner: string;
  send: (commands: Command[]) => Promise<readonly Answer[]>;
  /** Each answer, in order, before what it answers is taken off the shelf: told twice when the device stops in between. */
  answered: (pairs: { waiting: Waiting; answer: Answer }[]) => Promise<void>;
}

/**
 * Sends what waits, in the order it was done, until nothing waits or the server is not reached. Commands carry their own ids, so that sending one twice does
 * it once. One that the server cannot read never keeps the others back.
 */
export async function flush({ shelf, owner, send, answered }: Line): Promise<Sent> {
  let size = most;
  for (;;) {
    const batch = (await shelf.list(owner)).slice(0, size);
    if (batch.length === 0) return 'empty';
    let answers: readonly Answer[];
    try {
      answers = await send(batch.map((w) => w.command));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.status === 401 || error.status === 403) return 'unknown';
      if (error.status !== 400 && error.status !== 413 && error.status !== 422) return 'unreachable';
      if (batch.length > 1) {
        size = 1;
        continue;
      }
      // The clock of a device may be ahead: then the server's time is as good.
      const { at, ...timeless } = batch[0]!.command;
      if (at !== undefined && error.fields.some((f) => f.pointer.endsWith('/at'))) {
        try {
          answers = await send([timeless as Command]);
        } catch (again) {
          if (!(again instanceof ApiError) || again.isPassing) return 'unreachable';
          answers = [unreadable(timeless as Command, again)];
        }
      } else answers = [unreadable(batch[0]!.command, error)];
    }
    const byId = new Map(answers.map((a) => [a.id.toLowerCase(), a]));
    const pairs = batch.flatMap((waiting) => {
      const answer = byId.get(waiting.command.id.toLowerCase());
      return answer ? [{ waiting, answer }] : [];
    });
    if (pairs.length === 0) return 'unreachable';
    await answered(pairs);
    await shelf.remove(pairs.map((p) => p.waiting.seq));
    if (pairs.length < batch.length) return 'unreachable';
  }
}

const unreadable = (command: Command, error: ApiError): Answer => ({ id: command.id, outcome: 'refused', code: error.code, detail: error.message, left: 0, isRepeat: false });
