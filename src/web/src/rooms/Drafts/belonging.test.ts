import { expect, test } from 'vitest';
import type { Order } from '@rooms/Orders/orders.ts';
import { belongingActions, freeOf } from './belonging.ts';

const buckets = { unallocated: 0, backordered: 0, preordered: 0, allocated: 0, released: 0, picked: 0, packed: 0, shipped: 0, delivered: 0, lost: 0, sentBack: 0, cancelled: 0 };
const line = (more: object) => ({ ...buckets, line: 1, kind: 'goods', sku: 'MUG', quantity: 2, parentLine: null, ...more });
const orderOf = (...lines: object[]) => ({ state: 'confirmed', lines }) as unknown as Order;
const everything = () => true;

test('what somebody works on does not go elsewhere, and what has not left is not sent again', () => {
  expect(belongingActions(orderOf(line({ released: 2 })), everything)).toMatchObject({ split: false, replace: false });
  expect(belongingActions(orderOf(line({ allocated: 1, shipped: 1 })), everything)).toMatchObject({ split: true, replace: true });
  expect(belongingActions(orderOf(line({ quantity: 1, allocated: 1 })), everything).split).toBe(false);
  expect(belongingActions(orderOf(line({ allocated: 2 })), (right) => right !== 'orders:change').split).toBe(false);
});

test('a bundle goes whole: as many as all of its parts are free', () => {
  const order = orderOf(line({ kind: 'bundle', quantity: 2 }), line({ line: 2, kind: 'component', parentLine: 1, quantity: 2, allocated: 2 }), line({ line: 3, kind: 'component', parentLine: 1, quantity: 4, allocated: 2, picked: 2 }));
  expect(freeOf(order, order.lines[0]!)).toBe(1);
});
