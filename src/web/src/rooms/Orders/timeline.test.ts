import { expect, test } from 'vitest';
import { changesOf, foldRoutine, subjectOf, type Entry } from './timeline.ts';

const entry = (seq: number, kind: string, reason: string | null = null): Entry => ({ seq, kind, reason, actor: 'system:x', at: '2026-01-01T00:00:00Z', payload: {}, note: null }) as Entry;

test('an edit is shown as before and after, line by line', () => {
  expect(
    changesOf({ fields: ['shippingAddress'], lines: [{ line: 1, sku: 'MUG', quantityBefore: 1, quantity: 3, priceMinorBefore: 5, priceMinor: 5 }], totalMinorBefore: 100, totalMinor: 300 }),
  ).toEqual([
    { what: 'shippingAddress', how: 'none' },
    { what: 'quantity', about: 'MUG', before: 1, after: 3, how: 'plain' },
    { what: 'total', before: 100, after: 300, how: 'money' },
  ]);
});

test('runs of routine steps are folded, what has a reason is not', () => {
  const rows = foldRoutine([entry(5, 'OrderEdited'), entry(4, 'OrderReplanned'), entry(3, 'OrderConfirmed'), entry(2, 'OrderReplanned', 'Node closed'), entry(1, 'OrderConfirmed')], new Set(), true);
  expect(rows.map((r) => (Array.isArray(r) ? r.map((e) => e.seq) : r.seq))).toEqual([5, [4, 3], 2, 1]);
});

test('every kind belongs to one subject', () => {
  expect(['OrderNoted', 'OrderHeld', 'OrderHoldReleased', 'PaymentTaken', 'FulfilmentPicked', 'OrderEdited', 'OrderPlaced'].map(subjectOf)).toEqual(['notes', 'holds', 'holds', 'money', 'work', 'changes', null]);
});
