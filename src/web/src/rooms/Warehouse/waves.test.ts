import { expect, test } from 'vitest';
import { binsOf, groupsOf, type Stop, type Waiting } from './waves.ts';

const waiting = (change: Partial<Waiting>): Waiting => ({ id: 'ful_1', number: '1-1', order: 'ord_1', priority: 0, shipBy: null, method: null, lines: 1, units: 1, zones: [], isPlaced: true, ...change });

test('what waits is counted by when it leaves, what has no time last', () => {
  const groups = groupsOf([waiting({ units: 2 }), waiting({ shipBy: '2026-03-03T22:00:00Z' }), waiting({ shipBy: '2026-03-02T22:00:00Z', priority: 5 }), waiting({ shipBy: '2026-03-02T22:00:00Z' })], 'shipBy');
  expect(groups.map((g) => [g.key, g.releases, g.urgent])).toEqual([['2026-03-02T22:00:00Z', 2, 1], ['2026-03-03T22:00:00Z', 1, 0], ['', 1, 0]]);
});

test('what two zones have whole is counted in both', () => {
  expect(groupsOf([waiting({ zones: ['A', 'B'] }), waiting({ zones: ['A'] }), waiting({})], 'zone').map((g) => [g.key, g.releases])).toEqual([['A', 2], ['B', 1], ['', 1]]);
});

test('bins of a tour are passed once in a row', () => {
  expect(binsOf({ tasks: ['A', 'A', 'B', null, 'A'].map((bin) => ({ bin }) as Stop) })).toEqual(['A', 'B', 'A']);
});
