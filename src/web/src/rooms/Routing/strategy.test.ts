import { describe, expect, test } from 'vitest';
import { conditionsOf, textOf } from './conditions.ts';
import { changesOf, draftOf, findingsBy, freshScenario, moved, rulesOf } from './strategy.ts';

const named = (name: string, change = {}) => ({ ...freshScenario(name, name), ...change });

describe('conditions', () => {
  test.each([
    ['channel:web', [{ field: 'channel', comparison: 'is', values: ['web'] }]],
    ['country:(GB, NL) -tag:gift', [{ field: 'country', comparison: 'is', values: ['GB', 'NL'] }, { field: 'tag', comparison: 'not', values: ['gift'] }]],
    ['total:>=150 weight:<2.5 units:2..5', [{ field: 'total', comparison: 'atLeast', values: ['150'] }, { field: 'weight', comparison: 'below', values: ['2.5'] }, { field: 'units', comparison: 'between', values: ['2', '5'] }]],
    ['every.flag:chilled', [{ field: 'every.flag', comparison: 'is', values: ['chilled'] }]],
    ['sku:"MUG 1"', [{ field: 'sku', comparison: 'is', values: ['MUG 1'] }]],
    ['postcode:M1*', [{ field: 'postcode', comparison: 'is', values: ['M1*'] }]],
    ['', []],
  ] as const)('%s is filled in by fields and written back the same', (text, list) => {
    expect(conditionsOf(text, 'orders')).toEqual(list);
    expect(textOf(list as never)).toBe(text);
  });

  test.each(['country:GB OR country:NL', '(tag:a tag:b)', 'metadata.gift:yes', 'gift', 'total:>=1 (', 'country:(GB OR NL)', '-total:>5'])('%s stays text', (text) => {
    expect(conditionsOf(text, 'orders')).toBeNull();
  });

  test('a condition that is begun says nothing yet', () => {
    expect(textOf([{ field: 'channel', comparison: 'is', values: [] }, { field: 'units', comparison: 'between', values: ['1'] }])).toBe('');
  });
});

describe('scenarios', () => {
  test('what was left alone is written as it was read, without what says nothing', () => {
    const rules = { scenarios: [{ name: 'A', when: 'country:GB', split: { most: 1, isWhole: false }, otherwise: 'next' as const }, { name: 'B', objective: 'fastest' as const }] };
    expect(rulesOf(draftOf(rules))).toEqual(rules);
  });

  test('one is carried to another place', () => {
    expect(moved(['a', 'b', 'c', 'd'], 0, 2)).toEqual(['b', 'c', 'a', 'd']);
    expect(moved(['a', 'b'], 1, 2)).toEqual(['a', 'b']);
  });

  test('what became of them is told: one that moved, and not those it passed', () => {
    const [a, b, c] = [named('A'), named('B'), named('C', { when: 'country:IE' })];
    expect(changesOf([a, b, c], [c, a, b])).toEqual([{ kind: 'moved', name: 'C', from: 3, to: 1 }]);
    expect(changesOf([a, b], [a, { ...b, name: 'Bee' }])).toEqual([{ kind: 'renamed', name: 'B', after: 'Bee' }]);
    const fast = { ...b, objective: 'fastest' as const };
    expect(changesOf([a, b], [fast, c])).toEqual([
      { kind: 'removed', name: 'A', place: 1 },
      { kind: 'changed', name: 'B', member: 'objective', before: b, after: fast },
      { kind: 'added', name: 'C', place: 2 },
    ]);
  });

  test('findings stand at their fields, wherever the rules stood in the question', () => {
    const finding = (pointer: string) => ({ severity: 'error' as const, pointer, code: 'x', detail: pointer, values: null });
    const by = findingsBy([finding('/rules/scenarios/1/when'), finding('/scenarios/1/services/0'), finding('/scenarios/2'), finding('/name')]);
    expect([...by.keys()]).toEqual(['1.when', '1.services', '2']);
  });
});
