import { expect, test } from 'vitest';
import { deltaOf, groupOf, pageOf } from './stock.ts';

test('a count is the difference to what is there', () => {
  expect(deltaOf('to', 7, 10)).toBe(-3);
  expect(deltaOf('to', -1, 10)).toBeNull();
  expect(deltaOf('by', -3, 10)).toBe(-3);
  expect(deltaOf('by', 1.5, 10)).toBeNull();
  expect(deltaOf('by', null, 10)).toBeNull();
});

test('every movement stands in one group', () => {
  expect(groupOf('received')).toBe('goods');
  expect(groupOf('reservationExpired')).toBe('claims');
  expect(groupOf('madeUnavailable')).toBe('condition');
});

test('a SKU with a stroke has a page', () => expect(pageOf('A/B')).toBe('/inventory/A%2FB'));
