import type { Schema } from '@house/api/client.ts';
import type { Address, Order } from './orders.ts';

/** What a person has changed so far; null where nothing. */
export interface Draft {
  quantities: Record<number, number>;
  /** May another product go instead, by line. */
  substitutes: Record<number, boolean>;
  added: { sku: string; quantity: number }[];
  address: Address | null;
  method: string | null;
  email: string | null;
  phone: string | null;
}

export const emptyDraft: Draft = { quantities: {}, substitutes: {}, added: [], address: null, method: null, email: null, phone: null };

export type Wish = Omit<Schema['EditOrderRequest'], 'version'>;

/** Left out of an answer, it is no. */
export const takesOthers = (line: Order['lines'][number]): boolean => (line.allowSubstitutes as boolean | undefined) === true;

/** Nothing goes instead of what was made for this customer, of parts of a bundle and of charges. */
export const mayBeReplaced = (line: Order['lines'][number]): boolean =>
  line.kind === 'goods' && !Object.keys((line.metadata ?? {}) as Record<string, unknown>).some((key) => key.toLowerCase() === 'personalisation');

/** The draft as the API takes it: only what differs from the order. */
export function wishOf(order: Order, draft: Draft): Wish {
  const lines = order.lines.flatMap<NonNullable<Wish['lines']>[number]>((l) => {
    const [quantity, takes] = [draft.quantities[l.line] ?? l.quantity - l.cancelled, draft.substitutes[l.line] ?? takesOthers(l)];
    const [isMore, isOther] = [quantity !== l.quantity - l.cancelled, takes !== takesOthers(l)];
    if (!isMore && !isOther) return [];
    return isMore && quantity === 0 ? [{ line: l.line, remove: true }] : [{ line: l.line, ...(isMore ? { quantity } : {}), ...(isOther ? { allowSubstitutes: takes } : {}) }];
  });
  const added = draft.added.filter((a) => a.sku.trim() !== '' && a.quantity > 0).map((a) => ({ sku: a.sku.trim(), quantity: a.quantity }));
  const address = draft.address && !isSameAddress(draft.address, order.shippingAddress) ? draft.address : null;
  const email = draft.email !== null && draft.email !== (order.customer?.email ?? '') ? draft.email : null;
  const phone = draft.phone !== null && draft.phone !== (order.customer?.phone ?? '') ? draft.phone : null;
  return {
    ...(lines.length > 0 ? { lines } : {}),
    ...(added.length > 0 ? { add: added } : {}),
    ...(address ? { shippingAddress: trimmed(address) } : {}),
    ...(draft.method !== null && draft.method !== (order.method ?? '') ? { method: draft.method } : {}),
    ...(email !== null || phone !== null ? { customer: { ...(email !== null ? { email } : {}), ...(phone !== null ? { phone } : {}) } } : {}),
  };
}

export const addressFields = ['name', 'company', 'line1', 'line2', 'city', 'region', 'postcode', 'country', 'phone'] as const;

const text = (address: Address | null, field: (typeof addressFields)[number]) => (address?.[field] ?? '').trim();

export const isSameAddress = (a: Address | null, b: Address | null): boolean => addressFields.every((f) => text(a, f) === text(b, f));

const trimmed = (address: Address): Address => Object.fromEntries(addressFields.map((f) => [f, text(address, f) || null])) as Address;

/** A value both sides had in hand, for the screen of a clash. */
export interface Differing {
  what: string;
  about?: string;
  before: string;
  theirs: string;
  mine: string | null;
}

const oneLine = (address: Address | null) => addressFields.map((f) => text(address, f)).filter(Boolean).join(', ');

/** What they changed and what I wanted, side by side. `before` is the order as I had it, `now` as it is. */
export function clashOf(before: Order, now: Order, draft: Draft): Differing[] {
  const wish = wishOf(before, draft);
  const rows: Differing[] = [];
  const add = (what: string, was: string, theirs: string, mine: string | null, about?: string) => {
    if (was !== theirs || mine !== null) rows.push({ what, before: was, theirs, mine, ...(about === undefined ? {} : { about }) });
  };
  for (const line of before.lines.filter((l) => l.kind !== 'component')) {
    const theirs = now.lines.find((l) => l.line === line.line);
    const mine = wish.lines?.find((l) => l.line === line.line && (l.remove || l.quantity !== undefined));
    add('quantity', String(line.quantity - line.cancelled), String(theirs ? theirs.quantity - theirs.cancelled : 0), mine ? String(mine.quantity ?? 0) : null, line.sku);
  }
  add('shippingAddress', oneLine(before.shippingAddress), oneLine(now.shippingAddress), wish.shippingAddress ? oneLine(wish.shippingAddress) : null);
  add('method', before.method ?? '', now.method ?? '', wish.method ?? null);
  add('email', before.customer?.email ?? '', now.customer?.email ?? '', wish.customer?.email ?? null);
  add('status', before.status, now.status, null);
  return rows;
}
