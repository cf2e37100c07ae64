import { expect, it } from 'vitest';
import { joinZone, prefixesIn, splitZone, tidiedZone, zoneBodyOf, zoneDraftOf, zoneFaultsOf, type Zone } from './zones.ts';

const far: Zone = {
  object: 'zone', code: 'FAR', name: 'Far', version: 3,
  areas: [{ country: 'GB', postcodePrefix: 'IV' }, { country: 'GB', postcodePrefix: 'KW15' }, { country: 'IE', postcodePrefix: '' }],
};

it('shows a zone by its countries and writes it back as it was', () => {
  const draft = zoneDraftOf(far);
  expect(draft.countries).toEqual([{ country: 'GB', prefixes: ['IV', 'KW15'] }, { country: 'IE', prefixes: [] }]);
  expect(zoneBodyOf(draft)).toEqual({ name: 'Far', areas: far.areas });
  expect(joinZone(splitZone(draft))).toEqual(draft);
});

it('says what is missing or stands twice, and forgets a row that was left empty', () => {
  expect(zoneFaultsOf({ code: '', name: 'x', countries: [{ country: 'GB', prefixes: [] }, { country: 'GB', prefixes: ['M'] }, { country: '', prefixes: ['1'] }] })).toEqual({
    code: 'fault.code',
    'countries.1.country': 'fault.twiceCountry',
    'countries.2.country': 'fault.needed',
  });
  expect(tidiedZone({ code: 'A', name: 'A', countries: [{ country: '', prefixes: [] }] }).countries).toEqual([]);
});

it('reads beginnings as they are pasted', () => expect(prefixesIn('iv, kw 15;ze\n hs')).toEqual(['IV', 'KW 15', 'ZE', 'HS']));
