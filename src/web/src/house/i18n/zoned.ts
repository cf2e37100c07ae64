// Wall clocks and instants: a form speaks of the clock on a wall, the API of instants.

const partsOf = (at: number, zone: string) => {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' }).formatToParts(at);
  const of = (type: string) => Number(parts.find((p) => p.type === type)?.value);
  return { year: of('year'), month: of('month'), day: of('day'), hour: of('hour'), minute: of('minute'), second: of('second') };
};

const offsetAt = (at: number, zone: string) => {
  const p = partsOf(at, zone);
  return Date.UTC(p.year, p.month - 1, p.day, p.hour, p.minute, p.second) - Math.floor(at / 1000) * 1000;
};

/** What a clock in the zone shows, as an input of dates and times takes it: "2026-03-29T14:00". */
export function localOf(at: string | null, zone: string): string {
  if (!at) return '';
  const p = partsOf(Date.parse(at), zone);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${String(p.year).padStart(4, '0')}-${two(p.month)}-${two(p.day)}T${two(p.hour)}:${two(p.minute)}`;
}

/**
 * The instant at which a clock in the zone shows a time; null for no time. Of a time that the clock leaps over, as much later as it
 * leaps; of one it shows twice, the first.
 */
export function instantOf(local: string, zone: string): string | null {
  const wall = Date.parse(`${local.length === 10 ? `${local}T00:00` : local}Z`);
  if (Number.isNaN(wall)) return null;
  const before = offsetAt(wall - 86_400_000, zone);
  const guess = wall - offsetAt(wall - before, zone);
  const first = wall - Math.max(before, offsetAt(wall + 86_400_000, zone));
  const at = partsMatch(first, wall, zone) ? first : partsMatch(guess, wall, zone) ? guess : wall - before;
  return new Date(at).toISOString();
}

const partsMatch = (at: number, wall: number, zone: string) => at + offsetAt(at, zone) === wall;
