import type { Schema } from '@house/api/client.ts';
import { keyOf, type Scan } from '@house/scan/read.ts';
import type { Deed, Waiting } from './deeds.ts';

export type Put = Schema['SuggestPutawayItem'];

const same = (a: string | null | undefined, b: string | null | undefined) => (a ?? '').trim().toUpperCase() === (b ?? '').trim().toUpperCase();

/** What tells one heap from another: product, lot, where it lies. */
export const putKey = (p: Pick<Put, 'sku' | 'lot' | 'from'>): string => `${p.sku.toUpperCase()}\n${p.lot ?? ''}\n${p.from}`;

/** What is still to be put away, without what was done on this device and waits to be sent; the nearest bins together. */
export function leftToPut(items: readonly Put[], waiting: readonly Waiting[]): Put[] {
  const moved = waiting.flatMap((w) => (w.deed.kind === 'move' ? w.deed.items : []));
  const left = items.map((item) => {
    let { quantity } = item;
    let places = item.places;
    for (const move of moved) {
      if (!same(move.sku, item.sku) || (move.lot ?? '') !== (item.lot ?? '') || (move.from ?? 'UNPLACED') !== item.from) continue;
      quantity -= move.quantity ?? 1;
      places = places.map((p) => (same(p.bin, move.to) ? { ...p, quantity: p.quantity - (move.quantity ?? 1) } : p)).filter((p) => p.quantity > 0);
    }
    return { ...item, quantity, places };
  });
  const bin = (p: Put) => p.places[0]?.bin ?? '￿';
  return left.filter((p) => p.quantity > 0).sort((a, b) => (bin(a) < bin(b) ? -1 : bin(a) > bin(b) ? 1 : 0));
}

/** The heaps a scan may mean: several when the product lies in several lots or places. */
export function heapsOf(items: readonly Put[], scan: Scan): Put[] {
  const key = keyOf(scan);
  const found = items.filter((p) => p.codes.some((c) => c.key.toUpperCase() === key) || same(p.sku, scan.text));
  const ofLot = scan.gs1?.lot ? found.filter((p) => same(p.lot, scan.gs1!.lot)) : [];
  return ofLot.length > 0 ? ofLot : found;
}

/** How many go to the place that is suggested first. */
export const usualOf = (put: Put): number => Math.min(put.places[0]?.quantity ?? put.quantity, put.quantity);

/** A bin that was scanned: one that is suggested (as it is written there), the item once more, or some other code. */
export function binScanned(put: Put, scan: Scan): { kind: 'suggested'; bin: string } | { kind: 'item' } | { kind: 'other'; code: string } {
  const place = put.places.find((p) => same(p.bin, scan.text));
  if (place) return { kind: 'suggested', bin: place.bin };
  return heapsOf([put], scan).length > 0 ? { kind: 'item' } : { kind: 'other', code: scan.text };
}

export const moved = (node: string, id: string, put: Put, bin: string, quantity: number): Deed => ({
  kind: 'move', id, node,
  // An empty lot says: those without one.
  items: [{ sku: put.sku, barcode: null, lot: put.lot ?? '', from: put.from, to: bin, quantity, areUnavailable: false, moveId: id }],
});
