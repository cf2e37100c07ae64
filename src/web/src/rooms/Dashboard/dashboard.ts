import type { Tone } from '@house/parts/Status.tsx';
import type { Schema } from '@house/api/client.ts';

export type Dashboard = Schema['ReadDashboardResponse'];
export type Tile = Schema['ReadDashboardTile'];
type Day = Schema['ReadDashboardDay'];

/** What the bars show: orders, units, or what was taken in one currency ("GBP"). */
export type Measure = 'orders' | 'units' | (string & {});

const tones: Record<string, Tone> = { late: 'bad', atRisk: 'warn', held: 'hold', unassigned: 'hold', short: 'warn', unpaid: 'warn' };

/** A figure has a tone only while something waits: nothing late is good news, not a red nought. */
export const toneOfTile = (tile: Pick<Tile, 'key' | 'count'>): Tone | null => (tile.count === 0 ? null : (tones[tile.key] ?? null));

/** What stops orders comes before what they bring. */
const first = ['late', 'atRisk', 'toShipToday', 'held', 'unassigned', 'short', 'unpaid', 'ordersToday'];

export const inOrder = (tiles: readonly Tile[]): Tile[] => [...tiles].sort((a, b) => placeOf(a) - placeOf(b));
const placeOf = (tile: Tile) => (first.includes(tile.key) ? first.indexOf(tile.key) : first.length);

/** The currencies there are amounts in; none for whoever may not see prices. */
export const currenciesOf = (rows: readonly { currency: string; totalMinor?: number | null }[]): string[] =>
  [...new Set(rows.filter((r) => typeof r.totalMinor === 'number').map((r) => r.currency))].sort();

const valueOf = (row: { currency: string; orders: number; units: number; totalMinor?: number | null }, by: Measure): number =>
  by === 'orders' ? row.orders : by === 'units' ? row.units : row.currency === by ? (row.totalMinor ?? 0) : 0;

/** One bar a day: days on which nothing was sold have a bar of nought, so that the time is not bent. */
export function daysOf(trend: readonly Day[], by: Measure): { date: string; value: number }[] {
  const sums = new Map<string, number>();
  for (const day of trend) sums.set(day.date, (sums.get(day.date) ?? 0) + valueOf(day, by));
  const known = [...sums.keys()].sort();
  if (known.length === 0) return [];
  const days: { date: string; value: number }[] = [];
  const last = Date.parse(known.at(-1)!);
  for (let at = Date.parse(known[0]!); at <= last; at += 86_400_000) {
    const date = new Date(at).toISOString().slice(0, 10);
    days.push({ date, value: sums.get(date) ?? 0 });
  }
  return days;
}

export function channelsOf(shares: Dashboard['channels'], by: Measure): { name: string; value: number }[] {
  const sums = new Map<string, number>();
  for (const share of shares) sums.set(share.name, (sums.get(share.name) ?? 0) + valueOf(share, by));
  return [...sums].map(([name, value]) => ({ name, value })).sort((a, b) => b.value - a.value);
}
