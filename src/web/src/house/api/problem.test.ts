import { expect, test } from 'vitest';
import { ApiError, byField, pathOf } from './problem.ts';

test('pointers become the names of form fields', () => {
  expect(pathOf('/shippingAddress/line1')).toBe('shippingAddress.line1');
  expect(pathOf('/lines/0/quantity')).toBe('lines.0.quantity');
  expect(pathOf('#query')).toBe('query');
  expect(pathOf('/a~1b')).toBe('a/b');
});

test('a problem document keeps its code, faults and further members', () => {
  const error = new ApiError(412, { code: 'orders.version_changed', detail: 'Changed.', version: 7, errors: [{ pointer: '/name', code: 'x', detail: 'No.' }] });
  expect(error.isClash).toBe(true);
  expect(error.extra['version']).toBe(7);
  expect(byField(error)).toEqual({ name: 'No.' });
});

test('an answer that is no problem document is an error all the same', () => {
  const error = new ApiError(502, {});
  expect(error.message).toContain('502');
  expect(error.isPassing).toBe(true);
});
