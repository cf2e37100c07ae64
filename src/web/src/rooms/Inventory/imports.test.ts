import { expect, test } from 'vitest';
import { oursOf, remap } from './imports.ts';

test('a header is read as one column, and a column from one header', () => {
  const first = { columns: { sku: 'Code', quantity: 'Count' }, decimalMark: '.' };
  const moved = remap(first, 'Stock', 'quantity');
  expect(moved).toEqual({ columns: { sku: 'Code', quantity: 'Stock' }, decimalMark: '.' });
  expect(oursOf(moved, 'Count')).toBeNull();
  expect(remap(first, 'Code', null).columns).toEqual({ quantity: 'Count' });
  expect(remap(first, 'Code', 'node').columns).toEqual({ quantity: 'Count', node: 'Code' });
});
