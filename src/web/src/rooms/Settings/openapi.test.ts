import { expect, it } from 'vitest';
import { addressOf, callsOf, exampleOf, type Document } from './openapi.ts';

it('fills in an address', () =>
  expect(addressOf({ path: '/orders/{id}/notes', parameters: [{ name: 'id', in: 'path' }, { name: 'limit', in: 'query' }, { name: 'after', in: 'query' }] }, { id: 'a/b', limit: '2' })).toBe('/orders/a%2Fb/notes?limit=2'));

it('lists the calls by tag, with shared parameters', () => {
  const document = {
    paths: { '/b': { get: { operationId: 'b.list', tags: ['B'], parameters: [{ $ref: '#/components/parameters/limit' }] } }, '/a': { post: { operationId: 'a.make', tags: ['A'] } } },
    components: { schemas: {}, parameters: { limit: { name: 'limit', in: 'query' } } },
  } as unknown as Document;
  expect(callsOf(document).map(([tag, calls]) => [tag, calls[0]?.method, calls[0]?.parameters.length])).toEqual([['A', 'POST', 0], ['B', 'GET', 1]]);
});

it('takes an example wherever it stands', () => {
  expect(exampleOf({ 'application/json': { example: { a: 1 } } })).toContain('"a": 1');
  expect(exampleOf({ 'application/json': { examples: { one: { value: [2] } } } })).toContain('2');
  expect(exampleOf(undefined)).toBe('');
});
