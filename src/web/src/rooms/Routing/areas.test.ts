import { expect, test } from 'vitest';
import { beginningsOf, containing, postcodeOf, prefixOf } from './areas.ts';
import { gridsOf, pricesAt } from './cards.ts';

test('postcodes are compared as the server compares them', () => {
  expect(postcodeOf('GB', 'kw15aa')).toBe('KW1 5AA');
  expect(postcodeOf('NL', '3511 ab')).toBe('3511AB');
  expect(prefixOf('GB', 'kw15 1')).toBe('KW15 1');
  expect(beginningsOf('GB', 'M11 1AA')).not.toContain('M1');
  expect(beginningsOf('GB', 'W1A 1AA')).toContain('W1');
  expect(beginningsOf('GB', '')).toEqual(['']);
});

test('a place is in the zone with the longest beginning', () => {
  const zones = [{ code: 'MAIN', areas: [{ country: 'GB', postcodePrefix: '' }] }, { code: 'FAR', areas: [{ country: 'GB', postcodePrefix: 'IV' }] }, { code: 'EU', areas: [{ country: 'NL', postcodePrefix: '' }] }];
  expect(containing(zones, (z) => z.areas, 'GB', 'IV1 1HY').map((z) => [z.thing.code, z.by])).toEqual([['FAR', 'IV'], ['MAIN', '']]);
  expect(containing(zones, (z) => z.areas, 'GB', 'I1 1HY').map((z) => z.thing.code)).toEqual(['MAIN']);
  expect(containing(zones, (z) => z.areas, 'FR', '59000')).toEqual([]);
});

test('a parcel costs what the closest zone says, up to the lowest weight it fits under', () => {
  const rate = (zone: string, service: string, upToGrams: number, priceMinor: number) => ({ zone, service, method: 'standard', upToGrams, priceMinor, transitDays: 1 });
  const card = {
    areas: [{ zone: 'Main', country: 'GB', postcodePrefix: '' }, { zone: 'Far', country: 'GB', postcodePrefix: 'IV' }, { zone: 'World', country: null, postcodePrefix: '' }],
    rates: [rate('Main', 'a', 2000, 500), rate('Main', 'a', 5000, 700), rate('Main', 'b', 2000, 400), rate('Far', 'a', 2000, 900), rate('World', 'c', 2000, 2000)],
  };
  expect(pricesAt(card, 'GB', 'M1 1AE', 1500).map((r) => [r.service, r.priceMinor])).toEqual([['b', 400], ['a', 500], ['c', 2000]]);
  expect(pricesAt(card, 'GB', 'IV1 1HY', 1500).map((r) => [r.service, r.priceMinor])).toEqual([['b', 400], ['a', 900], ['c', 2000]]);
  expect(pricesAt(card, 'GB', 'M1 1AE', 4000).map((r) => [r.service, r.priceMinor])).toEqual([['a', 700]]);
  expect(pricesAt(card, 'JP', '', 1).map((r) => r.service)).toEqual(['c']);
  expect(gridsOf(card.rates).map((g) => [g.service, g.zones, g.grams])).toEqual([['a', ['Main', 'Far'], [2000, 5000]], ['b', ['Main'], [2000]], ['c', ['World'], [2000]]]);
});
