import { expect, it } from 'vitest';
import { asText, merged, touched } from './draft.ts';

it('puts my changes over theirs and leaves the rest as they have it', () => {
  expect(merged({ name: 'a', size: 1 }, { name: 'b', size: 1 }, { name: 'a', size: 2 })).toEqual({ name: 'b', size: 2 });
});

it('keeps what only one side has, and loses what one side took away', () => {
  type Parts = Record<string, string>;
  const start: Parts = { north: '1', south: '2', west: '3' };
  const mine: Parts = { north: '1', west: '3', east: '9' };
  const theirs: Parts = { north: '5', south: '2' };
  expect(merged(start, mine, theirs)).toEqual({ north: '5', east: '9' });
  expect(touched(start, mine, theirs).map((t) => [t.field, t.byMe])).toEqual([
    ['north', false],
    ['south', true],
    ['west', false],
    ['east', true],
  ]);
});

it('writes a value in one line', () => {
  expect([asText([{ from: '09:00', to: '17:00' }, []]), asText(true), asText(undefined), asText({ a: '', b: 3 })]).toEqual(['09:00 17:00, –', '✓', '–', '3']);
});
