import { describe, expect, test } from 'vitest';
import { readScan } from '@house/scan/read.ts';
import type { Sent } from '@house/offline/shelf.ts';
import { after, begun, filled, given, next, stepOfRefill, wrongOfRefill, type RefillWalk } from './refill.ts';

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

describe('tasks fetched again while what was done waits', () => {
  const taskOf = (id: string, quantity: number) => ({ ...task, id, name: 'Mug', quantity }) as never as RefillWalk['tasks'][number];
  const answer = (...tasks: RefillWalk['tasks']) => ({ object: 'nextRefill', node: 'MAIN', task: tasks[0] ?? null, ahead: tasks.slice(1), fellAway: [], waiting: 2 });

  test('says as many as were brought, whatever the task asks for by then', () => {
    const walk = { ...begun('MAIN', [taskOf('a', 12)], 0, null), seen: { from: 'R-1', item: 'MUG', lot: 'SOON' } };
    const done = filled(walk, 'id-1', 'A-01-1', null);
    expect(done).toMatchObject({ task: 'a', deed: { id: 'id-1', from: 'R-1', item: 'MUG', lot: 'SOON', to: 'A-01-1', found: null, quantity: 12 }, about: { units: 12 } });
    expect(filled(walk, 'id-2', 'A-01-1', 5)).toMatchObject({ deed: { found: 5, quantity: null }, about: { units: 5 } });
    // The house asks for fewer by now: what is kept on the device says what was done.
    expect([begun('MAIN', [taskOf('a', 4)], 0, walk).tasks[0]!.quantity, done.deed.quantity]).toEqual([4, 12]);
  });

  test('tells first what was done, and asks for nothing while that cannot be told', async () => {
    for (const became of ['unreachable', 'unknown', 'empty'] as Sent[]) {
      const calls: string[] = [];
      const asked = await next({
        waiting: async () => (calls.includes('flush') && became === 'empty' ? [] : ['a']),
        flush: async () => (calls.push('flush'), became),
        ask: async () => (calls.push('ask'), answer(taskOf('b', 6))),
        before: () => null,
      });
      expect([calls, asked?.tasks.map((t) => t.id) ?? null]).toEqual(became === 'empty' ? [['flush', 'ask'], ['b']] : [['flush'], null]);
    }
  });

  test('leaves out what was done while it was asked, and asks at once where nothing waits', async () => {
    let asked = false;
    const walk = await next({
      waiting: async () => (asked ? ['a'] : []),
      flush: () => Promise.reject(new Error('nothing to tell')),
      ask: async () => ((asked = true), answer(taskOf('a', 6), taskOf('b', 6))),
      before: () => begun('MAIN', [taskOf('a', 6)], 0, null),
    });
    expect([walk!.tasks.map((t) => t.id), walk!.waiting]).toEqual([['b'], 2]);
  });
});
