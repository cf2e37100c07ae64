import { expect, test } from 'vitest';
import { progress, sumBuckets } from './buckets.ts';

test('lines are summed, charges and bundles are not', () => {
  const sum = sumBuckets([
    { kind: 'goods', allocated: 2, shipped: 1 },
    { kind: 'component', allocated: 1 },
    { kind: 'bundle', allocated: 9 },
    { kind: 'charge', allocated: 1 },
  ]);
  expect(sum).toEqual({ allocated: 3, shipped: 1 });
  expect(progress(sum)).toEqual({ gone: 1, wanted: 4 });
});

test('what came back is drawn once, and cancelled units are not wanted', () => {
  const sum = sumBuckets([{ delivered: 3, returned: 1, cancelled: 2 }]);
  expect(sum).toEqual({ delivered: 2, returned: 1, cancelled: 2 });
  expect(progress(sum)).toEqual({ gone: 3, wanted: 3 });
});
