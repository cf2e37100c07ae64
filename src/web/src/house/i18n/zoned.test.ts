import { expect, test } from 'vitest';
import { instantOf, localOf } from './zoned.ts';

test('a wall clock and an instant are one another', () => {
  expect(instantOf('2026-07-01T14:00', 'Europe/London')).toBe('2026-07-01T13:00:00.000Z');
  expect(localOf('2026-07-01T13:00:00Z', 'Europe/London')).toBe('2026-07-01T14:00');
  expect(instantOf('2026-01-05', 'America/New_York')).toBe('2026-01-05T05:00:00.000Z');
  expect(localOf('2026-01-01T00:30:00Z', 'Pacific/Auckland')).toBe('2026-01-01T13:30');
  expect(instantOf('', 'UTC')).toBeNull();
  expect(localOf(null, 'UTC')).toBe('');
});

test('an hour the clock shows twice is meant the first time, and one it leaps over comes as much later', () => {
  expect(instantOf('2026-10-25T01:30', 'Europe/London')).toBe('2026-10-25T00:30:00.000Z');
  expect(instantOf('2026-03-29T01:30', 'Europe/London')).toBe('2026-03-29T01:30:00.000Z');
  expect(instantOf('2026-10-25T02:30', 'Europe/Berlin')).toBe('2026-10-25T00:30:00.000Z');
  expect(instantOf('2026-11-01T01:30', 'America/New_York')).toBe('2026-11-01T05:30:00.000Z');
});
