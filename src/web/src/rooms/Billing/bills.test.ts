import { expect, test } from 'vitest';
import { fileQuery } from './bills.ts';

test('the file of a bill is of the version and the prices that are shown', () => {
  const draft = { merchant: 'alpha', version: null };
  expect(fileQuery(draft, false, true)).toEqual({ merchant: 'alpha', version: 0, newPrices: true });
  expect(fileQuery(draft, true, false)).toEqual({ merchant: 'alpha', version: 0, entries: true });
  expect(fileQuery({ merchant: 'alpha', version: 2 }, false, true)).toEqual({ merchant: 'alpha', version: 2 });
});
