import { expect, test } from 'vitest';
import { keysOf } from '@house/pages.ts';
import { pages } from './rooms.ts';

test('each page has keys and an address of its own', () => {
  const keys = pages.map(keysOf).filter(Boolean);
  expect(keys.filter((k, i) => keys.indexOf(k) !== i)).toEqual([]);
  const paths = pages.map((p) => p.path);
  expect(paths.filter((p, i) => paths.indexOf(p) !== i)).toEqual([]);
});
