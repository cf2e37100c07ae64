import type { Schema } from '@house/api/client.ts';
import type { Tone } from '@house/parts/Status.tsx';
import type { Address } from '@rooms/Orders/orders.ts';

export type Draft = Schema['DraftView'];
export type DraftBody = Schema['SaveDraftBody'];
export type Preview = Schema['PreviewDraftResponse'];
export type Product = Schema['ProductView'];

/** A line as it is typed. Its key stays while it is moved about; the server knows lines by their place only. */
export interface FormLine {
  key: string;
  sku: string;
  name: string;
  /** The name it was given here; null: what the catalogue says. */
  ownName: string | null;
  quantity: number;
  /** Null: the list price, whatever it is when it is placed. */
  unitPriceMinor: number | null;
  discountMinor: number | null;
  taxRate: number | null;
  taxMinor: number | null;
  metadata: Record<string, string> | null;
}

/** What an agent has typed so far. */
export interface Form {
  channel: string;
  currency: string;
  type: 'sales' | 'wholesale';
  customerId: string | null;
  reference: string | null;
  name: string;
  email: string;
  phone: string;
  shipping: Address | null;
  /** Null: the same as delivery. */
  billing: Address | null;
  method: string;
  lines: FormLine[];
  charges: Schema['PlaceOrderCharge'][];
  discountMinor: number | null;
  pricesIncludeTax: boolean;
  sourceReference: string;
  note: string;
  tags: string[];
  origin: Schema['DraftOrigin'] | null;
  metadata: Record<string, string> | null;
}

/** How it is paid: said when it is placed, no part of the draft. */
export interface Payment {
  status: '' | 'paid' | 'authorised' | 'pending' | 'terms' | 'none';
  method: string;
  reference: string;
  onShort: '' | 'backorder' | 'hold' | 'refuse';
}

export const statuses = ['paid', 'authorised', 'pending', 'terms', 'none'] as const;

export const noPayment: Payment = { status: '', method: '', reference: '', onShort: '' };

export const emptyForm = (channel: string, currency: string): Form => ({
  channel, currency, type: 'sales', customerId: null, reference: null, name: '', email: '', phone: '', shipping: null, billing: null, method: '', lines: [], charges: [],
  discountMinor: null, pricesIncludeTax: true, sourceReference: '', note: '', tags: [], origin: null, metadata: null,
});

const emptyAddress: Address = { name: null, company: null, line1: null, line2: null, city: null, region: null, postcode: null, country: null, phone: null };
export const addressOf = (address: Partial<Address> | null): Address => ({ ...emptyAddress, ...address });

let lastKey = 0;
export const newKey = () => `l${++lastKey}`;

export function formOf(d: Draft): Form {
  return {
    channel: d.channel,
    currency: d.currency,
    type: d.type === 'wholesale' ? 'wholesale' : 'sales',
    customerId: d.customer?.id ?? null,
    reference: d.customer?.reference ?? null,
    name: d.customer?.name ?? '',
    email: d.customer?.email ?? '',
    phone: d.customer?.phone ?? '',
    shipping: d.shippingAddress,
    billing: d.billingAddress,
    method: d.method ?? '',
    lines: d.lines.map((l) => ({
      key: newKey(),
      sku: l.sku,
      name: l.name ?? l.sku,
      ownName: l.name ?? null,
      quantity: l.quantity,
      unitPriceMinor: l.unitPriceMinor ?? null,
      discountMinor: l.discountMinor ?? null,
      taxRate: l.taxRate ?? null,
      taxMinor: null, // follows the rate
      metadata: l.metadata ?? null,
    })),
    charges: d.charges,
    discountMinor: d.discountMinor ?? null,
    pricesIncludeTax: d.pricesIncludeTax,
    sourceReference: d.sourceReference ?? '',
    note: d.note ?? '',
    tags: [...d.tags],
    origin: d.origin ?? null,
    metadata: d.metadata ?? null,
  };
}

const text = (typed: string) => (typed.trim() === '' ? null : typed.trim());

/** An address of which nothing was said but the country is none yet. */
export const isBlank = (address: Address | null): boolean => address === null || Object.entries(address).every(([name, value]) => name === 'country' || (value ?? '').trim() === '');

const tidy = (address: Address | null): Address | null =>
  address === null || isBlank(address) ? null : (Object.fromEntries(Object.entries(address).map(([name, value]) => [name, text(value ?? '')])) as Address);

/** The form as the API takes it. Delivery goes to whoever ordered unless another name is said. */
export function bodyOf(f: Form): DraftBody {
  const shipping = tidy(f.shipping);
  return {
    channel: f.channel,
    currency: f.currency,
    type: f.type,
    customer:
      f.customerId || text(f.name) || text(f.email) || text(f.phone)
        ? { id: f.customerId, reference: f.reference, name: text(f.name), email: text(f.email), phone: text(f.phone) }
        : null,
    shippingAddress: shipping && { ...shipping, name: shipping.name ?? text(f.name) },
    billingAddress: tidy(f.billing),
    method: text(f.method),
    lines: f.lines.map((l) => ({
      sku: l.sku, quantity: l.quantity, unitPriceMinor: l.unitPriceMinor, name: l.ownName, discountMinor: l.discountMinor, taxRate: l.taxRate, taxMinor: l.taxMinor, metadata: l.metadata,
    })),
    charges: f.charges,
    discountMinor: f.discountMinor,
    pricesIncludeTax: f.pricesIncludeTax,
    sourceReference: text(f.sourceReference),
    metadata: f.metadata,
    note: text(f.note),
    tags: f.tags,
    origin: f.origin,
  };
}

/** Worth keeping on the server: somebody or something is in it. */
export const hasContent = (f: Form): boolean => f.lines.length > 0 || f.customerId !== null || [f.name, f.email, f.phone, f.note].some((x) => x.trim() !== '') || !isBlank(f.shipping);

export const deliveryCharge = (f: Form): number | null => f.charges.find((c) => c.code === 'delivery')?.amountMinor ?? null;

/** What the customer pays for delivery, taxed as the goods are. */
export function withDelivery(f: Form, amountMinor: number | null): Form {
  const others = f.charges.filter((c) => c.code !== 'delivery');
  const taxRate = f.lines[0]?.taxRate ?? null;
  return { ...f, charges: amountMinor === null ? others : [...others, { code: 'delivery', name: null, amountMinor, taxRate, taxMinor: null }] };
}

/** One tax rate for the whole order: of goods and charges. */
export const withTaxRate = (f: Form, taxRate: number | null): Form => ({
  ...f,
  lines: f.lines.map((l) => ({ ...l, taxRate, taxMinor: null })),
  charges: f.charges.map((c) => ({ ...c, taxRate, taxMinor: null })),
});

/** The rate that all lines share; null when they have none or several. */
export const taxRateOf = (f: Form): number | null => {
  const [first, ...rest] = f.lines.map((l) => l.taxRate);
  return first !== undefined && rest.every((rate) => rate === first) ? first : null;
};

const sameSku = (a: string, b: string) => a.normalize('NFC').toUpperCase() === b.normalize('NFC').toUpperCase();

/** Adds units: a product that stands there already gets more of them. */
export function withUnits(f: Form, product: { sku: string; name: string }, quantity: number, taxRate: number | null = null): Form {
  const at = f.lines.findIndex((l) => sameSku(l.sku, product.sku));
  if (at >= 0) return { ...f, lines: f.lines.with(at, { ...f.lines[at]!, quantity: f.lines[at]!.quantity + quantity }) };
  const line: FormLine = { key: newKey(), sku: product.sku, name: product.name, ownName: null, quantity, unitPriceMinor: null, discountMinor: null, taxRate: taxRateOf(f) ?? taxRate, taxMinor: null, metadata: null };
  return { ...f, lines: [...f.lines, line] };
}

/** "3 x MUG" and "3*MUG" are three of them. */
export function readEntry(typed: string): { quantity: number; text: string } {
  const match = /^\s*(\d{1,5})\s*[x×*]\s*(\S.*)$/i.exec(typed);
  return match && Number(match[1]) > 0 ? { quantity: Number(match[1]), text: match[2]!.trim() } : { quantity: 1, text: typed.trim() };
}

/** Units that one scan of this code stands for: 12 on a case of 12. */
export function packOf(product: Product, code: string): number {
  const bare = (x: string) => x.replace(/^0+/, '');
  return product.barcodes.find((b) => bare(b.barcode) === bare(code))?.packQuantity ?? 1;
}

/** What was typed to find somebody, as the search takes it: a telephone number in one piece, an odd sign in quotes. */
export function askedOf(typed: string): string {
  const asked = typed.trim();
  if (isPhone(asked)) return asked.replace(/\D/g, '');
  return /^[\p{L}\p{N}@._+\s-]+$/u.test(asked) && !/^-|\s-|:/.test(asked) ? asked : `"${asked.replaceAll('"', '')}"`;
}

export const isPhone = (typed: string): boolean => /^\+?[\d\s()./-]{5,}$/.test(typed) && typed.replace(/\D/g, '').length >= 5;

/** Could be a postcode: it has a digit, and is short. */
export const isPostcode = (typed: string): boolean => /\d/.test(typed) && /^[\p{L}\p{N}][\p{L}\p{N}\s-]{2,9}$/u.test(typed.trim());

/** Whom nobody knows yet, by what was typed to find them. */
export function newCustomer(typed: string): { name: string; email: string; phone: string } {
  const asked = typed.trim();
  if (asked.includes('@')) return { name: '', email: asked, phone: '' };
  if (isPhone(asked)) return { name: '', email: '', phone: asked };
  return { name: isPostcode(asked) ? '' : asked, email: '', phone: '' };
}

/** As it was sent, under the name by which fields of this page are known: `lines.KEY.sku`. */
export function placeOf(pointer: string, keys: readonly string[]): string {
  const parts = pointer.replace(/^[/#]/, '').split('/');
  if (parts[0] === 'lines' && parts[1] !== undefined) parts[1] = keys[Number(parts[1])] ?? parts[1];
  return parts.join('.');
}

export interface Obstacle {
  place: string;
  detail: string;
}

/** Only the first thing said of a field stands beside it. */
export const faultsOf = (obstacles: readonly Obstacle[]): Record<string, string> => Object.fromEntries([...obstacles].reverse().map((o) => [o.place, o.detail]));

/** May become an order as it is: a quote past its date is quoted again first. */
export const isPlaceable = (state: string): boolean => state === 'draft' || state === 'quoted' || state === 'accepted';

export const isOpen = (state: string): boolean => state === 'draft' || state === 'quoted' || state === 'expired' || state === 'accepted';

const tones: Record<string, Tone> = { draft: 'neutral', quoted: 'progress', expired: 'warn', accepted: 'good', placed: 'neutral', abandoned: 'neutral' };
export const toneOfDraft = (state: string): Tone => tones[state] ?? 'neutral';
