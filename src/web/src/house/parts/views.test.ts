import { expect, test } from 'vitest';
import { addressOf, inOrder, isOther, moved, type Tab } from './views.ts';

const tab = (change: Partial<Tab>): Tab => ({ id: 'v1', name: 'Fair', query: 'tag:fair', view: null, count: null, ...change });
const kept = { columns: ['placed', 'tags'] } as unknown as NonNullable<Tab['view']>;

test('the address of a tab holds all that it keeps', () => {
  expect(addressOf(tab({ sort: 'shipBy', view: kept }), false)).toEqual({ view: 'v1', query: 'tag:fair', sort: 'shipBy', columns: 'placed,tags', after: undefined, before: undefined });
  expect(addressOf(tab({ id: 'all', query: '' }), true)).toMatchObject({ view: undefined, query: undefined, columns: undefined });
});

test('a view is other than it was kept by its query, its sort and its columns', () => {
  const view = tab({ sort: 'shipBy', view: kept });
  expect(isOther(view, { query: 'tag:fair', sort: 'shipBy', columns: 'placed,tags' })).toBe(false);
  expect(isOther(view, { query: 'tag:fairs', sort: 'shipBy', columns: 'placed,tags' })).toBe(true);
  expect(isOther(view, { query: 'tag:fair', columns: 'placed,tags' })).toBe(true);
  expect(isOther(view, { query: 'tag:fair', sort: 'shipBy', columns: 'placed' })).toBe(true);
  expect(isOther(null, {})).toBe(false);
  expect(isOther(null, { query: 'x' })).toBe(true);
});

test('tabs stand where they were put, new ones at the end', () => {
  const tabs = ['all', 'held', 'mine', 'new'].map((id) => ({ id }));
  expect(inOrder(tabs, []).map((t) => t.id)).toEqual(['all', 'held', 'mine', 'new']);
  expect(inOrder(tabs, ['mine', 'all', 'held', 'dropped']).map((t) => t.id)).toEqual(['mine', 'all', 'held', 'new']);
  expect(moved(['a', 'b', 'c'], 'c', -1)).toEqual(['a', 'c', 'b']);
  expect(moved(['a', 'b', 'c'], 'a', -1)).toEqual(['a', 'b', 'c']);
  expect(moved(['a', 'b', 'c'], 'a', 1)).toEqual(['b', 'a', 'c']);
});
