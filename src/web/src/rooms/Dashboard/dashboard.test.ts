import { expect, test } from 'vitest';
import { channelsOf, currenciesOf, daysOf, inOrder, toneOfTile } from './dashboard.ts';

const day = (date: string, currency: string, orders: number, totalMinor: number) => ({ date, currency, orders, units: orders * 2, totalMinor });

test('days without orders stand between those with some', () => {
  const trend = [day('2026-02-27', 'GBP', 3, 300), day('2026-03-02', 'GBP', 1, 100), day('2026-03-02', 'EUR', 2, 250)];
  expect(daysOf(trend, 'orders')).toEqual([
    { date: '2026-02-27', value: 3 },
    { date: '2026-02-28', value: 0 },
    { date: '2026-03-01', value: 0 },
    { date: '2026-03-02', value: 3 },
  ]);
  expect(daysOf(trend, 'EUR').map((d) => d.value)).toEqual([0, 0, 0, 250]);
  expect(daysOf([], 'orders')).toEqual([]);
});

test('amounts of two currencies are never added', () => {
  const share = { channel: 'web', name: 'Web', query: '', orders: 1, units: 1, baseCurrency: 'GBP', totalBaseMinor: 100, withoutRate: 0 };
  const shares = [{ ...share, currency: 'GBP', totalMinor: 100 }, { ...share, currency: 'EUR', totalMinor: 50 }];
  expect(channelsOf(shares, 'GBP')).toEqual([{ name: 'Web', value: 100 }]);
  expect(channelsOf(shares, 'orders')).toEqual([{ name: 'Web', value: 2 }]);
  expect(currenciesOf(shares)).toEqual(['EUR', 'GBP']);
});

test('what is late comes first, and nought has no tone', () => {
  const tile = (key: string, count: number) => ({ key, count, isExact: true, query: '' });
  expect(inOrder([tile('ordersToday', 9), tile('new', 1), tile('held', 2), tile('late', 0)]).map((x) => x.key)).toEqual(['late', 'held', 'ordersToday', 'new']);
  expect(toneOfTile(tile('late', 0))).toBeNull();
  expect(toneOfTile(tile('late', 1))).toBe('bad');
  expect(toneOfTile(tile('ordersToday', 5))).toBeNull();
});
