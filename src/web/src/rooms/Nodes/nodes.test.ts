import { expect, test } from 'vitest';
import { cutOffsOf, dayName, weekOf, type Node } from './nodes.ts';

test('a week begins on Monday and knows its closed days', () => {
  const week = weekOf({ saturday: [{ from: '10:00', to: '12:00' }, { from: '13:00', to: '16:00' }] });
  expect(week.map((d) => d.day)[0]).toBe('monday');
  expect(week[0]!.times).toEqual([]);
  expect(week[5]!.times).toEqual(['10:00–12:00', '13:00–16:00']);
  expect(dayName('monday', 'de')).toBe('Montag');
  expect(dayName('sunday', 'en-GB')).toBe('Sunday');
});

test('the cut-off of all services stands before those of one', () => {
  expect(cutOffsOf({ cutOffs: { 'next-day': '15:00', '*': '17:30' } } as unknown as Node)).toEqual([
    { service: null, time: '17:30' },
    { service: 'next-day', time: '15:00' },
  ]);
});
