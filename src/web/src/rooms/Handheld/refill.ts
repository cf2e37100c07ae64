import type { Schema } from '@house/api/client.ts';
import { keyOf, type Scan } from '@house/scan/read.ts';
import type { Wrong } from './walk.ts';

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
