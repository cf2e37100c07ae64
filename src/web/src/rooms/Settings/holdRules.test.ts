import { describe, expect, test } from 'vitest';
import { bodyOf, moved, told, type Rule } from './holdRules.ts';

const rules = [{ code: 'a', position: 100 }, { code: 'b', position: 200 }, { code: 'c', position: 300 }];
const after = (code: string, to: number, from = rules) => {
  const positions = moved(from, code, to);
  return [...from].map((r) => ({ ...r, position: positions.get(r.code) ?? r.position })).sort((x, y) => x.position - y.position).map((r) => r.code).join('');
};

describe('moving a rule', () => {
  test.each([['a', 1, 'bac'], ['a', 2, 'bca'], ['c', 0, 'cab'], ['c', 1, 'acb'], ['b', 0, 'bac'], ['b', 2, 'acb']])('%s to %i gives %s', (code, to, expected) => expect(after(code, to)).toBe(expected));
  test('writes one rule where there is room', () => expect(moved(rules, 'c', 1)).toEqual(new Map([['c', 150]])));
  test('writes nothing when it stays', () => expect(moved(rules, 'b', 1).size).toBe(0));
  test('makes room where there is none', () => {
    const tight = [{ code: 'a', position: 0 }, { code: 'b', position: 1 }, { code: 'c', position: 2 }];
    expect(after('c', 1, tight)).toBe('acb');
    expect(after('c', 0, tight)).toBe('cab');
  });
});

test('what says nothing is not sent', () => {
  expect(told({ emails: [], withinMinutes: 15, onlyBelow: false, limit: null })).toEqual({ withinMinutes: 15 });
  expect(told({ emails: [] })).toBeNull();
});

test('a changed rule keeps all it said', () => {
  const rule = { code: 'x', kind: 'manual', position: 5, isActive: true, when: { channels: ['web'], isAboutLines: false }, settings: null, reason: 'r', scope: null, owner: 'desk', permission: null, expiresAfterMinutes: 60, escalateAfterMinutes: null, isFinal: true, version: 2 } as unknown as Rule;
  expect(bodyOf(rule, { isActive: false })).toEqual({ kind: 'manual', position: 5, isActive: false, when: { channels: ['web'] }, settings: null, reason: 'r', scope: null, owner: 'desk', permission: null, expiresAfterMinutes: 60, escalateAfterMinutes: null, isFinal: true });
});
