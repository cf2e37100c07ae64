import { expect, test } from 'vitest';
import { groupsOf } from './groups.ts';
import type { Line, Order } from './orders.ts';

const line = (over: Partial<Line>): Line =>
  ({ line: 1, kind: 'goods', quantity: 0, unallocated: 0, backordered: 0, preordered: 0, allocated: 0, released: 0, picked: 0, packed: 0, shipped: 0, delivered: 0, lost: 0, sentBack: 0, cancelled: 0, returned: 0, allocations: [], ...over }) as Line;

const told = (order: Partial<Order>) => groupsOf(order as Order).map((g) => [g.kind, g.node ?? '', g.lines.map((l) => l.quantity).join('+')]);

test('units stand with whoever has them, each once', () => {
  const part = { line: 1, quantity: 3, open: 1, picked: 1, packed: 0, shipped: 1, short: 0, rejected: 0, cancelled: 0 };
  expect(
    told({
      lines: [line({ quantity: 8, released: 1, picked: 1, shipped: 1, allocated: 2, backordered: 2, cancelled: 1, allocations: [{ node: 'BHM', quantity: 4 }] })],
      fulfilments: [{ id: 'f', node: 'BHM', lines: [part] }] as unknown as NonNullable<Order['fulfilments']>,
    }),
  ).toEqual([
    ['fulfilment', 'BHM', '3'],
    ['node', 'BHM', '1'],
    ['waiting', '', '3'],
    ['cancelled', '', '1'],
  ]);
});

test('an order brought in as history has gone without a release', () => {
  expect(told({ lines: [line({ quantity: 2, delivered: 2, returned: 1 })], fulfilments: [] })).toEqual([['gone', '', '2']]);
});

test('charges and bundles have no units', () => {
  expect(told({ lines: [line({ kind: 'charge', quantity: 1 }), line({ kind: 'bundle', quantity: 1 })] })).toEqual([]);
});
