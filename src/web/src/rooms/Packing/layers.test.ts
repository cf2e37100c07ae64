import { expect, test } from 'vitest';
import { layersOf, spans, type Placed } from './layers.ts';
import { readWeight } from './weight.ts';

const at = (line: number, x: number, y: number, z: number, size = 100): Placed => ({ line, sku: `P${line}`, x, y, z, lengthMm: size, widthMm: size, heightMm: size });

test('what lies beside each other is one layer, what lies above another is in the next', () => {
  const layers = layersOf([at(1, 0, 0, 0), at(1, 100, 0, 0), at(2, 0, 0, 100), at(2, 50, 50, 200)]);
  expect(layers.map((l) => l.map((d) => d.no))).toEqual([[1, 2], [3], [4]]);
  expect(layers[0]!.map((d) => d.tone)).toEqual([1, 1]);
  expect(layers[1]![0]!.tone).toBe(2);
});

test('a low thing beside a high one is in the layer it can be put in with', () => {
  const layers = layersOf([at(1, 0, 0, 0, 100), at(2, 100, 0, 0, 50), at(3, 100, 0, 50, 50)]);
  expect(layers.map((l) => l.map((d) => d.item.line))).toEqual([[1, 2], [3]]);
  expect(layersOf([])).toEqual([]);
});

test('numbers are said as spans', () => {
  expect(spans([3, 1, 2, 5])).toBe('1–3, 5');
  expect(spans([])).toBe('');
});

test('a weight is read as people and scales write it', () => {
  expect(readWeight('577')).toEqual({ grams: 577, hasUnit: false });
  expect(readWeight('0,577 kg')).toEqual({ grams: 577, hasUnit: true });
  expect(readWeight('1.25')).toEqual({ grams: 1250, hasUnit: false });
  expect(readWeight('ST,+  0.577kg')).toEqual({ grams: 577, hasUnit: true });
  expect(readWeight('1234 G')).toEqual({ grams: 1234, hasUnit: true });
  expect(readWeight('MUG')).toBeNull();
  expect(readWeight('0')).toBeNull();
  expect(readWeight('5012345678900')).toBeNull();
});
