import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import en from './texts.en.ts';
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

// Whatever the server tells of an order is shown in words: a new kind of event needs its name in texts.en.ts.
test('every event that the server tells of an order has a name', () => {
  const server = join(dirname(fileURLToPath(import.meta.url)), '../../../../Switchyard');
  const told = ['Orders', 'Fulfilment', 'Payments'].flatMap((room) =>
    readdirSync(join(server, room), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.cs'))
      .flatMap((file) => [...readFileSync(join(server, room, file), 'utf8').matchAll(/\bTell\((?:[\w.]+, )?(?:\w+ \? )?"([A-Z]\w+)"(?: : "([A-Z]\w+)")?|Happening\("order", [^"]*?"([A-Z]\w+)"/g)])
      .flatMap((match) => match.slice(1).filter(Boolean)),
  );
  expect(told.length).toBeGreaterThan(30);
  expect([...new Set(told)].filter((kind) => !(`event.${kind}` in en.words))).toEqual([]);
});
