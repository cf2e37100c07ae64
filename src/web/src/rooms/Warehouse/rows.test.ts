import { expect, test } from 'vitest';
import { binsOfRows, type Rows } from './rows.ts';

const rows: Rows = { fromAisle: 2, toAisle: 3, bays: 4, levels: 2, sides: 'both', zone: ' A ', kind: 'pick', capacityUnits: 40, pattern: '{letter}{block}-{bay}-{level}' };

test('rows of bins have a place and a code each', () => {
  const bins = binsOfRows(rows, { blocks: 2, blockLengthMm: 8000 });
  expect(bins).toHaveLength(2 * 2 * 4 * 2 * 2);
  expect(new Set(bins.map((b) => b.code)).size).toBe(bins.length);
  expect(bins[0]).toMatchObject({ code: 'B1-01-1', zone: 'A', aisle: 1, block: 0, positionMm: 1000, side: 'left', level: 0, capacityUnits: 40 });
  expect(bins.at(-1)).toMatchObject({ code: 'C2-08-2', aisle: 2, block: 1, positionMm: 7000, side: 'right', level: 1 });
});

test('one does not walk back for a bin', () => {
  const order = binsOfRows(rows, { blocks: 2, blockLengthMm: 8000 }).map((b) => b.walkOrder ?? 0);
  expect(order).toEqual([...order].sort((a, b) => a - b));
});
