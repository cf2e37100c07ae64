import { describe, expect, it } from 'vitest';
import { currentOf, exceptionOf, holdOf, keyOf, type Item } from './attention.ts';

const item = (over: Partial<Item>): Item =>
  ({ object: 'attention', source: 'hold', kind: 'fraud', detail: '', since: '2026-01-01T00:00:00Z', owner: null, isOverdue: false, order: 'ord_1', orderNumber: '1', line: null, node: null, actions: [], ...over }) as Item;
const held = (order: string, hold: number) =>
  item({ order, actions: [{ text: '', operation: 'orders.releaseHold', method: 'POST', path: '', body: { hold } }] } as Partial<Item>);

describe('the queue of exceptions', () => {
  it('brings the next when one is done', () => {
    const before = [held('a', 1), held('b', 1), held('c', 1)];
    const key = keyOf(before[1]!);
    expect(currentOf(before, key, 1)).toBe(1);
    expect(currentOf([before[0]!, before[2]!], key, 1)).toBe(1);
  });

  it('shows the last when the last of the list is done, and none when all are', () => {
    expect(currentOf([held('a', 1)], 'gone', 3)).toBe(0);
    expect(currentOf([], 'gone', 3)).toBe(-1);
  });

  it('tells two holds of one order apart', () => expect(keyOf(held('a', 1))).not.toBe(keyOf(held('a', 2))));

  it('finds what the actions are about', () => {
    expect(holdOf(held('a', 7))).toBe(7);
    const trouble = item({ source: 'exception', actions: [{ text: '', operation: 'exceptions.resolve', method: 'POST', path: '/api/v1/exceptions/42/resolve', body: null }] } as Partial<Item>);
    expect(exceptionOf(trouble)).toBe(42);
  });
});
