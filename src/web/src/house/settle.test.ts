import { expect, test } from 'vitest';
import { settle } from './settle.ts';

const idOf = (row: { id: string }) => row.id;
const rows = (...ids: string[]) => ids.map((id) => ({ id, state: 'placed' }));

test('rows keep their places while others come, and have their new facts', () => {
  const now = [{ id: 'd', state: 'placed' }, { id: 'a', state: 'held' }, ...rows('b', 'c')];
  const settled = settle(rows('a', 'b', 'c'), now, idOf);
  expect(settled.rows.map(idOf)).toEqual(['a', 'b', 'c']);
  expect(settled.rows[0]!.state).toBe('held');
  expect(settled.came).toEqual(['d']);
  expect(settled.gone.size).toBe(0);
});

test('what is pushed over the end is not told as gone', () => {
  const settled = settle(rows('a', 'b', 'c'), rows('e', 'd', 'a'), idOf);
  expect(settled.rows.map(idOf)).toEqual(['a', 'b', 'c']);
  expect(settled.came).toEqual(['e', 'd']);
  expect(settled.gone.size).toBe(0);
});

test('what left stays in its place and is told, and what moved up behind it is not told as new', () => {
  const settled = settle(rows('a', 'b', 'c'), rows('a', 'c', 'd'), idOf);
  expect(settled.rows.map(idOf)).toEqual(['a', 'b', 'c']);
  expect(settled.came).toEqual([]);
  expect([...settled.gone]).toEqual(['b']);
});

test('an empty list that gets its first row tells of it, and one of wholly others tells of all', () => {
  expect(settle([], rows('a'), idOf).came).toEqual(['a']);
  expect(settle(rows('a'), rows('x', 'y'), idOf).came).toEqual(['x', 'y']);
});
