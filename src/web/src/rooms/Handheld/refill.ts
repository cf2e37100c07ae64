import type { Schema } from '@house/api/client.ts';
import type { Sent } from '@house/offline/shelf.ts';
import { keyOf, type Scan } from '@house/scan/read.ts';
import type { Wrong } from './walk.ts';

type Refill = Schema['TakeRefillRefill'];
type Task = Pick<Schema['TakeRefillRefill'], 'from' | 'to' | 'sku' | 'lot' | 'codes'>;

/** What the screen says of a wrong scan. */
export type Told = Pick<Wrong, 'why' | 'is' | 'want'>;

/** What was scanned so far. */
export interface Scanned {
  from?: string;
  item?: string;
  lot?: string;
}

export const stepOfRefill = (seen: Scanned): 'from' | 'item' | 'to' => (seen.from === undefined ? 'from' : seen.item === undefined ? 'item' : 'to');

const same = (a: string, b: string) => a.trim().toUpperCase() === b.trim().toUpperCase();

/** Why this scan is not what is wanted now; null: it is. The house looks again when all is told. */
export function wrongOfRefill(task: Task, seen: Scanned, scan: Scan, key = keyOf(scan)): Told | null {
  const step = stepOfRefill(seen);
  if (step !== 'item') {
    const want = step === 'from' ? task.from : task.to;
    return same(scan.text, want) ? null : { why: 'bin', is: scan.text, want };
  }
  if (!same(scan.text, task.sku) && !task.codes.some((c) => c.key.toUpperCase() === key)) return { why: 'item', is: scan.text, want: task.sku };
  const lot = scan.gs1?.lot;
  return task.lot && lot && lot !== task.lot ? { why: 'lot', is: lot, want: task.lot } : null;
}

/** The tasks that are on this device, the one in hand first. */
export interface RefillWalk {
  node: string;
  tasks: Refill[];
  /** What others may take after these. */
  waiting: number;
  seen: Scanned;
  /** Units that were found, where they were fewer than asked. */
  found: number | null;
  /** Tasks that fell away when it was asked last: nothing is left where they were to take from. */
  fellAway?: readonly Fallen[];
}

type Fallen = Schema['TakeRefillFallen'];

/** What the server has given, taken into what is in hand: the task that is being scanned goes on where it was. */
export function begun(node: string, tasks: readonly Refill[], waiting: number, before: RefillWalk | null, fellAway: readonly Fallen[] = []): RefillWalk {
  const present = before?.tasks[0];
  const isSame = present !== undefined && tasks.some((t) => t.id === present.id);
  const order = isSame ? [...tasks.filter((t) => t.id === present.id), ...tasks.filter((t) => t.id !== present.id)] : [...tasks];
  return { node, tasks: order, waiting, seen: isSame ? before!.seen : {}, found: isSame ? before!.found : null, fellAway };
}

/** Without those that were done here already. */
export function given(walk: RefillWalk, done: readonly string[]): RefillWalk {
  const tasks = walk.tasks.filter((t) => !done.includes(t.id));
  return tasks[0]?.id === walk.tasks[0]?.id ? { ...walk, tasks } : { ...walk, tasks, seen: {}, found: null };
}

/** The first is done. */
export const after = (walk: RefillWalk): RefillWalk => ({ ...walk, tasks: walk.tasks.slice(1), seen: {}, found: null, fellAway: [] });

/** A face that was filled here. */
export interface Filled {
  task: string;
  deed: Schema['DoRefillRequest'];
  about: { sku: string; name: string; units: number; from: string; to: string };
}

/**
 * What is said of the first task.
 * @param id One for one filling: sent again after a lost answer, it is done once.
 * @param found Units that were there, where they were fewer than asked.
 */
export function filled({ tasks, seen }: RefillWalk, id: string, to: string | null, found: number | null): Filled {
  const task = tasks[0]!;
  return {
    task: task.id,
    // As many as were brought, whatever the task asks for by the time it is told.
    deed: { id, from: seen.from ?? task.from, item: seen.item ?? null, lot: seen.lot ?? null, to, found, quantity: found === null ? task.quantity : null },
    about: { sku: task.sku, name: task.name, units: found ?? task.quantity, from: task.from, to: task.to },
  };
}

interface Asking {
  /** Tasks that were done here and not said yet. */
  waiting: () => Promise<string[]>;
  flush: () => Promise<Sent>;
  ask: () => Promise<Schema['TakeRefillResponse']>;
  before: () => RefillWalk | null;
}

/**
 * One's own tasks and the next ones. What was done here is told first, since the next are worked out of what lies where; what was done meanwhile is not among them.
 * @returns Null: it could not be told, so nothing was asked.
 */
export async function next({ waiting, flush, ask, before }: Asking): Promise<RefillWalk | null> {
  if ((await waiting()).length > 0 && (await flush()) !== 'empty') return null;
  const answer = await ask();
  const done = await waiting();
  return given(begun(answer.node, answer.task ? [answer.task, ...answer.ahead] : [], answer.waiting, before(), answer.fellAway), done);
}
