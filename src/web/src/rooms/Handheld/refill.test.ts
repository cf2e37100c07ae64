import { describe, expect, test } from 'vitest';
import { readScan } from '@house/scan/read.ts';
import { after, begun, given, stepOfRefill, wrongOfRefill } from './refill.ts';

const task = { from: 'R-1', to: 'A-01-1', sku: 'MUG', lot: 'SOON', codes: [{ key: '04006381333931', units: 1 }] };

describe('filling a pick face', () => {
  test('goes from the bin over the item to the face', () => {
    expect([stepOfRefill({}), stepOfRefill({ from: 'R-1' }), stepOfRefill({ from: 'R-1', item: 'MUG' })]).toEqual(['from', 'item', 'to']);
  });

  test('takes the bin and the face only where they are asked for', () => {
    expect(wrongOfRefill(task, {}, readScan('r-1'))).toBeNull();
    expect(wrongOfRefill(task, {}, readScan('A-01-1'))).toMatchObject({ why: 'bin', want: 'R-1' });
    expect(wrongOfRefill(task, { from: 'R-1', item: 'MUG' }, readScan('A-01-1'))).toBeNull();
  });

  test('takes a barcode, the SKU or a GS1 code of the right lot', () => {
    const at = { from: 'R-1' };
    expect(wrongOfRefill(task, at, readScan('4006381333931'))).toBeNull();
    expect(wrongOfRefill(task, at, readScan('mug'))).toBeNull();
    expect(wrongOfRefill(task, at, readScan('5012345678900'))).toMatchObject({ why: 'item', want: 'MUG' });
    expect(wrongOfRefill(task, at, readScan(']C1010400638133393110LATE'))).toMatchObject({ why: 'lot', is: 'LATE', want: 'SOON' });
  });
});

describe('tasks on the device', () => {
  const tasks = ['a', 'b', 'c'].map((id) => ({ ...task, id }) as never as Parameters<typeof begun>[1][number]);
  const ids = (walk: ReturnType<typeof begun>) => walk.tasks.map((t) => t.id);

  test('go on one after the other without network', () => {
    const walk = { ...begun('MAIN', tasks, 4, null), seen: { from: 'R-1' }, found: 2 };
    expect(after(walk)).toMatchObject({ seen: {}, found: null, waiting: 4 });
    expect(ids(after(after(walk)))).toEqual(['c']);
  });

  test('keep what is in hand when they are fetched again, and lose what was done here', () => {
    const walk = { ...begun('MAIN', tasks, 4, null), seen: { from: 'R-1' }, found: 2 };
    expect(begun('MAIN', [tasks[1]!, tasks[0]!], 0, walk)).toMatchObject({ seen: { from: 'R-1' }, found: 2, tasks: [{ id: 'a' }, { id: 'b' }] });
    expect(begun('MAIN', [tasks[1]!], 0, walk)).toMatchObject({ seen: {}, found: null, tasks: [{ id: 'b' }] });
    expect(given(walk, ['b'])).toMatchObject({ seen: { from: 'R-1' }, tasks: [{ id: 'a' }, { id: 'c' }] });
    expect(given(walk, ['a'])).toMatchObject({ seen: {}, found: null, tasks: [{ id: 'b' }, { id: 'c' }] });
  });
});
