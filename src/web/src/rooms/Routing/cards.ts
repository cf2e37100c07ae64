import { queryOptions } from '@tanstack/react-query';
import { api, ask, type Schema } from '@house/api/client.ts';
import { containing } from './areas.ts';

export type Card = Schema['RateCardView'];
export type CardSummary = Schema['ReadRateCardsSummary'];
export type Rate = Schema['CardRate'];

export const cardPage = (code: string) => `/routing/rate-cards/${encodeURIComponent(code)}`;

export const cardOptions = (code: string) =>
  queryOptions({ queryKey: ['rate-cards', code], queryFn: ({ signal }) => ask(api.GET('/api/v1/rate-cards/{code}', { params: { path: { code } }, signal })) });

const mostCards = 250;
export const cardsOptions = queryOptions({
  queryKey: ['rate-cards', 'all'],
  queryFn: async ({ signal }) => (await ask(api.GET('/api/v1/rate-cards', { params: { query: { limit: mostCards } }, signal }))).data,
});

/** A service of a card as a table: zones down, weights across. */
export interface Grid {
  service: string;
  method: string;
  zones: string[];
  grams: number[];
  at: Map<string, Rate>;
}

export const cellOf = (zone: string, grams: number): string => `${grams}/${zone}`;

export function gridsOf(rates: readonly Rate[]): Grid[] {
  const grids = new Map<string, Grid>();
  for (const rate of rates) {
    const name = `${rate.method}/${rate.service}`;
    let grid = grids.get(name);
    if (!grid) grids.set(name, (grid = { service: rate.service, method: rate.method, zones: [], grams: [], at: new Map() }));
    if (!grid.zones.includes(rate.zone)) grid.zones.push(rate.zone);
    if (!grid.grams.includes(rate.upToGrams)) grid.grams.push(rate.upToGrams);
    grid.at.set(cellOf(rate.zone, rate.upToGrams), rate);
  }
  for (const grid of grids.values()) grid.grams.sort((a, b) => a - b);
  return [...grids.values()];
}

/** What a parcel would cost by each service: of the closest zone that has it, the lowest weight it fits under. */
export function pricesAt(card: Pick<Card, 'areas' | 'rates'>, country: string, postcode: string, grams: number): Rate[] {
  const names = [...new Set(card.areas.map((a) => a.zone))].sort();
  const areas = (zone: string) => card.areas.filter((a) => a.zone === zone);
  const near = containing(names, areas, country, postcode).map((z) => z.thing);
  const everywhere = names.filter((n) => areas(n).some((a) => a.country === null || a.country === undefined));
  const served = new Map<string, string>();
  const found = new Map<string, Rate>();
  for (const zone of [...near, ...everywhere])
    for (const rate of card.rates.filter((r) => r.zone === zone)) {
      if ((served.get(rate.service) ?? zone) !== zone) continue;
      served.set(rate.service, zone);
      const known = found.get(rate.service);
      if (rate.upToGrams >= grams && (!known || rate.upToGrams < known.upToGrams)) found.set(rate.service, rate);
    }
  return [...found.values()].sort((a, b) => a.priceMinor - b.priceMinor);
}
