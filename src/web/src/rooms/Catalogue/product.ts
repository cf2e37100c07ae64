import { queryOptions } from '@tanstack/react-query';
import { api, ask, type Schema } from '@house/api/client.ts';
import { major, minorOf } from '@house/i18n/money.ts';
import { instantOf, localOf } from '@house/i18n/zoned.ts';

export type Product = Schema['ProductView'];

/** Prices with the shop's own currency first; none for whoever may not see them. */
export const pricesOf = (p: Pick<Product, 'prices'>, base: string | null | undefined): Product['prices'] =>
  ((p.prices as Product['prices'] | undefined) ?? []).filter((x) => typeof (x.priceMinor as unknown) === 'number').sort((a, b) => Number(b.currency === base) - Number(a.currency === base));

export const productOptions = (sku: string) =>
  queryOptions({
    queryKey: ['products', sku],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/products/{sku}', { params: { path: { sku } }, signal })),
  });

export const pageOf = (sku: string) => `/catalogue/${encodeURIComponent(sku)}`;

/** By which unsaved changes of a product are kept. */
export const keptName = (sku: string) => `product/${sku}`;

/** A number as it stands in its field: nothing is an empty text. */
export type Typed = number | '';

/** A product as it stands in the form. */
export interface ProductDraft {
  sku: string;
  name: string;
  kind: Product['kind'];
  description: string;
  taxClass: string;
  weightGrams: Typed;
  lengthMm: Typed;
  widthMm: Typed;
  heightMm: Typed;
  cost: string;
  costCurrency: string;
  prices: { currency: string; amount: string }[];
  barcodes: { barcode: string; packQuantity: Typed }[];
  components: { sku: string; quantity: Typed }[];
  handlingFlags: string[];
  tags: string[];
  metadata: { name: string; value: string }[];
  backorder: string;
  backorderCap: Typed;
  backorderLeadDays: Typed;
  backorderExpectedAt: string;
  preorderReleaseAt: string;
  preorderCap: Typed;
  isActive: boolean;
  variantGroup: string;
  options: { name: string; value: string }[];
}

export const emptyDraft: ProductDraft = {
  sku: '', name: '', kind: 'goods', description: '', taxClass: 'standard', weightGrams: '', lengthMm: '', widthMm: '', heightMm: '', cost: '', costCurrency: '',
  prices: [], barcodes: [], components: [], handlingFlags: [], tags: [], metadata: [], backorder: '', backorderCap: '', backorderLeadDays: '', backorderExpectedAt: '',
  preorderReleaseAt: '', preorderCap: '', isActive: true, variantGroup: '', options: [],
};

const decimal = (locale: string) => new Intl.NumberFormat(locale).formatToParts(1.5).find((p) => p.type === 'decimal')?.value ?? '.';

/** An amount as the person writes it, without signs of thousands: 1250 GBP is "12.50", in German "12,50". */
export const typedAmount = (minor: number, currency: string, locale: string) => major(minor, currency).replace('.', decimal(locale));

export function draftOf(p: Product, locale: string, zone: string): ProductDraft {
  return {
    sku: p.sku,
    name: p.name,
    kind: p.kind,
    description: p.description ?? '',
    taxClass: p.taxClass,
    weightGrams: p.weightGrams,
    lengthMm: p.lengthMm ?? '',
    widthMm: p.widthMm ?? '',
    heightMm: p.heightMm ?? '',
    // Amounts are left out of answers to whoever may not see them.
    cost: typeof p.costMinor === 'number' && p.costCurrency ? typedAmount(p.costMinor, p.costCurrency, locale) : '',
    costCurrency: p.costCurrency ?? '',
    prices: (p.prices ?? []).filter((x) => typeof x.priceMinor === 'number').map((x) => ({ currency: x.currency, amount: typedAmount(x.priceMinor, x.currency, locale) })),
    barcodes: p.barcodes.map((b) => ({ barcode: b.barcode, packQuantity: b.packQuantity })),
    components: p.components.map((c) => ({ sku: c.sku, quantity: c.quantity })),
    handlingFlags: p.handlingFlags,
    tags: p.tags,
    metadata: Object.entries(p.metadata).map(([name, value]) => ({ name, value })),
    backorder: p.backorder ?? '',
    backorderCap: p.backorderCap ?? '',
    backorderLeadDays: p.backorderLeadDays ?? '',
    backorderExpectedAt: localOf(p.backorderExpectedAt, zone).slice(0, 10),
    preorderReleaseAt: localOf(p.preorderReleaseAt, zone),
    preorderCap: p.preorderCap ?? '',
    isActive: p.isActive,
    variantGroup: p.variantGroup ?? '',
    options: Object.entries(p.variantOptions).map(([name, value]) => ({ name, value })),
  };
}

/** Another of the same, to be sold beside it: what tells products apart is left empty. */
export const copyOf = (p: Product, locale: string, zone: string): ProductDraft => ({ ...draftOf(p, locale, zone), sku: '', barcodes: [], isActive: true });

/** Without the rows that were begun and left empty, so that what the server says of a row is said of the row one sees. */
export const tidied = (d: ProductDraft): ProductDraft => ({
  ...d,
  prices: d.prices.filter((p) => p.amount.trim() !== ''),
  barcodes: d.barcodes.filter((b) => b.barcode.trim() !== ''),
  components: d.kind === 'bundle' ? d.components.filter((c) => c.sku.trim() !== '') : [],
  metadata: d.metadata.filter((m) => m.name.trim() !== ''),
  options: d.options.filter((o) => o.name.trim() !== '' && o.value.trim() !== ''),
});

const whole = (n: Typed): number | null => (n === '' ? null : n);

/** What the API takes. An amount that cannot be read is left for `faultsOf` to tell. */
export function bodyOf(d: ProductDraft, locale: string, zone: string, start?: Product): Schema['ProductBody'] {
  const isGoods = d.kind === 'goods';
  return {
    sku: d.sku.trim(),
    name: d.name.trim(),
    kind: d.kind,
    taxClass: d.taxClass.trim(),
    weightGrams: whole(d.weightGrams) ?? 0,
    lengthMm: whole(d.lengthMm),
    widthMm: whole(d.widthMm),
    heightMm: whole(d.heightMm),
    ...(d.cost.trim() === '' ? { costMinor: null, costCurrency: null } : { costMinor: minorOf(d.cost, d.costCurrency, locale), costCurrency: d.costCurrency }),
    prices: d.prices.map((p) => ({ currency: p.currency, priceMinor: minorOf(p.amount, p.currency, locale) ?? -1 })),
    barcodes: d.barcodes.map((b) => ({ barcode: b.barcode.trim(), packQuantity: whole(b.packQuantity) ?? 1 })),
    components: d.components.map((c) => ({ sku: c.sku.trim(), quantity: whole(c.quantity) ?? 1 })),
    handlingFlags: d.handlingFlags,
    tags: d.tags,
    description: d.description.trim() || null,
    metadata: Object.fromEntries(d.metadata.map((m) => [m.name.trim(), m.value])),
    isActive: d.isActive,
    backorder: isGoods ? d.backorder || null : null,
    backorderCap: isGoods ? whole(d.backorderCap) : null,
    backorderLeadDays: isGoods ? whole(d.backorderLeadDays) : null,
    // A day or minute that was not touched keeps its seconds.
    backorderExpectedAt: isGoods ? kept(d.backorderExpectedAt, start?.backorderExpectedAt, zone) : null,
    preorderReleaseAt: isGoods ? kept(d.preorderReleaseAt, start?.preorderReleaseAt, zone) : null,
    preorderCap: isGoods ? whole(d.preorderCap) : null,
  };
}

const kept = (typed: string, was: string | null | undefined, zone: string) =>
  was && localOf(was, zone).startsWith(typed) && typed !== '' ? was : instantOf(typed, zone);

/** What can be seen to be wrong before it is sent, by the field as the server would name it. */
export function faultsOf(d: ProductDraft, locale: string): Record<string, 'fault.amount' | 'fault.checkDigit' | 'fault.sku' | 'fault.name'> {
  const faults: ReturnType<typeof faultsOf> = {};
  if (d.sku.trim() === '') faults['sku'] = 'fault.sku';
  if (d.name.trim() === '') faults['name'] = 'fault.name';
  d.prices.forEach((p, i) => {
    if (p.amount.trim() !== '' && (minorOf(p.amount, p.currency, locale) ?? -1) < 0) faults[`prices.${i}.priceMinor`] = 'fault.amount';
  });
  if (d.cost.trim() !== '' && (minorOf(d.cost, d.costCurrency, locale) ?? -1) < 0) faults['costMinor'] = 'fault.amount';
  d.barcodes.forEach((b, i) => {
    if (hasWrongCheckDigit(b.barcode)) faults[`barcodes.${i}.barcode`] = 'fault.checkDigit';
  });
  return faults;
}

/** 8, 12, 13 or 14 digits are a GTIN, and its last digit checks the others: weights 3 and 1 from the right. */
export function hasWrongCheckDigit(text: string): boolean {
  const code = text.trim();
  if (!/^(\d{8}|\d{12,14})$/.test(code)) return false;
  const sum = [...code.slice(0, -1)].reverse().reduce((all, digit, i) => all + Number(digit) * (i % 2 === 0 ? 3 : 1), 0);
  return (10 - (sum % 10)) % 10 !== Number(code.at(-1));
}

/** How many bundles the parts give, and which part is the first to run out. */
export function makesOf(parts: { sku: string; quantity: number; available: number | null }[]): { makes: number; limit: string } | null {
  if (parts.length === 0 || parts.some((p) => p.available === null || p.quantity <= 0)) return null;
  const [least] = parts.map((p) => ({ makes: Math.max(0, Math.floor(p.available! / p.quantity)), limit: p.sku })).sort((a, b) => a.makes - b.makes);
  return least!;
}

/** Variants as a table: the two options that differ most make its rows and columns; further ones are named in the cell. */
export interface Matrix {
  row: string | null;
  column: string | null;
  rows: string[];
  columns: string[];
  cell: (row: string, column: string) => Product[];
}

export function matrixOf(variants: Product[]): Matrix {
  const values = new Map<string, string[]>();
  for (const v of variants)
    for (const [name, value] of Object.entries(v.variantOptions)) {
      const known = values.get(name) ?? [];
      if (!known.includes(value)) values.set(name, [...known, value]);
    }
  const names = [...values.keys()].sort((a, b) => values.get(b)!.length - values.get(a)!.length || a.localeCompare(b));
  const [row = null, column = null] = names;
  const of = (p: Product, name: string | null) => (name === null ? '' : (p.variantOptions[name] ?? ''));
  const all = (name: string | null) => (name === null ? [''] : [...new Set(variants.map((v) => of(v, name)))]);
  return { row, column, rows: all(row), columns: all(column), cell: (r, c) => variants.filter((v) => of(v, row) === r && of(v, column) === c) };
}
