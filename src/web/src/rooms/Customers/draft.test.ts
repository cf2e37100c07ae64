import { describe, expect, test } from 'vitest';
import type { Customer } from './customers.ts';
import { bodyOf, canBeSent, draftOf, emptyAddress, emptyDraft, isRelayOnly, together } from './draft.ts';

const ada = {
  id: 'cus_1', kind: 'person', name: 'Ada', email: 'ada@example.test', isRelay: false, phone: null, otherEmails: ['old@example.test'], externalIds: [{ channel: 'web', id: '7' }],
  relayAddresses: [], addresses: [{ label: null, use: 'shipping', name: 'Ada', line1: '1 Mill Lane', city: 'Leeds' }], contacts: [], credit: null, vatNumber: null, language: 'en', allowSubstitutes: false, tags: ['vip'],
  blockedReason: null, mergedInto: null, merged: [], consents: [], metadata: { a: '1' }, version: 3,
  history: { orders: 2, cancelled: 0, returned: 0, value: [{ currency: 'GBP', orders: 2, totalMinor: 500, refundedMinor: 0 }], newest: [] },
} as unknown as Customer;

describe('what a form sends of a customer', () => {
  test('everything that was there is said again', () => {
    const body = bodyOf(draftOf(ada), ada);
    expect(body).toMatchObject({ kind: 'person', name: 'Ada', email: 'ada@example.test', tags: ['vip'], language: 'en', allowSubstitutes: false, metadata: { a: '1' } });
    expect(body.addresses).toEqual([expect.objectContaining({ use: 'shipping', line1: '1 Mill Lane', label: null })]);
  });
  test('identities that nobody touched are left to those who have them', () => {
    expect(bodyOf(draftOf(ada), ada)).toMatchObject({ otherEmails: null, externalIds: null });
    expect(bodyOf({ ...draftOf(ada), otherEmails: [] }, ada).otherEmails).toEqual([]);
  });
  test('rows that were left empty are not sent', () => {
    expect(bodyOf({ ...emptyDraft, name: ' Eve ', addresses: [emptyAddress] }, null)).toMatchObject({ name: 'Eve', addresses: [], email: null });
  });
  test('terms whose limit is hidden cannot be sent back', () => {
    expect(canBeSent(ada)).toBe(true);
    expect(canBeSent({ ...ada, credit: { currency: 'GBP', termsDays: 30 } } as unknown as Customer)).toBe(false);
  });
});

describe('a merge', () => {
  test('adds orders and values by currency', () => {
    const eve = { ...ada, email: 'eve@example.test', otherEmails: [], history: { ...ada.history!, value: [{ currency: 'GBP', orders: 1, totalMinor: 100, refundedMinor: 50 }, { currency: 'EUR', orders: 1, totalMinor: 7, refundedMinor: 0 }] } };
    expect(together(ada, eve)).toEqual({
      orders: 4, emails: ['ada@example.test', 'old@example.test', 'eve@example.test'], numbers: 2,
      value: [{ currency: 'GBP', totalMinor: 600, refundedMinor: 50 }, { currency: 'EUR', totalMinor: 7, refundedMinor: 0 }],
    });
  });
  test('is not for whoever is known by a relay address only', () => {
    expect(isRelayOnly(ada)).toBe(false);
    expect(isRelayOnly({ ...ada, email: 'x@relay.test', isRelay: true, otherEmails: [] })).toBe(true);
    expect(isRelayOnly({ ...ada, email: 'x@relay.test', isRelay: true })).toBe(false);
  });
});
