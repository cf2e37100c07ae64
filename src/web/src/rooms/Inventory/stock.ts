import type { Schema } from '@house/api/client.ts';

export type Level = Schema['LevelView'];
export type Stock = Schema['StockView'];
export type StockAtNode = Schema['StockAtNode'];
export type LedgerEntry = Schema['LedgerEntry'];

/** The buckets in the order in which people count: what is there, what of it is taken, what is left. */
export const buckets = ['onHand', 'unavailable', 'reserved', 'allocated', 'earmarked', 'safety', 'available'] as const;
export type Bucket = (typeof buckets)[number];

export const pageOf = (sku: string) => `/inventory/${encodeURIComponent(sku)}`;

/** Of two kinds: what came or left, and what was only promised or set aside. */
const goods = ['adjusted', 'counted', 'fed', 'sold', 'received', 'restocked', 'transferred', 'repaired'];
const claims = ['allocated', 'deallocated', 'reserved', 'reservationReleased', 'reservationExpired', 'reservationConverted', 'earmarked', 'unearmarked'];
export const movementGroups = ['goods', 'claims', 'condition'] as const;
export type MovementGroup = (typeof movementGroups)[number];
export const groupOf = (kind: string): MovementGroup => (goods.includes(kind) ? 'goods' : claims.includes(kind) ? 'claims' : 'condition');

/** The buckets a movement changed, by how much. */
export function deltasOf(entry: LedgerEntry): [Bucket, number][] {
  const all: [Bucket, number][] = [
    ['onHand', entry.onHandDelta],
    ['unavailable', entry.unavailableDelta],
    ['reserved', entry.reservedDelta],
    ['allocated', entry.allocatedDelta],
    ['earmarked', entry.earmarkedDelta],
    ['safety', entry.safetyDelta],
  ];
  return all.filter(([, delta]) => delta !== 0);
}

/** By how much a wish changes a bucket; null while it is not a whole number that can be. */
export function deltaOf(mode: 'by' | 'to', typed: number | null, now: number): number | null {
  if (typed === null || !Number.isInteger(typed)) return null;
  if (mode === 'by') return typed;
  return typed < 0 ? null : typed - now;
}
