import type { Schema } from '@house/api/client.ts';
import type { Customer } from './customers.ts';

export type Body = Schema['CustomerBody'];
export type Address = Record<AddressField, string> & { label: string; use: string };
export type Contact = Record<(typeof contactFields)[number], string>;

export const addressFields = ['name', 'company', 'line1', 'line2', 'city', 'region', 'postcode', 'country', 'phone'] as const;
export type AddressField = (typeof addressFields)[number];
export const contactFields = ['name', 'role', 'email', 'phone'] as const;

/** A customer as a form holds it: every field a text. */
export interface Draft {
  kind: 'person' | 'company';
  name: string;
  email: string;
  phone: string;
  otherEmails: string[];
  language: string;
  vatNumber: string;
  /** May another product go instead: nothing said, yes or no. */
  substitutes: '' | 'yes' | 'no';
  tags: string[];
  addresses: Address[];
  contacts: Contact[];
  externalIds: { channel: string; id: string }[];
}

export const emptyAddress: Address = { label: '', use: '', name: '', company: '', line1: '', line2: '', city: '', region: '', postcode: '', country: '', phone: '' };
export const emptyContact: Contact = { name: '', role: '', email: '', phone: '' };
export const emptyDraft: Draft = { kind: 'person', name: '', email: '', phone: '', otherEmails: [], language: '', vatNumber: '', substitutes: '', tags: [], addresses: [], contacts: [], externalIds: [] };

const filled = <T extends Record<string, string>>(empty: T, from: Partial<Record<keyof T, unknown>>): T =>
  Object.fromEntries(Object.keys(empty).map((key) => [key, typeof from[key] === 'string' ? from[key] : ''])) as T;

export const draftOf = (customer: Customer): Draft => ({
  kind: customer.kind === 'company' ? 'company' : 'person',
  name: customer.name ?? '',
  email: customer.email ?? '',
  phone: customer.phone ?? '',
  otherEmails: customer.otherEmails,
  language: customer.language ?? '',
  vatNumber: customer.vatNumber ?? '',
  substitutes: customer.allowSubstitutes == null ? '' : customer.allowSubstitutes ? 'yes' : 'no',
  tags: customer.tags,
  addresses: customer.addresses.map((a) => filled(emptyAddress, a)),
  contacts: customer.contacts.map((c) => filled(emptyContact, c)),
  externalIds: customer.externalIds.map((x) => ({ channel: x.channel ?? '', id: x.id ?? '' })),
});

const orNull = (text: string): string | null => text.trim() || null;
const nulls = <T extends Record<string, string>>(row: T) => Object.fromEntries(Object.entries(row).map(([key, text]) => [key, orNull(text)])) as Record<keyof T, string | null>;
const hasWords = (row: Record<string, string>) => Object.values(row).some((text) => text.trim() !== '');

/**
 * What is sent: all of the customer, since a PUT says all of it. Emails and numbers at channels are left out when nothing was
 * changed: those of customers that were merged into this one stay with them.
 */
export function bodyOf(draft: Draft, before: Customer | null): Body {
  const was = before && draftOf(before);
  const same = (key: 'otherEmails' | 'externalIds') => JSON.stringify(draft[key]) === JSON.stringify(was?.[key] ?? []);
  return {
    kind: draft.kind,
    name: orNull(draft.name),
    email: orNull(draft.email),
    phone: orNull(draft.phone),
    otherEmails: before && same('otherEmails') ? null : draft.otherEmails,
    externalIds: before && same('externalIds') ? null : draft.externalIds.filter(hasWords).map(nulls),
    addresses: draft.addresses.filter(hasWords).map(nulls),
    contacts: draft.contacts.filter(hasWords).map(nulls),
    credit: before?.credit && draft.kind === 'company' ? { currency: before.credit.currency, limitMinor: before.credit.limitMinor, termsDays: before.credit.termsDays } : null,
    vatNumber: orNull(draft.vatNumber),
    language: orNull(draft.language),
    tags: draft.tags,
    allowSubstitutes: draft.substitutes === '' ? null : draft.substitutes === 'yes',
    metadata: before?.metadata ?? null,
  };
}

/** Terms whose limit a person may not see cannot be sent back as they were. */
export const canBeSent = (customer: Customer): boolean => !customer.credit || typeof (customer.credit.limitMinor as number | undefined) === 'number';

/** A marketplace hides its buyers: one who is known by its relay address only is never joined with another. */
export const isRelayOnly = (customer: Customer): boolean =>
  customer.otherEmails.length === 0 && (customer.isRelay || (!customer.email && customer.relayAddresses.length > 0));

/** What the survivor of a merge would have: orders and values added, by currency. */
export function together(one: Customer, other: Customer) {
  const value = new Map<string, { totalMinor: number; refundedMinor: number }>();
  for (const v of [...(one.history?.value ?? []), ...(other.history?.value ?? [])]) {
    const sum = value.get(v.currency) ?? { totalMinor: 0, refundedMinor: 0 };
    value.set(v.currency, { totalMinor: sum.totalMinor + v.totalMinor, refundedMinor: sum.refundedMinor + v.refundedMinor });
  }
  const emails = [...new Set([one, other].flatMap((c) => [c.email, ...c.otherEmails]).filter((e): e is string => Boolean(e)))];
  return {
    orders: (one.history?.orders ?? 0) + (other.history?.orders ?? 0),
    value: [...value].map(([currency, sums]) => ({ currency, ...sums })),
    emails,
    numbers: one.externalIds.length + other.externalIds.length,
  };
}
