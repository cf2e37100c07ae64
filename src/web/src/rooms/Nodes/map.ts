import type { Schema } from '@house/api/client.ts';
import type { Node } from './nodes.ts';

export type Load = Schema['ReadLoadsNodeLoad'];
export type State = 'working' | 'full' | 'closed';

/** Does it take orders, and is there room for more today? */
export const stateOf = (node: Pick<Node, 'isActive'>, load: Load | undefined): State =>
  !node.isActive ? 'closed' : load && load.dailyCapacity !== null && load.givenToday >= load.dailyCapacity ? 'full' : 'working';

/** A place on the sheet: degrees to the east, and degrees to the south as Mercator stretches them. */
export interface Spot {
  x: number;
  y: number;
}

/** How many units of land.json make a degree. */
export const unitsADegree = 25;

const mostLatitude = 84;

export function spotOf(latitude: number, longitude: number): Spot {
  const lat = Math.max(-mostLatitude, Math.min(mostLatitude, latitude));
  return { x: longitude, y: -(180 / Math.PI) * Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)) };
}

/** The place of a spot, to 4 decimals: some 10 metres. */
export function placeOf({ x, y }: Spot): { latitude: number; longitude: number } {
  const latitude = (360 / Math.PI) * Math.atan(Math.exp((-y * Math.PI) / 180)) - 90;
  const round = (n: number) => Math.round(n * 10_000) / 10_000;
  return { latitude: round(latitude), longitude: round(((((x + 180) % 360) + 360) % 360) - 180) };
}

/** What is seen: its middle, and how many degrees wide. */
export interface View {
  x: number;
  y: number;
  span: number;
}

const leastSpan = 1.5;
const mostSpan = 360;
export const spanOf = (span: number) => Math.min(mostSpan, Math.max(leastSpan, span));

/** All spots with some room around them, on a sheet so many times as wide as high. */
export function viewOf(spots: Spot[], shape: number): View {
  if (spots.length === 0) return { x: 10, y: -30, span: 200 };
  const xs = spots.map((s) => s.x);
  const ys = spots.map((s) => s.y);
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  return { x: (left + right) / 2, y: (top + bottom) / 2, span: spanOf(Math.max(spots.length === 1 ? 12 : 4, (right - left) * 1.35, (bottom - top) * 1.35 * shape)) };
}

/** Where a spot is on the sheet, as shares of its width and height. */
export const shareOf = (spot: Spot, view: View, shape: number) => ({ left: (spot.x - view.x) / view.span + 0.5, top: ((spot.y - view.y) / view.span) * shape + 0.5 });

/** The spot under a share of the sheet. */
export const spotAt = (left: number, top: number, view: View, shape: number): Spot => ({ x: view.x + (left - 0.5) * view.span, y: view.y + ((top - 0.5) * view.span) / shape });

export interface Cluster<T> extends Spot {
  members: T[];
}

/** Those that would lie over one another stand together: nearer than so wide and so high, since a pin has its code beside it. */
export function clustersOf<T extends Spot>(items: T[], wide: number, high: number): Cluster<T>[] {
  const clusters: Cluster<T>[] = [];
  for (const item of items) {
    const found = clusters.find((c) => Math.abs(c.x - item.x) < wide && Math.abs(c.y - item.y) < high);
    if (found) found.members.push(item);
    else clusters.push({ x: item.x, y: item.y, members: [item] });
  }
  return clusters.map((c) => ({ ...c, x: c.members.reduce((sum, m) => sum + m.x, 0) / c.members.length, y: c.members.reduce((sum, m) => sum + m.y, 0) / c.members.length }));
}
