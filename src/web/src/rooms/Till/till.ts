import type { Schema } from '@house/api/client.ts';
import { major, minorDigits } from '@house/i18n/money.ts';
import { keyOf, readScan } from '@house/scan/read.ts';
import type { Address } from '@rooms/Orders/orders.ts';

export type Shift = Schema['ShiftView'];
export type Receipt = Schema['TillReceipt'];
export type Report = Schema['TillReport'];
export type Tender = 'cash' | 'card_terminal' | 'cheque';
export const tenders: readonly Tender[] = ['cash', 'card_terminal', 'cheque'];

/** A product as the device keeps it, to be sold without network. */
export interface Goods {
  sku: string;
  name: string;
  priceMinor: number | null;
  taxClass: string;
  /** What a scan of it says, by keyOf, and how many units that are: a case has a code of its own. */
  codes: { key: string; units: number }[];
}

export interface Line {
  sku: string;
  name: string;
  listMinor: number | null;
  priceMinor: number;
  quantity: number;
  /** A fraction; null: the till knows none. */
  taxRate: number | null;
  /** Why the price is not the list's. */
  reason: string;
}

export interface Paid {
  tender: Tender;
  amountMinor: number;
  /** Cash that was handed over, when it is more. */
  givenMinor: number | null;
}

export interface Basket {
  lines: Line[];
  paid: Paid[];
  discountMinor: number;
  discountReason: string;
  email: string;
  /** The token of the customer's own cart that is in it, and becomes this sale. */
  cart?: string;
  /** What holds the goods of that cart. */
  reservation?: string;
  /** Where all of it is sent, when the customer does not carry it out. */
  shipTo?: Address | null;
}

export const empty: Basket = { lines: [], paid: [], discountMinor: 0, discountReason: '', email: '' };

export type Command =
  | { kind: 'sell'; body: Schema['SellAtTillRequest'] & { id: string } }
  | { kind: 'claim'; token: string; body: { id: string; for: string; channel?: string } }
  | { kind: 'void'; of: string; body: Schema['VoidSaleRequest'] & { id: string } }
  | { kind: 'return'; body: Schema['ReturnAtTillRequest'] & { id: string } }
  | { kind: 'cash'; shift: string; body: Schema['MoveCashRequest'] & { id: string } };

/** What is on the device of its till: the shift, what is in the basket, and the last slips. */
export interface Present {
  shift: Shift | null;
  /** What the store is called. */
  place?: string;
  basket: Basket;
  /** The newest first. */
  slips: Slip[];
  /** The sale that is being put aside to be sent. It is still here when the device stopped in the middle of that. */
  selling?: Selling | null;
}

type Selling = Extract<Command, { kind: 'sell' }>;

/** What was rung up on this device, as it is shown and printed. The server's word comes later, when there is no network. */
export interface Slip {
  id: string;
  kind: 'sale' | 'void';
  /** The shift it was rung up in. */
  shift: string;
  /** False: something else was rung up after it, so that it is taken back as a return. */
  isLast: boolean;
  at: string;
  basket: Basket;
  totalMinor: number;
  changeMinor: number;
  orderNumber: string | null;
}

/** A command that the server refused; it stays until it is sent again or somebody says that it is dealt with. */
export interface Refused {
  command: Command;
  code: string;
  detail: string;
  /** What is wrong with single fields. */
  fields: string[];
}

/** What a refused command was about, in money; null: in none. */
export const moneyOf = ({ command }: Refused): number | null =>
  command.kind === 'sell' ? (command.body.tenders ?? []).reduce((sum, t) => sum + (t?.amountMinor ?? 0), 0) : command.kind === 'cash' ? (command.body.amountMinor ?? 0) : null;

type Product = Pick<Schema['ProductView'], 'sku' | 'name' | 'prices' | 'barcodes' | 'taxClass'>;

export const goodsOf = (product: Product, currency: string): Goods => ({
  sku: product.sku,
  name: product.name,
  priceMinor: product.prices.find((p) => p.currency === currency)?.priceMinor ?? null,
  taxClass: product.taxClass,
  codes: [{ key: product.sku.toUpperCase(), units: 1 }, ...product.barcodes.map((b) => ({ key: keyOf(readScan(b.barcode, 'typed')), units: b.packQuantity }))],
});

export const grossOf = (basket: Basket): number => basket.lines.reduce((sum, l) => sum + l.priceMinor * l.quantity, 0);
export const totalOf = (basket: Basket): number => Math.max(0, grossOf(basket) - basket.discountMinor);
/** The tax in the total by rate, the highest first: worked out per line and rounded half up, as the order does. */
export function taxesOf(basket: Basket): { rate: number; taxMinor: number }[] {
  const gross = basket.lines.map((l) => l.priceMinor * l.quantity);
  const off = split(basket.discountMinor, gross);
  const sums = new Map<number, number>();
  basket.lines.forEach((l, i) => {
    if (l.taxRate) sums.set(l.taxRate, (sums.get(l.taxRate) ?? 0) + taxIn(gross[i]! - off[i]!, l.taxRate));
  });
  return [...sums].map(([rate, taxMinor]) => ({ rate, taxMinor })).sort((a, b) => b.rate - a.rate);
}

function taxIn(minor: number, rate: number): number {
  const [ppm, million] = [BigInt(Math.round(rate * 1e6)), 1_000_000n];
  const all = million + ppm;
  return Number((BigInt(minor) * ppm * 2n + all) / (all * 2n));
}

/** An amount in parts that add up to it: what is left over goes to the largest remainders, of equal ones to the first. */
function split(minor: number, weights: readonly number[]): number[] {
  const sum = BigInt(weights.reduce((s, w) => s + w, 0));
  if (minor === 0 || sum === 0n) return weights.map(() => 0);
  const shares = weights.map((w, i) => ({ i, part: (BigInt(minor) * BigInt(w)) / sum, rest: (BigInt(minor) * BigInt(w)) % sum }));
  const parts = shares.map((s) => Number(s.part));
  const left = minor - parts.reduce((s, p) => s + p, 0);
  for (const { i } of shares.sort((a, b) => (a.rest === b.rest ? a.i - b.i : a.rest > b.rest ? -1 : 1)).slice(0, left)) parts[i]!++;
  return parts;
}

export const paidOf = (basket: Basket): number => basket.paid.reduce((sum, p) => sum + p.amountMinor, 0);
export const dueOf = (basket: Basket): number => totalOf(basket) - paidOf(basket);
export const changeOf = (basket: Basket): number => basket.paid.reduce((sum, p) => sum + (p.givenMinor === null ? 0 : p.givenMinor - p.amountMinor), 0);

/** One more of a product: on the line that has it at its list price, or on a new one. */
export function added(basket: Basket, goods: Goods, taxRates: Shift['taxRates'], units = 1): Basket {
  const at = basket.lines.findIndex((l) => l.sku === goods.sku && l.reason === '');
  if (at >= 0) return changed(basket, at, { quantity: basket.lines[at]!.quantity + units });
  const taxRate = taxRates.find((r) => r.taxClass === goods.taxClass)?.rate ?? null;
  return { ...basket, lines: [...basket.lines, { sku: goods.sku, name: goods.name, listMinor: goods.priceMinor, priceMinor: goods.priceMinor ?? 0, quantity: units, taxRate, reason: '' }] };
}

/** Off the whole, at most all of it; what was paid is counted anew. */
export const discounted = (basket: Basket, minor: number, reason: string): Basket => {
  const discountMinor = Math.min(minor, grossOf(basket));
  return { ...basket, discountMinor, discountReason: discountMinor === 0 ? '' : reason, paid: [] };
};

/** A line changed; with no units left it goes. An empty basket is nobody's, no more is off than it costs, and what was paid is counted anew where it would be too much. */
export function changed(basket: Basket, at: number, to: Partial<Line>): Basket {
  const lines = basket.lines.map((l, i) => (i === at ? { ...l, ...to } : l)).filter((l) => l.quantity > 0);
  if (lines.length === 0) return empty;
  const all = { ...basket, lines };
  const next = { ...all, discountMinor: Math.min(basket.discountMinor, grossOf(all)) };
  return dueOf(next) < 0 ? { ...next, paid: [] } : next;
}

/** Money by a tender. Of cash more than is due may be handed over, the rest is change; of another at most what is due. */
export function tendered(basket: Basket, tender: Tender, minor: number): Basket {
  const amountMinor = Math.min(minor, dueOf(basket));
  if (amountMinor <= 0) return basket;
  return { ...basket, paid: [...basket.paid, { tender, amountMinor, givenMinor: tender === 'cash' && minor > amountMinor ? minor : null }] };
}

/** Is it said where the goods are sent, if they are? */
export const knowsWhere = ({ shipTo }: Basket): boolean => shipTo == null || ((shipTo.line1 ?? '').trim() !== '' && (shipTo.country ?? '').trim() !== '');

/** What may be charged: it has lines, each with a price, and everything is paid. */
export const isComplete = (basket: Basket): boolean => basket.lines.length > 0 && basket.discountMinor <= grossOf(basket) && dueOf(basket) === 0 && knowsWhere(basket) && basket.lines.every((l) => l.priceMinor > 0 || l.reason !== '');

/** The till after the sale that it has put aside: its slip is there, the basket empty. */
export function sold(present: Present, selling: Selling): Present {
  const { basket, slips } = present;
  const slip: Slip = { id: selling.body.id, kind: 'sale', shift: selling.body.shift!, isLast: true, at: selling.body.at!, basket, totalMinor: totalOf(basket), changeMinor: changeOf(basket), orderNumber: null };
  return { ...present, selling: null, basket: empty, slips: [slip, ...slips.filter((s) => s.id !== slip.id)].slice(0, mostSlips) };
}

const mostSlips = 20;

/** The sale as it is sent. Prices are said, so that what was charged stands whatever the list says by then. */
export const sellOf = (basket: Basket, id: string, shift: string, at: string): Extract<Command, { kind: 'sell' }> => ({
  kind: 'sell',
  body: {
    id,
    shift,
    at,
    lines: basket.lines.map((l) => ({ sku: l.sku, quantity: l.quantity, unitPriceMinor: l.priceMinor, ...(l.taxRate === null ? {} : { taxRate: l.taxRate }), ...(l.reason === '' ? {} : { reason: l.reason }) })),
    tenders: basket.paid.map((p) => ({ tender: p.tender, amountMinor: p.amountMinor, ...(p.givenMinor === null ? {} : { givenMinor: p.givenMinor }) })),
    ...(basket.discountMinor > 0 ? { discountMinor: basket.discountMinor, discountReason: basket.discountReason } : {}),
    ...(basket.reservation === undefined ? {} : { reservation: basket.reservation }),
    ...(basket.shipTo == null ? {} : { shipTo: basket.shipTo }),
    ...(basket.email === '' ? {} : { customer: { email: basket.email } }),
  },
});

/** The token of a cart, in a code that a customer shows: the token itself, or a link that ends with it. */
export const tokenOf = (text: string): string | null => /(?:^|[/=#])([\w-]{43})$/.exec(text.trim())?.[1] ?? null;

/** An amount as the person would type it. */
export function typedOf(minor: number, currency: string, locale: string): string {
  const digits = minorDigits(currency);
  return new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits, useGrouping: false }).format(major(minor, currency) as unknown as number);
}
