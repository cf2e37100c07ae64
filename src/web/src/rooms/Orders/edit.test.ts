import { expect, test } from 'vitest';
import { clashOf, emptyDraft, mayBeReplaced, wishOf } from './edit.ts';
import type { Order } from './orders.ts';

const address = { name: 'Ada', company: null, line1: '1 Mill Lane', line2: null, city: 'London', region: null, postcode: 'N1', country: 'GB', phone: null };
const order = (over: Partial<Order> = {}): Order =>
  ({
    lines: [
      { line: 1, sku: 'MUG', kind: 'goods', quantity: 3, cancelled: 1, allowSubstitutes: false },
      { line: 2, sku: 'TEA', kind: 'goods', quantity: 1, cancelled: 0, allowSubstitutes: false },
    ],
    shippingAddress: address, method: 'standard', customer: { email: 'a@b', phone: null }, status: 'confirmed', ...over,
  }) as unknown as Order;

test('only what differs is wished for', () => {
  expect(wishOf(order(), { ...emptyDraft, quantities: { 1: 2, 2: 1 }, address: { ...address }, method: 'standard', email: 'a@b' })).toEqual({});
});

test('none is a removal, and blanks are no change of an address', () => {
  expect(wishOf(order(), { ...emptyDraft, quantities: { 1: 0, 2: 4 }, address: { ...address, line2: '  ' } })).toEqual({
    lines: [{ line: 1, remove: true }, { line: 2, quantity: 4 }],
  });
  expect(wishOf(order(), { ...emptyDraft, address: { ...address, line1: '2 Mill Lane ' } }).shippingAddress?.line1).toBe('2 Mill Lane');
});

test('what may go instead is wished for by line, with or without units', () => {
  expect(wishOf(order(), { ...emptyDraft, substitutes: { 1: true, 2: false }, quantities: { 1: 5 } })).toEqual({ lines: [{ line: 1, quantity: 5, allowSubstitutes: true }] });
  expect(wishOf(order(), { ...emptyDraft, substitutes: { 1: true }, quantities: { 1: 0 } })).toEqual({ lines: [{ line: 1, remove: true }] });
  const line = (metadata: object | null, kind = 'goods') => ({ kind, metadata }) as never;
  expect([mayBeReplaced(line(null)), mayBeReplaced(line({ Personalisation: 'Ada' })), mayBeReplaced(line(null, 'component'))]).toEqual([true, false, false]);
});

test('a clash shows what they changed beside what I wanted', () => {
  const now = order({ method: 'express', lines: [{ line: 1, sku: 'MUG', kind: 'goods', quantity: 3, cancelled: 2 }, { line: 2, sku: 'TEA', kind: 'goods', quantity: 1, cancelled: 0 }] as never });
  expect(clashOf(order(), now, { ...emptyDraft, quantities: { 1: 5 } })).toEqual([
    { what: 'quantity', about: 'MUG', before: '2', theirs: '1', mine: '5' },
    { what: 'method', before: 'standard', theirs: 'express', mine: null },
  ]);
});
