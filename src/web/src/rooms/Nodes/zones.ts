import { queryOptions } from '@tanstack/react-query';
import { api, ask, type Schema } from '@house/api/client.ts';

export type Zone = Schema['WriteZoneResponse'];

/** A country of a zone as it stands in the form: the beginnings of its postcodes, or nothing for the whole of it. */
export interface CountryDraft {
  country: string;
  prefixes: string[];
}

export interface ZoneDraft {
  code: string;
  name: string;
  countries: CountryDraft[];
}

export const emptyZone: ZoneDraft = { code: '', name: '', countries: [{ country: '', prefixes: [] }] };

export const zonePage = (code: string) => `/zones/${encodeURIComponent(code)}`;

export const zoneOptions = (code: string) =>
  queryOptions({ queryKey: ['zones', code], queryFn: ({ signal }) => ask(api.GET('/api/v1/zones/{code}', { params: { path: { code } }, signal })) });

const mostZones = 250;

/** For choosing one; a house has few. */
export const allZonesOptions = queryOptions({
  queryKey: ['zones', 'all'],
  queryFn: async ({ signal }) => (await ask(api.GET('/api/v1/zones', { params: { query: { limit: mostZones } }, signal }))).data,
});

/** The countries of a zone in the order of their codes, each with its beginnings; an empty one is the whole country. */
export function countriesOf(zone: Pick<Zone, 'areas'>): CountryDraft[] {
  const found = new Map<string, string[]>();
  for (const { country, postcodePrefix } of zone.areas) found.set(country ?? '', [...(found.get(country ?? '') ?? []), ...(postcodePrefix ? [postcodePrefix] : [])]);
  return [...found].map(([country, prefixes]) => ({ country, prefixes }));
}

/** Has it the whole country and beginnings too? Then those say nothing more. */
export const wholeCountries = (zone: Pick<Zone, 'areas'>): Set<string> => new Set(zone.areas.filter((a) => !a.postcodePrefix).map((a) => a.country ?? ''));

export const zoneDraftOf = (zone: Zone): ZoneDraft => {
  const whole = wholeCountries(zone);
  return { code: zone.code, name: zone.name, countries: countriesOf(zone).map((c) => (whole.has(c.country) ? { ...c, prefixes: [] } : c)) };
};

export const zoneBodyOf = (d: ZoneDraft): Schema['WriteZoneRequest'] => ({
  name: d.name.trim(),
  areas: d.countries.flatMap((c) => (c.prefixes.length === 0 ? [{ country: c.country, postcodePrefix: '' }] : c.prefixes.map((postcodePrefix) => ({ country: c.country, postcodePrefix })))),
});

export const tidiedZone = (d: ZoneDraft): ZoneDraft => ({ ...d, countries: d.countries.filter((c) => c.country !== '' || c.prefixes.length > 0) });

/** What can be seen to be wrong before it is sent, as `countries.row.field`. */
export function zoneFaultsOf(d: ZoneDraft): Record<string, 'fault.code' | 'fault.name' | 'fault.needed' | 'fault.twiceCountry'> {
  const faults: ReturnType<typeof zoneFaultsOf> = {};
  if (d.code.trim() === '') faults['code'] = 'fault.code';
  if (d.name.trim() === '') faults['name'] = 'fault.name';
  d.countries.forEach((c, i) => {
    if (c.country === '') faults[`countries.${i}.country`] = 'fault.needed';
    else if (d.countries.findIndex((o) => o.country === c.country) < i) faults[`countries.${i}.country`] = 'fault.twiceCountry';
  });
  return faults;
}

/** A zone by its parts, for a clash to tell and to join. */
export const splitZone = ({ code, name, countries }: ZoneDraft): Record<string, unknown> => ({ code, name, ...Object.fromEntries(countries.map((c) => [c.country, c.prefixes])) });
export const joinZone = ({ code, name, ...countries }: Record<string, unknown>): ZoneDraft => ({
  code: code as string,
  name: name as string,
  countries: Object.entries(countries).map(([country, prefixes]) => ({ country, prefixes: prefixes as string[] })),
});

/** What is written or pasted as beginnings: by commas, semicolons or lines. British ones keep the blank within. */
export const prefixesIn = (text: string): string[] => text.split(/[,;\n\t]+/).map((p) => p.trim().toUpperCase()).filter(Boolean);
