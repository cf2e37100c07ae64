import type { Schema } from '@house/api/client.ts';
import { keyOf, type Scan } from '@house/scan/read.ts';
import type { Deed, ReceiptItem, Waiting } from './deeds.ts';

export type Delivery = Schema['DeliveryView'];
export type Goods = Schema['ReceivableGoods'];

/** What is being counted: plain data, since it is kept over reloads. */
export interface Entry {
  sku: string;
  units: number;
  /** Of the units, those that are broken. */
  damaged: number;
  lot: string;
  /** yyyy-MM-dd, or empty. */
  expiry: string;
  /** Of goods whose units have serial numbers: one each. */
  serials: { serial: string; isDamaged: boolean }[];
  /** The barcode it was counted by, with the units that one scan stands for; null when it was none or several. */
  code: { text: string; units: number } | null;
  needsLabel: boolean;
}

/** A delivery on this device: what the server said of it last, what its goods are, and what is being counted. */
export interface Sheet {
  delivery: Delivery;
  goods: Goods[];
  entry: Entry | null;
}

export type WhyWrong = 'otherItem' | 'otherLot' | 'notThis' | 'unreadable' | 'serial' | 'serialTwice';
export type Verdict =
  | { kind: 'right'; sheet: Sheet }
  | { kind: 'wrong'; why: WhyWrong; is: string; want: string }
  /** This device does not know the code: the server is asked. */
  | { kind: 'ask'; scan: Scan };

const same = (a: string | null | undefined, b: string | null | undefined) => (a ?? '').trim().toUpperCase() === (b ?? '').trim().toUpperCase();

/** The most units that one entry takes. */
export const mostUnits = 999_999;

export const goodsOf = (sheet: Sheet, sku: string): Goods | undefined => sheet.goods.find((g) => same(g.sku, sku));

/** A delivery as it was fetched now; what is being counted stays. */
export const begun = (delivery: Delivery, goods: Goods[], before: Sheet | null = null): Sheet => ({
  delivery,
  goods: before?.delivery.id === delivery.id ? [...goods, ...before.goods.filter((g) => !goods.some((n) => same(n.sku, g.sku)))] : goods,
  entry: before?.delivery.id === delivery.id ? before.entry : null,
});

export const withGoods = (sheet: Sheet, goods: Goods): Sheet => ({ ...sheet, goods: [...sheet.goods.filter((g) => !same(g.sku, goods.sku)), goods] });

/** The goods a code names and the units it stands for. */
function named(sheet: Sheet, scan: Scan): { goods: Goods; units: number } | undefined {
  const key = keyOf(scan);
  for (const goods of sheet.goods) {
    const code = goods.codes.find((c) => c.key.toUpperCase() === key);
    if (code) return { goods, units: code.units * (scan.gs1?.count ?? 1) };
  }
  const goods = goodsOf(sheet, scan.text);
  return goods && { goods, units: 1 };
}

/** Begins to count goods: by a scan, or by hand with what is still to come. */
export function counting(sheet: Sheet, goods: Goods, by: { units: number; lot?: string | null | undefined; expiry?: string | null | undefined; serial?: string | null | undefined; code?: string | null }): Sheet {
  const isSerial = goods.tracks === 'serial';
  const serials = isSerial && by.serial ? [{ serial: by.serial, isDamaged: false }] : [];
  const entry: Entry = {
    sku: goods.sku, units: isSerial ? serials.length : by.units, damaged: 0, lot: by.lot ?? '', expiry: by.expiry ?? '', serials,
    code: by.code && !isSerial ? { text: by.code, units: by.units } : null, needsLabel: false,
  };
  return { ...withGoods(sheet, goods), entry };
}

const dropped = (sheet: Sheet): Sheet => ({ ...sheet, entry: null });
export { dropped as left };

/** What a scan means at this moment. */
export function scanned(sheet: Sheet, scan: Scan): Verdict {
  const { entry } = sheet;
  const found = named(sheet, scan);
  if (!entry) {
    if (found) return { kind: 'right', sheet: counting(sheet, found.goods, { units: found.units, lot: scan.gs1?.lot, expiry: scan.gs1?.expiresOn, serial: scan.gs1?.serial, code: scan.gs1 ? null : scan.text }) };
    return scan.fault ? { kind: 'wrong', why: 'unreadable', is: scan.text, want: '' } : { kind: 'ask', scan };
  }
  const goods = goodsOf(sheet, entry.sku)!;
  const wrong = (why: WhyWrong, is: string): Verdict => ({ kind: 'wrong', why, is, want: goods.name });
  const right = (change: Partial<Entry>): Verdict => ({ kind: 'right', sheet: { ...sheet, entry: { ...entry, ...change } } });
  if (found && !same(found.goods.sku, goods.sku)) return wrong('otherItem', found.goods.name);
  if (scan.gs1?.lot && entry.lot && !same(scan.gs1.lot, entry.lot)) return wrong('otherLot', scan.gs1.lot);
  // What a label says beside the item: its lot, its last day.
  const said = { lot: entry.lot || (scan.gs1?.lot ?? ''), expiry: entry.expiry || (scan.gs1?.expiresOn ?? '') };
  if (goods.tracks === 'serial') {
    const serial = scan.gs1?.serial ?? (found || scan.gs1 ? null : scan.text);
    if (serial === null) return wrong('serial', goods.name);
    if (entry.serials.some((s) => same(s.serial, serial))) return wrong('serialTwice', serial);
    return right({ ...said, serials: [...entry.serials, { serial, isDamaged: false }], units: entry.serials.length + 1 });
  }
  if (found) {
    const isSame = entry.code !== null && !scan.gs1 && entry.code.text === scan.text;
    return right({ ...said, units: Math.min(mostUnits, entry.units + found.units), code: isSame ? entry.code : null });
  }
  if (scan.fault) return wrong('unreadable', scan.text);
  // A label beside the item that names only its lot.
  if (scan.gs1 && scan.gs1.gtin === undefined && (scan.gs1.lot || scan.gs1.expiresOn)) return right(said);
  if (goods.tracks === 'lot' && entry.lot === '' && !scan.gs1) return right({ lot: scan.text });
  return wrong('notThis', scan.text);
}

/** Sets the number by hand. */
export const units = (entry: Entry, n: number): Entry => ({ ...entry, units: Math.min(mostUnits, Math.max(0, n)), damaged: Math.min(entry.damaged, Math.max(0, n)) });

export type Lacks = 'units' | 'lot' | 'expiry' | 'serial';

/** What must still be said before it can be booked in. */
export function lacks(goods: Goods, entry: Entry): Lacks | null {
  if (goods.tracks === 'lot' && entry.lot.trim() === '') return 'lot';
  if (goods.needsExpiry && entry.expiry === '') return 'expiry';
  if (entry.expiry !== '' && entry.lot.trim() === '') return 'lot';
  if (goods.tracks === 'serial' && entry.serials.length === 0) return 'serial';
  return entry.units < 1 ? 'units' : null;
}

/** What is to be sent of an entry: good and damaged units apart, each serial number by itself. */
export function itemsOf(entry: Entry, id: string): ReceiptItem[] {
  const lot = { lot: entry.lot.trim() || null, expiry: entry.expiry || null };
  const of = (name: string, condition: 'good' | 'damaged', quantity: number, serial: string | null): ReceiptItem => {
    const byCode = serial === null && entry.code && quantity % entry.code.units === 0 ? entry.code : null;
    return {
      sku: byCode ? null : entry.sku, barcode: byCode?.text ?? null, quantity: byCode ? quantity / byCode.units : quantity, condition, bin: null, ...lot,
      scanId: `${id}.${name}`, needsLabel: entry.needsLabel && condition === 'good', serial,
    };
  };
  if (entry.serials.length > 0) return entry.serials.map((s, i) => of(String(i + 1), s.isDamaged ? 'damaged' : 'good', 1, s.serial));
  const items: ReceiptItem[] = [];
  if (entry.units > entry.damaged) items.push(of('good', 'good', entry.units - entry.damaged, null));
  if (entry.damaged > 0) items.push(of('damaged', 'damaged', entry.damaged, null));
  return items;
}

/** A line as it stands with what waits to be sent. */
export interface Line {
  sku: string;
  name: string;
  expected: number;
  received: number;
  damaged: number;
}

const unitsOf = (sheet: Sheet, item: ReceiptItem): { sku: string; units: number } => {
  const goods = item.sku !== null && item.sku !== undefined ? goodsOf(sheet, item.sku) : sheet.goods.find((g) => g.codes.some((c) => c.key.toUpperCase() === keyOfText(item.barcode ?? '')));
  const each = item.barcode ? (goods?.codes.find((c) => c.key.toUpperCase() === keyOfText(item.barcode!))?.units ?? 1) : 1;
  return { sku: goods?.sku ?? item.sku ?? '', units: (item.quantity ?? 1) * each };
};
const keyOfText = (text: string) => (/^\d{8}$|^\d{12,14}$/.test(text) ? text.padStart(14, '0') : text.toUpperCase());

/** The lines of a delivery, what waits on this device counted in; what is still to come first. */
export function linesOf(sheet: Sheet, waiting: readonly Waiting[]): Line[] {
  const lines = new Map<string, Line>(
    sheet.delivery.lines.map((l) => [l.sku.toUpperCase(), { sku: l.sku, name: goodsOf(sheet, l.sku)?.name ?? l.sku, expected: l.expected, received: l.received, damaged: l.damaged }]),
  );
  for (const { deed } of waiting) {
    if (deed.kind !== 'receive' || deed.delivery !== sheet.delivery.id) continue;
    for (const item of deed.items) {
      const { sku, units: n } = unitsOf(sheet, item);
      const line = lines.get(sku.toUpperCase()) ?? { sku, name: goodsOf(sheet, sku)?.name ?? sku, expected: 0, received: 0, damaged: 0 };
      lines.set(sku.toUpperCase(), { ...line, received: line.received + n, damaged: line.damaged + (item.condition === 'damaged' ? n : 0) });
    }
  }
  const isDone = (l: Line) => Number(l.received >= l.expected);
  return [...lines.values()].sort((a, b) => isDone(a) - isDone(b));
}

export const leftOf = (line: Pick<Line, 'expected' | 'received'> | undefined): number => (line ? Math.max(0, line.expected - line.received) : 0);
export const overOf = (line: Pick<Line, 'expected' | 'received'>): number => Math.max(0, line.received - line.expected);

/** Units that would come on top of what was expected; a delivery without papers expects nothing in particular. */
export function beyond(sheet: Sheet, line: Line | undefined, entry: Entry): number {
  if (sheet.delivery.isBlind) return 0;
  return Math.max(0, (line?.received ?? 0) + entry.units - Math.max(line?.expected ?? 0, line?.received ?? 0));
}

/** How a delivery differs from its papers. */
export function differences(lines: readonly Line[], isBlind: boolean): { short: Line[]; over: Line[]; damaged: Line[]; asTold: number } {
  const short = isBlind ? [] : lines.filter((l) => leftOf(l) > 0);
  const over = isBlind ? [] : lines.filter((l) => overOf(l) > 0);
  const damaged = lines.filter((l) => l.damaged > 0);
  return { short, over, damaged, asTold: lines.filter((l) => ![short, over, damaged].some((group) => group.includes(l))).length };
}

export const received = (sheet: Sheet, id: string, entry: Entry): { deed: Deed; sheet: Sheet } => ({
  deed: { kind: 'receive', id, delivery: sheet.delivery.id, items: itemsOf(entry, id) },
  sheet: dropped(sheet),
});
