import type { Schema } from '@house/api/client.ts';

export type Picture = Schema['ReadLayoutPicture'];
export type Layout = NonNullable<Picture['layout']>;
export type Spot = Schema['ReadLayoutSpot'];

export interface Point {
  x: number;
  y: number;
}

/** Where a bin stands on the floor; nothing where nobody has said it. */
export const placeOf = (spot: Pick<Spot, 'aisle' | 'yMm'> | undefined): { aisle: number; y: number } | null => (spot && spot.aisle !== null && spot.yMm !== null ? { aisle: spot.aisle, y: spot.yMm } : null);

/**
 * The walk from the depot over these places and back, as the corners where it turns. Two places of one aisle are joined along it, others over the
 * cross-aisle that makes the way shortest: the lengths are those of the server's plan.
 */
export function walkOf(layout: Pick<Layout, 'aisleSpacingMm' | 'blocks' | 'blockLengthMm' | 'depotAisle'>, places: readonly { aisle: number; y: number }[]): Point[] {
  const xOf = (aisle: number) => aisle * layout.aisleSpacingMm;
  const crossings = Array.from({ length: layout.blocks + 1 }, (_, k) => k * layout.blockLengthMm);
  const depot = { aisle: layout.depotAisle, y: 0 };
  const points: Point[] = [{ x: xOf(depot.aisle), y: 0 }];
  let at = depot;
  for (const to of [...places, depot]) {
    if (to.aisle !== at.aisle) {
      const cross = crossings.reduce((best, k) => (Math.abs(at.y - k) + Math.abs(to.y - k) < Math.abs(at.y - best) + Math.abs(to.y - best) ? k : best));
      points.push({ x: xOf(at.aisle), y: cross }, { x: xOf(to.aisle), y: cross });
    }
    points.push({ x: xOf(to.aisle), y: to.y });
    at = to;
  }
  return points.filter((p, i) => i === 0 || p.x !== points[i - 1]!.x || p.y !== points[i - 1]!.y);
}

/** How long such a walk is, in millimetres. */
export const lengthOf = (points: readonly Point[]): number => points.slice(1).reduce((sum, p, i) => sum + Math.abs(p.x - points[i]!.x) + Math.abs(p.y - points[i]!.y), 0);

/** How full a bin is, 0 to 5: by what fits where that is known, otherwise empty or not. */
export function fillOf(spot: Pick<Spot, 'units' | 'capacityUnits'>): number {
  if (spot.units === 0) return 0;
  if (spot.capacityUnits === null) return 3;
  return Math.min(5, Math.max(1, Math.ceil((spot.units / spot.capacityUnits) * 5)));
}

/** A bin's rectangle on the floor: beside its aisle, as deep as a shelf, upper levels further outside. */
export function boxOf(spot: Spot, layout: Layout, levels: number, bay: number): { x: number; y: number; width: number; height: number } | null {
  const place = placeOf(spot);
  if (!place) return null;
  const depth = layout.aisleSpacingMm * 0.36;
  const width = depth / levels;
  const middle = place.aisle * layout.aisleSpacingMm;
  const gap = layout.aisleSpacingMm * 0.14;
  const level = Math.min(levels - 1, spot.level);
  const x = spot.side === 'left' ? middle - gap - width * (level + 1) : spot.side === 'right' ? middle + gap + width * level : middle - width / 2;
  return { x, y: place.y - bay / 2, width: width * 0.94, height: bay * 0.92 };
}

/** How long a bin is along its aisle: the least distance between two of one side. */
export function bayOf(spots: readonly Spot[], layout: Layout): number {
  const rows = new Map<string, number[]>();
  for (const s of spots) {
    const place = placeOf(s);
    if (!place) continue;
    const key = `${place.aisle}/${s.side}`;
    const row = rows.get(key);
    if (row) row.push(place.y);
    else rows.set(key, [place.y]);
  }
  let least = layout.blockLengthMm / 6;
  for (const row of rows.values()) {
    const sorted = [...new Set(row)].sort((a, b) => a - b);
    for (let i = 1; i < sorted.length; i++) least = Math.min(least, sorted[i]! - sorted[i - 1]!);
  }
  return Math.max(least, layout.blockLengthMm / 200);
}
