import { expect, test } from 'vitest';
import { termsOf, withTerm, without, wordAt } from './query.ts';

const texts = (query: string) => termsOf(query).map((t) => t.text);

test('conditions become chips', () => {
  expect(texts('status:placed  tag:"red box" ada')).toEqual(['status:placed', 'tag:"red box"', 'ada']);
  expect(texts('status:(placed, confirmed) -held:yes')).toEqual(['status:(placed, confirmed)', '-held:yes']);
  expect(texts('NOT tag:gift AND ada')).toEqual(['NOT tag:gift', 'ada']);
});

test('a choice between conditions stays whole', () => {
  expect(texts('tag:gift OR tag:vip ada')).toEqual(['tag:gift OR tag:vip ada']);
});

test('a chip is taken out, and one on the same field takes its place', () => {
  expect(without('status:placed ada tag:x', 1)).toBe('status:placed tag:x');
  expect(withTerm('status:placed ada', 'status:confirmed')).toBe('ada status:confirmed');
  expect(withTerm('', 'tag:gift')).toBe('tag:gift');
});

test('what is offered replaces the word at the cursor', () => {
  expect(wordAt('ada sta', 7)).toEqual({ start: 4, field: null, typed: 'sta' });
  expect(wordAt('status:pl', 9)).toEqual({ start: 7, field: 'status', typed: 'pl' });
  expect(wordAt('-held:y', 7)).toEqual({ start: 6, field: 'held', typed: 'y' });
  expect(wordAt('', 0)).toEqual({ start: 0, field: null, typed: '' });
});
