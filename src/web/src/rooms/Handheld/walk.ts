import { keyOf, type Scan } from '@house/scan/read.ts';
import type { Schema } from '@house/api/client.ts';

export type Stop = Schema['StopView'];
export type Tour = Schema['TakeTourTour'];
export type Answer = Schema['SendPicksAnswer'];
export type Command = Schema['SendPicksCommand'] & { id: string; task: string; kind: 'pick' | 'short' | 'substitute' | 'skip' | 'damaged' | 'misPick' };

/** What became of a stop, as this device knows it. */
export interface Outcome {
  kind: 'pick' | 'short' | 'damaged' | 'gone';
  units: number;
}

/** A walk as it stands on this device: the tour as it was fetched, and what was done since. Plain data, since it is kept over reloads. */
export interface Walk {
  node: string;
  tour: Tour;
  /** Stops still to do, in the order they are walked; the first is the present one. */
  todo: string[];
  done: Record<string, Outcome>;
  /** The code of the tote at each place of the cart. */
  totes: Record<string, string>;
  /** The bin that was scanned last; the next stop at the same bin asks for none. */
  bin: string | null;
  /** Units of the present stop that were scanned, and the code they were scanned by. */
  count: number;
  item: string | null;
  /** Whose goods they are by the picker's own word, where no barcode says it. */
  named?: string | null;
  /** Stops that the server sent back, by why. */
  again: Record<string, string>;
}

export type Step = 'bin' | 'item' | 'tote';
export type WhyWrong = 'bin' | 'binFirst' | 'item' | 'sameName' | 'unknown' | 'tooMany' | 'tote' | 'toteTaken' | 'lot' | 'unreadable' | 'quantity';

export interface Wrong {
  kind: 'wrong';
  why: WhyWrong;
  /** What was scanned: a name where the device knows one. */
  is: string;
  want: string;
  /** Where two clients call goods so: those of each, to choose from. */
  owners?: Owner[];
  walk: Walk;
  commands: Command[];
}
/** Whose goods a name may mean, with what they look like. */
export interface Owner {
  merchant: string;
  merchantName: string;
  name: string;
  picture: string | null;
}
export type Verdict = { kind: 'right'; walk: Walk; commands: Command[]; isStopDone: boolean } | Wrong;

const same = (a: string | null | undefined, b: string | null | undefined) => (a ?? '').trim().toUpperCase() === (b ?? '').trim().toUpperCase();

export const stopOf = (walk: Walk, id: string | undefined = walk.todo[0]): Stop | undefined => walk.tour.stops.find((s) => s.id === id);
export const isFinished = (walk: Walk): boolean => walk.todo.length === 0;

/** The next stop at another bin: where to turn when this one is done. */
export const nextBin = (walk: Walk): Stop | undefined => walk.todo.slice(1).map((id) => stopOf(walk, id)!).find((s) => !same(s.bin, stopOf(walk)?.bin));

/** A letter for a place of the cart, as its label has it: A to Z, then numbers. */
export const letterOf = (place: number): string => (place <= 26 ? String.fromCharCode(64 + place) : String(place));

export function stepOf(walk: Walk): Step | null {
  const stop = stopOf(walk);
  if (!stop) return null;
  if (stop.bin && !same(walk.bin, stop.bin)) return 'bin';
  return walk.count >= stop.quantity && walk.tour.hasTotes ? 'tote' : 'item';
}

/** A tour as it was fetched now. What is known of the present stop stays, where it is the same one. */
export function begun(node: string, tour: Tour, before: Walk | null = null): Walk {
  const open = tour.stops.filter((s) => s.state === 'open').map((s) => s.id);
  const isSame = before?.tour.id === tour.id;
  // The server puts what was skipped at the end; so the order is its own.
  const walk: Walk = {
    node, tour, todo: open, done: {},
    totes: Object.fromEntries(tour.stops.flatMap((s) => (s.toteNo && s.tote ? [[String(s.toteNo), s.tote]] : []))),
    bin: isSame ? before.bin : null, count: 0, item: null, again: isSame ? before.again : {},
  };
  for (const stop of tour.stops)
    if (stop.state !== 'open') walk.done[stop.id] = { kind: stop.state === 'done' ? 'pick' : stop.state === 'short' ? 'short' : 'gone', units: stop.picked };
  if (isSame && before.todo[0] === open[0]) Object.assign(walk, { count: before.count, item: before.item });
  return walk;
}

/** Begins each stop with nothing scanned. */
function ended(walk: Walk, id: string, outcome: Outcome): Walk {
  const { [id]: _, ...again } = walk.again;
  return { ...walk, todo: walk.todo.filter((t) => t !== id), done: { ...walk.done, [id]: outcome }, count: 0, item: null, again };
}

let makeId = (): string => crypto.randomUUID();
/** For tests: ids that can be foreseen. */
export const makeIdsBy = (make: () => string) => void (makeId = make);

const command = (walk: Walk, kind: Command['kind'], more: Partial<Command>, now: Date): Command => ({ id: makeId(), task: walk.todo[0]!, kind, at: now.toISOString(), ...more }) as Command;

/** What a scan means at this moment of the walk. */
export function scanned(walk: Walk, scan: Scan, now = new Date()): Verdict {
  const stop = stopOf(walk)!;
  const step = stepOf(walk);
  const wrong = (why: WhyWrong, is: string, want: string, commands: Command[] = []): Wrong => ({ kind: 'wrong', why, is, want, walk, commands });
  if (step === 'bin') {
    if (same(scan.text, stop.bin)) return { kind: 'right', walk: { ...walk, bin: stop.bin! }, commands: [], isStopDone: false };
    return productOf(walk, scan) ? wrong('binFirst', nameOf(walk, scan), stop.bin!) : wrong('bin', scan.text, stop.bin!);
  }
  if (step === 'item') return item(walk, stop, scan, wrong, now);
  return tote(walk, stop, scan, wrong, now);
}

function item(walk: Walk, stop: Stop, scan: Scan, wrong: (why: WhyWrong, is: string, want: string, commands?: Command[]) => Wrong, now: Date): Verdict {
  if (stop.bin && same(scan.text, stop.bin)) return { kind: 'right', walk, commands: [], isStopDone: false }; // the bin once more
  const want = stop.name || stop.sku;
  const found = productOf(walk, scan);
  if (found && found.sku === null) return { ...wrong('sameName', scan.text, want), owners: ownersOf(walk, scan.text) };
  if (!found || !same(found.sku, stop.sku) || !sameClient(found.merchant, stop.merchant)) {
    if (scan.fault) return wrong('unreadable', scan.text, want);
    return wrong(found ? 'item' : 'unknown', nameOf(walk, scan), want, [command(walk, 'misPick', { item: scan.text }, now)]);
  }
  if (stop.lot && scan.gs1?.lot && !same(scan.gs1.lot, stop.lot)) return wrong('lot', scan.gs1.lot, stop.lot);
  const count = walk.count + found.units;
  if (count > stop.quantity) return wrong('tooMany', String(count), String(stop.quantity));
  return counted({ ...walk, count, item: scan.text, named: null }, stop, now);
}

/** Whose goods are called so on this cart. */
function ownersOf(walk: Walk, sku: string): Owner[] {
  const stops = walk.tour.stops.filter((s) => same(s.sku, sku) && s.merchant);
  return [...new Map(stops.map((s) => [s.merchant!, { merchant: s.merchant!, merchantName: s.merchantName ?? s.merchant!, name: s.name || s.sku, picture: s.picture ?? null }])).values()];
}

/** Goods without a barcode that two clients call the same: the picker has said whose they are. One at a time, as if it had been scanned. */
export function named(walk: Walk, sku: string, merchant: string, now = new Date()): Verdict {
  const stop = stopOf(walk)!;
  const want = stop.merchantName ? `${stop.name || stop.sku} (${stop.merchantName})` : stop.name || stop.sku;
  if (!sameClient(merchant, stop.merchant)) {
    const is = ownersOf(walk, sku).find((o) => o.merchant === merchant);
    return { kind: 'wrong', why: 'item', is: is ? `${is.name} (${is.merchantName})` : sku, want, walk, commands: [command(walk, 'misPick', { item: sku, merchant }, now)] };
  }
  if (walk.count + 1 > stop.quantity) return { kind: 'wrong', why: 'tooMany', is: String(walk.count + 1), want: String(stop.quantity), walk, commands: [] };
  return counted({ ...walk, count: walk.count + 1, item: sku, named: merchant }, stop, now);
}

/** So many are counted now: the rest of the stop is for its tote, or there is none. */
function counted(walk: Walk, stop: Stop, now: Date): Verdict {
  if (walk.count < stop.quantity || walk.tour.hasTotes) return { kind: 'right', walk, commands: [], isStopDone: false };
  return picked(walk, stop, null, now);
}

function picked(walk: Walk, stop: Stop, toteCode: string | null, now: Date): Verdict {
  const said = command(walk, 'pick', { item: walk.item!, quantity: walk.count, ...(stop.bin ? { bin: stop.bin } : {}), ...(toteCode ? { tote: toteCode } : {}), ...(walk.named ? { merchant: walk.named } : {}) }, now);
  return { kind: 'right', walk: ended(walk, stop.id, { kind: 'pick', units: walk.count }), commands: [said], isStopDone: true };
}

function tote(walk: Walk, stop: Stop, scan: Scan, wrong: (why: WhyWrong, is: string, want: string) => Wrong, now: Date): Verdict {
  const place = String(stop.toteNo);
  const known = walk.totes[place];
  const other = Object.entries(walk.totes).find(([at, code]) => at !== place && same(code, scan.text));
  if (known && !same(known, scan.text)) return wrong('tote', other ? letterOf(Number(other[0])) : scan.text, letterOf(stop.toteNo!));
  if (other) return wrong('toteTaken', letterOf(Number(other[0])), letterOf(stop.toteNo!));
  // The item, a bin or the next item scanned instead of the tote would become the tote of this place for good.
  if (productOf(walk, scan) || walk.tour.stops.some((s) => s.bin && same(s.bin, scan.text))) return wrong('tote', nameOf(walk, scan), letterOf(stop.toteNo!));
  return picked({ ...walk, totes: { ...walk.totes, [place]: scan.text } }, stop, scan.text, now);
}

/** All units of the stop at once, after the first was scanned. */
export const takeAll = (walk: Walk, now = new Date()): Verdict => counted({ ...walk, count: stopOf(walk)!.quantity }, stopOf(walk)!, now);

/** Begins the present stop again, bin and all. */
export const undone = (walk: Walk): Walk => ({ ...walk, bin: null, count: 0, item: null });

export function shorted(walk: Walk, found: number, now = new Date()): Verdict {
  return { kind: 'right', commands: [command(walk, 'short', { quantity: found }, now)], walk: ended(walk, walk.todo[0]!, { kind: 'short', units: found }), isStopDone: true };
}

export function damaged(walk: Walk, broken: number, now = new Date()): Verdict {
  const units = stopOf(walk)!.quantity - broken;
  return { kind: 'right', commands: [command(walk, 'damaged', { quantity: broken }, now)], walk: ended(walk, walk.todo[0]!, { kind: 'damaged', units }), isStopDone: true };
}

export function skipped(walk: Walk, now = new Date()): Verdict {
  const [first, ...rest] = walk.todo;
  return { kind: 'right', commands: [command(walk, 'skip', {}, now)], walk: { ...walk, todo: [...rest, first!], count: 0, item: null }, isStopDone: false };
}

/** What the server said to something sent earlier: a stop comes back when it was refused, and is over when the world went on. */
export function answered(walk: Walk, said: Command, answer: Answer): Walk {
  const stop = stopOf(walk, said.task);
  if (!stop || said.kind === 'misPick' || answer.outcome === 'ok') return walk;
  if (answer.outcome === 'clash') {
    return walk.done[said.task] && said.kind !== 'skip' ? { ...walk, done: { ...walk.done, [said.task]: { kind: 'gone', units: 0 } } } : ended(walk, said.task, { kind: 'gone', units: 0 });
  }
  if (said.kind === 'skip') return walk;
  const { [said.task]: _, ...done } = walk.done;
  // What is being counted now is finished first.
  const isBusy = walk.count > 0 && walk.todo[0] !== said.task;
  const others = walk.todo.filter((id) => id !== said.task);
  const todo = isBusy ? [others[0]!, said.task, ...others.slice(1)] : [said.task, ...others];
  // A tote that was refused is not the one of its place.
  const totes = answer.code === 'picking.wrong_tote' && stop.toteNo ? Object.fromEntries(Object.entries(walk.totes).filter(([at]) => at !== String(stop.toteNo))) : walk.totes;
  return { ...walk, done, todo, totes, ...(isBusy ? {} : { bin: null, count: 0, item: null }), again: { ...walk.again, [said.task]: answer.code ?? 'unknown' } };
}

/** The walk with everything in it that waits to be sent: the device may have stopped between writing the one and the other. */
export function reconciled(walk: Walk, waiting: readonly Command[]): Walk {
  let now = walk;
  for (const said of waiting) {
    const stop = stopOf(now, said.task);
    if (!stop || !now.todo.includes(said.task) || (said.kind !== 'pick' && said.kind !== 'short' && said.kind !== 'damaged')) continue;
    const units = said.kind === 'damaged' ? stop.quantity - (said.quantity ?? 0) : (said.quantity ?? stop.quantity);
    const totes = said.tote && stop.toteNo ? { ...now.totes, [String(stop.toteNo)]: said.tote } : now.totes;
    now = ended({ ...now, totes }, said.task, { kind: said.kind, units });
  }
  return now;
}

/** Walks of one client name none. */
const sameClient = (a: string | null | undefined, b: string | null | undefined) => (a ?? null) === (b ?? null);

interface Named {
  /** Null: two clients on this cart call goods so, and only a barcode tells them apart. */
  sku: string | null;
  merchant: string | null | undefined;
  units: number;
}

/** The product a scan names and the units it stands for; undefined for what no stop of the walk is about. Where clients share a barcode it is that of the present stop's. */
function productOf(walk: Walk, scan: Scan): Named | undefined {
  const key = keyOf(scan);
  const present = stopOf(walk);
  const codes = walk.tour.codes.filter((c) => c.key.toUpperCase() === key);
  const code = codes.find((c) => sameClient(c.merchant, present?.merchant) && same(c.sku, present?.sku)) ?? codes[0];
  if (code) return { sku: code.sku, merchant: code.merchant, units: code.units * (scan.gs1?.count ?? 1) };
  const stops = walk.tour.stops.filter((s) => same(s.sku, scan.text));
  if (stops.length === 0) return undefined;
  return new Set(stops.map((s) => s.merchant)).size > 1 ? { sku: null, merchant: undefined, units: 1 } : { sku: stops[0]!.sku, merchant: stops[0]!.merchant, units: 1 };
}

function nameOf(walk: Walk, scan: Scan): string {
  const found = productOf(walk, scan);
  const stop = found?.sku ? walk.tour.stops.find((s) => same(s.sku, found.sku) && sameClient(s.merchant, found.merchant)) : undefined;
  if (!stop) return scan.barcode?.text || scan.text;
  // The same goods of another client: the name alone would say that nothing is wrong.
  return stop.merchantName && !sameClient(stop.merchant, stopOf(walk)?.merchant) ? `${stop.name} (${stop.merchantName})` : stop.name;
}
