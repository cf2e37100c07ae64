import { describe, expect, test } from 'vitest';
import { accessOf, amountsOf, headline, inOrder, isTested, lagText, tabsOf, type Adapter, type Connection } from './channels.ts';

const health: Connection['health'] = {
  state: 'fine', lastAskedAt: null, lastHeardAt: null, failures: 0, failedAt: null, said: null, watermark: null, ordersWaiting: 0, ordersParked: 0, ordersTaken24h: 0,
  ordersByHour: [], tasksWaiting: 0, tasksParked: 0, listings: 0, unmatched: 0, stockWaiting: 0, stockLag: { p50Ms: null, p99Ms: null, n: 0 }, counts: { forged: 0, stale: 0, repeated: 0, taken: 0 },
};
const connection = (channelName: string, change: Partial<Connection> = {}, of: Partial<Connection['health']> = {}) => ({ channelName, state: 'live', testedAt: null, ...change, health: { ...health, ...of } }) as Connection;

describe('a connection at a glance', () => {
  test('at work it says how it fares, else that it is not at work', () => {
    expect(headline(connection('A', {}, { state: 'failing' }))).toEqual({ key: 'health.failing', tone: 'bad' });
    expect(headline(connection('A', { state: 'paused' }, { state: 'idle' }))).toEqual({ key: 'state.paused', tone: 'hold' });
  });

  test('what a person must look at comes first', () => {
    const order = inOrder([connection('B'), connection('C', {}, { ordersParked: 2 }), connection('A')]).map((c) => c.channelName);
    expect(order).toEqual(['C', 'A', 'B']);
  });

  test('a test holds for an hour', () => {
    const at = Date.parse('2026-03-01T12:00:00Z');
    expect(isTested(connection('A', { testedAt: '2026-03-01T11:30:00Z' }), at)).toBe(true);
    expect(isTested(connection('A', { testedAt: '2026-03-01T10:30:00Z' }), at)).toBe(false);
    expect(isTested(connection('A'), at)).toBe(false);
  });

  test('a code with a slash is one part of the address', () => expect(tabsOf('a/b').map((s) => s.path)).toContain('/channels/a%2Fb/orders'));
});

test('a delay is said in its own unit', () => {
  expect(lagText(null, 'en-GB')).toBe('–');
  expect(lagText(420, 'en-GB')).toMatch(/^420\s?ms$/);
  expect(lagText(1430, 'en-GB')).toMatch(/^1\.4\D+$/);
  expect(lagText(180_000, 'en-GB')).toMatch(/^3 min/);
});

test('a secret that is left empty is not sent', () => {
  const adapter = { settings: [{ name: 'key', meaning: '', isSecret: true, isRequired: true }, { name: 'site', meaning: '', isSecret: false, isRequired: false }] } as unknown as Adapter;
  expect(accessOf(adapter, { site: ' EBAY_GB ', other: 'x' }, { key: '' })).toEqual({ settings: { site: 'EBAY_GB' }, secrets: {} });
});

test('amounts of a comparison are read, other words are not', () => {
  expect(amountsOf('1295 ≠ 1300 GBP')).toEqual({ theirs: 1295, ours: 1300, currency: 'GBP' });
  expect(amountsOf('cancelled ≠ confirmed')).toBeNull();
});
