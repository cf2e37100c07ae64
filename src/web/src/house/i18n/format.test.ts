import { expect, test } from 'vitest';
import { fill, parse } from './format.ts';
import { american, pseudo } from './english.ts';

const say = (message: string, values: Record<string, string | number> = {}, locale = 'en-GB') => fill(parse(message), values, locale).join('');

test('names are put in their places', () => {
  expect(say('Held by {who}', { who: 'Ada' })).toBe('Held by Ada');
});

test('plurals follow the language and write numbers its way', () => {
  const text = '{n, plural, =0 {Nothing} one {# order} other {# orders}}';
  expect(say(text, { n: 0 })).toBe('Nothing');
  expect(say(text, { n: 1 })).toBe('1 order');
  expect(say(text, { n: 1284 })).toBe('1,284 orders');
  expect(say(text, { n: 1284 }, 'de')).toBe('1.284 orders');
});

test('one of several words is chosen', () => {
  expect(say('{k, select, money {Money {n}} other {Goods}}', { k: 'money', n: 5 })).toBe('Money 5');
  expect(say('{k, select, money {Money} other {Goods}}', { k: 'x' })).toBe('Goods');
});

test('what is no message is refused', () => {
  for (const text of ['{', '{a', '}', '{n, plural, one {x}}', '{n, plural, one {x}']) expect(() => parse(text)).toThrow();
});

test('American English is respelt, and names of arguments stay', () => {
  expect(fill(american(parse('{cancelled, plural, one {# cancelled} other {# cancelled}}')), { cancelled: 2 }, 'en-US').join('')).toBe('2 canceled');
});

test('the test language keeps arguments and is longer', () => {
  expect(fill(pseudo(parse('{n} orders')), { n: 3 }, 'en-GB').join('')).toMatch(/^\[3 ör/);
});
