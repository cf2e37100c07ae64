import { ApiError } from '@house/api/problem.ts';
import { shelfOf, type Sent, type Shelf, type Waits } from '@house/offline/shelf.ts';
import type { Answer, Command } from './walk.ts';

/** A command that was given and not yet said to the server. */
export interface Waiting extends Waits {
  command: Command;
  /** What to call it in a list. */
  about: { bin: string | null; sku: string; name: string; number: string; tote: string | null; units: number };
}

export const deviceShelf = shelfOf<Waiting>('outbox');

const most = 50;

interface Line {
  shelf: Shelf<Waiting>;
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
      if (!isUnreadable(error)) return 'unreachable';
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
          if (!(again instanceof ApiError) || !isUnreadable(again)) return 'unreachable';
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

/** Anything else passes: not reached, not able to answer now, or sent before and still being worked on. */
const isUnreadable = (error: ApiError) => [400, 413, 422].includes(error.status);

const unreadable = (command: Command, error: ApiError): Answer => ({ id: command.id, outcome: 'refused', code: error.code, detail: error.message, left: 0, isRepeat: false });
