import type { Schema } from '@house/api/client.ts';

export type Place = Schema['WritePlacesPlace'];

/** A line a place: the beginning of its postcodes (nothing for the whole country), latitude, longitude. */
export function placesIn(text: string): { places: Place[]; wrong: number[] } {
  const places: Place[] = [];
  const wrong: number[] = [];
  text.split(/\r?\n/).forEach((line, i) => {
    if (line.trim() === '') return;
    const [prefix = '', latitude = '', longitude = '', ...more] = line.split(/[,;\t]/).map((cell) => cell.trim());
    const isNumber = (x: string, most: number) => /^-?\d+(\.\d+)?$/.test(x) && Math.abs(Number(x)) <= most;
    if (more.length > 0 || prefix.length > 20 || !isNumber(latitude, 90) || !isNumber(longitude, 180)) wrong.push(i + 1);
    else places.push({ prefix, latitude: Number(latitude), longitude: Number(longitude) });
  });
  return { places, wrong };
}

export const placesText = (places: readonly Place[]): string => places.map((p) => [p.prefix ?? '', p.latitude ?? 0, p.longitude ?? 0].join(', ')).join('\n');

interface Spot {
  latitude: number;
  longitude: number;
}

const earthKm = 6371;

/** As the crow flies. */
export function kmBetween(a: Spot, b: Spot): number {
  const rad = (degrees: number) => (degrees * Math.PI) / 180;
  const [dLat, dLon] = [rad(b.latitude - a.latitude), rad(b.longitude - a.longitude)];
  const h = Math.sin(dLat / 2) ** 2 + Math.cos(rad(a.latitude)) * Math.cos(rad(b.latitude)) * Math.sin(dLon / 2) ** 2;
  return 2 * earthKm * Math.asin(Math.min(1, Math.sqrt(h)));
}
