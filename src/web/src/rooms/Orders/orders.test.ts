import { expect, test } from 'vitest';
import { actionsOf, nodesOf, type Line, type Order } from './orders.ts';

const line = (over: Partial<Line>): Line =>
  ({ kind: 'goods', quantity: 2, unallocated: 0, backordered: 0, preordered: 0, allocated: 0, released: 0, picked: 0, packed: 0, shipped: 0, delivered: 0, lost: 0, sentBack: 0, cancelled: 0, allocations: [], ...over }) as Line;
const order = (over: Partial<Order>): Order => ({ state: 'confirmed', holds: [], lines: [line({ allocated: 2 })], graceUntil: null, ...over }) as Order;
const all = () => true;

test('an order that has left can be neither edited nor cancelled', () => {
  const gone = actionsOf(order({ lines: [line({ shipped: 2 })] }), all, 0);
  expect([gone.edit, gone.cancel, gone.hold]).toEqual([false, false, false]);
});

test('an ended order offers nothing that changes it', () => {
  const ended = actionsOf(order({ state: 'cancelled' }), all, 0);
  expect([ended.edit, ended.cancel, ended.hold, ended.release, ended.sendToWork]).toEqual([false, false, false, false, false]);
});

test('in grace anybody who writes may edit, afterwards only who may change', () => {
  const writer = (p: string) => p === 'orders:write';
  expect(actionsOf(order({ graceUntil: '2026-01-01T00:00:00Z' }), writer, Date.parse('2025-12-31T00:00:00Z')).edit).toBe(true);
  expect(actionsOf(order({ graceUntil: '2026-01-01T00:00:00Z' }), writer, Date.parse('2026-01-02T00:00:00Z')).edit).toBe(false);
});

test('nodes are named by how much comes from them', () => {
  expect(nodesOf(order({ lines: [line({ allocations: [{ node: 'A', quantity: 1 }, { node: 'B', quantity: 3 }] })] }))).toEqual(['B', 'A']);
});
