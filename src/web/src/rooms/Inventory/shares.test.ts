import { expect, test } from 'vitest';
import { bodyOf, draftOf, freshPart, freshShare, restPercent, type Share } from './shares.ts';

test('what the form has read it writes back', () => {
  const share = {
    object: 'share', code: 'main', name: 'Main', priority: 2, skus: ['A'], tags: ['sale'], groups: [], overflow: 'shared', isActive: false, countsSince: '', updatedAt: '', version: 3,
    parts: [{ name: 'Web', channels: ['web'], customerTags: null, percent: 80, units: null }, { name: 'Trade', channels: null, customerTags: ['trade'], percent: null, units: 12 }],
  } as unknown as Share;
  const body = bodyOf(draftOf(share));
  expect(body).toMatchObject({ name: 'Main', priority: 2, skus: ['A'], tags: ['sale'], overflow: 'shared', isActive: false, restart: false });
  expect(body.parts).toEqual([
    { name: 'Web', channels: ['web'], customerTags: [], percent: 80, units: null },
    { name: 'Trade', channels: [], customerTags: ['trade'], percent: null, units: 12 },
  ]);
});

test('what no part has is the rest', () => {
  expect(restPercent(freshShare.parts)).toBe(100);
  expect(restPercent([{ ...freshPart, amount: 80 }, { ...freshPart, amount: 5, unit: 'units' }])).toBe(20);
  expect(restPercent([{ ...freshPart, amount: 120 }])).toBe(0);
});
