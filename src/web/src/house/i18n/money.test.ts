import { expect, test } from 'vitest';
import { major, minorDigits, minorOf } from './money.ts';

test('each currency has its own minor unit', () => {
  expect([minorDigits('GBP'), minorDigits('JPY'), minorDigits('KWD')]).toEqual([2, 0, 3]);
  expect(major(1250, 'GBP')).toBe('12.50');
  expect(major(-5, 'GBP')).toBe('-0.05');
  expect(major(1250, 'JPY')).toBe('1250');
  expect(major(1250, 'KWD')).toBe('1.250');
});

test('amounts are read as the person writes them', () => {
  expect(minorOf('1,234.5', 'GBP', 'en-GB')).toBe(123450);
  expect(minorOf('1.234,50', 'EUR', 'de')).toBe(123450);
  expect(minorOf('1 234,50', 'EUR', 'fr')).toBe(123450);
  expect(minorOf('12.345', 'GBP', 'en-GB')).toBeNull();
  expect(minorOf('12', 'JPY', 'en-GB')).toBe(12);
  expect(minorOf('twelve', 'GBP', 'en-GB')).toBeNull();
});
