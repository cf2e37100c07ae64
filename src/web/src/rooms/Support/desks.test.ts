import { expect, test } from 'vitest';
import { isFailing } from './desks.ts';

test('a desk fails when it failed later than it was heard', () => {
  expect(isFailing({ failedAt: null, heardAt: null })).toBe(false);
  expect(isFailing({ failedAt: '2026-05-01T10:00:00Z', heardAt: null })).toBe(true);
  expect(isFailing({ failedAt: '2026-05-01T10:00:00Z', heardAt: '2026-05-01T10:01:00Z' })).toBe(false);
  expect(isFailing({ failedAt: '2026-05-01T10:02:00Z', heardAt: '2026-05-01T10:01:00Z' })).toBe(true);
});
