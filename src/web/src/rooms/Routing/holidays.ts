import type { Schema } from '@house/api/client.ts';

type Holiday = Schema['CarrierHolidayBody'];

/** A line a day: 2026-12-25, the country where it is not everywhere, what it is called. */
export function holidaysIn(text: string): { list: Holiday[]; wrong: number[] } {
  const list: Holiday[] = [];
  const wrong: number[] = [];
  text.split(/\r?\n/).forEach((line, i) => {
    if (line.trim() === '') return;
    const [day = '', country = '', ...name] = line.split(/[,;\t]/).map((cell) => cell.trim());
    const isDay = /^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(Date.parse(`${day}T00:00:00Z`)) && new Date(`${day}T00:00:00Z`).toISOString().startsWith(day);
    if (!isDay || !/^([A-Za-z]{2})?$/.test(country)) wrong.push(i + 1);
    else list.push({ day, country: country === '' ? null : country.toUpperCase(), name: name.join(', ') || null });
  });
  return { list, wrong };
}

export const holidaysText = (holidays: readonly (Holiday | null)[]): string =>
  holidays.flatMap((h) => (h ? [[h.day, h.country ?? '', h.name ?? ''].join(', ').replace(/(, )+$/, '')] : [])).join('\n');
