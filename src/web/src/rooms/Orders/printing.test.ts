import { expect, test } from 'vitest';
import type { Order } from './orders.ts';
import { picksOf, printSearch, toSend } from './printing.ts';

const line = (sku: string, allocations: { node: string; quantity: number }[], kind = 'goods') => ({ kind, sku, name: sku, allocations }) as unknown as Order['lines'][number];
const order = (number: string, lines: Order['lines']) => ({ number, lines }) as unknown as Order;

test('a pick list sums what each node has for all orders, SKU by SKU, and says which are theirs', () => {
  const picks = picksOf([
    order('1', [line('MUG', [{ node: 'BHM', quantity: 2 }]), line('BOWL', [{ node: 'BHM', quantity: 1 }, { node: 'LDS', quantity: 3 }])]),
    order('2', [line('MUG', [{ node: 'BHM', quantity: 4 }]), line('SET', [], 'bundle'), line('POST', [{ node: 'BHM', quantity: 1 }], 'charge')]),
  ]);
  expect(picks.map((p) => p.node)).toEqual(['BHM', 'LDS']);
  expect(picks[0]!.picks).toEqual([
    { sku: 'BOWL', name: 'BOWL', units: 1, of: [{ number: '1', units: 1 }] },
    { sku: 'MUG', name: 'MUG', units: 6, of: [{ number: '1', units: 2 }, { number: '2', units: 4 }] },
  ]);
});

test('what was cancelled or has left is not sent again', () => {
  expect(toSend({ quantity: 10, cancelled: 2, shipped: 3, delivered: 1, lost: 1, sentBack: 0 } as Order['lines'][number])).toBe(3);
});

test('few orders are printed by their ids, many by what finds them', () => {
  const chosen = (n: number, isAll = false) => ({ isAll, count: n, ids: new Set(Array.from({ length: n }, (_, i) => `ord_${i}`)) }) as never;
  expect(printSearch(chosen(2), 'city:Leeds')).toEqual({ ids: 'ord_0,ord_1' });
  expect(printSearch(chosen(2, true), 'city:Leeds x')).toEqual({ query: 'city:Leeds x' });
});
