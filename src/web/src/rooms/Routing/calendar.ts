import type { Schema } from '@house/api/client.ts';

/** A day of a month as it is shown. */
export interface Day {
  date: string;
  works: boolean;
  isHoliday: boolean;
  /** Before what the server tells about: nothing is promised there any more. */
  isPast: boolean;
  opens: string | null;
  closes: string | null;
  capacity: number | null;
  parcels: number | null;
  isFull: boolean;
}

const dayMs = 86_400_000;

/** The months these days are in, as 2026-11. */
export const monthsOn = (dates: readonly string[]): string[] => [...new Set(dates.map((d) => d.slice(0, 7)))];

/** The weeks of a month from Monday on; null where a week reaches beyond it. */
export function monthOf(month: string, days: readonly Schema['ReadNodeDaysDay'][], holidays: readonly (string | null)[]): (Day | null)[][] {
  const known = new Map(days.map((d) => [d.date, d]));
  const first = Date.parse(`${month}-01T00:00:00Z`);
  const before = (new Date(first).getUTCDay() + 6) % 7;
  const cells: (Day | null)[] = Array.from({ length: before }, () => null);
  for (let at = first; new Date(at).toISOString().startsWith(month); at += dayMs) {
    const date = new Date(at).toISOString().slice(0, 10);
    const d = known.get(date);
    cells.push({
      date,
      works: d?.works ?? false,
      isHoliday: holidays.includes(date),
      isPast: d === undefined,
      opens: d?.opens ?? null,
      closes: d?.closes ?? null,
      capacity: d?.capacity ?? null,
      parcels: d?.parcels ?? null,
      isFull: d?.isFull ?? false,
    });
  }
  while (cells.length % 7 !== 0) cells.push(null);
  const weeks = Array.from({ length: cells.length / 7 }, (_, i) => cells.slice(i * 7, i * 7 + 7));
  // Of weeks that are over there is nothing to be said.
  return weeks.filter((week) => week.some((d) => d !== null && !d.isPast));
}

export const shareOf = (n: number, of: number): number => (of <= 0 ? 100 : Math.min(100, Math.round((n / of) * 100)));

/** What a clock in a zone shows, as an instant. A time that it shows twice is meant the first time; one it leaps over comes as much later. */
export function instantOf(local: string, zone: string): string | null {
  const wanted = Date.parse(`${local}Z`);
  if (Number.isNaN(wanted)) return null;
  const shown = (at: number) => {
    const parts = new Intl.DateTimeFormat('en-GB', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }).formatToParts(at);
    const of = (type: string) => Number(parts.find((p) => p.type === type)?.value);
    return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
  };
  const offsets = [...new Set([wanted - dayMs, wanted + dayMs].map((at) => shown(at) - at))].sort((a, b) => b - a);
  const fitting = offsets.map((o) => wanted - o).filter((at) => shown(at) === wanted);
  return new Date(fitting.length > 0 ? Math.min(...fitting) : wanted - Math.min(...offsets)).toISOString();
}
