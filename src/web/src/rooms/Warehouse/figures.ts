import { queryOptions } from '@tanstack/react-query';
import { api, ask, type Schema } from '@house/api/client.ts';

export const presets = ['1', '7', '30', '90'] as const;
export type Preset = (typeof presets)[number];
/** The first and the last day, yyyy-MM-dd. */
export interface Days {
  from: string;
  to: string;
}
export type Costs = Schema['ReportFulfilmentCostsResponse'];

type Params = Record<string, string | undefined>;
const day = /^\d{4}-\d{2}-\d{2}$/;

/** Which period the address names; the last 30 days where it names none. */
export const presetOf = (url: Params): Preset | 'own' => (url['days'] === 'own' ? 'own' : (presets.find((p) => p === url['days']) ?? '30'));

/** The days of a period that ends today, or those that were chosen. */
export function daysOf(url: Params, today: string): Days {
  const preset = presetOf(url);
  if (preset !== 'own') return { from: daysBefore(today, Number(preset) - 1), to: today };
  const to = day.test(url['to'] ?? '') ? url['to']! : today;
  const from = day.test(url['from'] ?? '') ? url['from']! : daysBefore(to, 29);
  return from <= to ? { from, to } : { from: to, to };
}

export function daysBefore(from: string, days: number): string {
  const at = new Date(`${from}T12:00:00Z`);
  at.setUTCDate(at.getUTCDate() - days);
  return at.toISOString().slice(0, 10);
}

/** How long a bar is beside the longest of its kind, in whole percent; what is there at all is seen. */
export const shareOf = (value: number, most: number): number => (most <= 0 || value <= 0 ? 0 : Math.max(1, Math.round((value / most) * 100)));

export const pickFiguresOptions = (node: string, { from, to }: Days) =>
  queryOptions({ queryKey: ['figures', 'pick', node, from, to], queryFn: ({ signal }) => ask(api.GET('/api/v1/nodes/{code}/pick-figures', { params: { path: { code: node }, query: { from, to } }, signal })) });

export const speedOptions = (node: string, { from, to }: Days) =>
  queryOptions({ queryKey: ['figures', 'speed', node, from, to], queryFn: ({ signal }) => ask(api.GET('/api/v1/reports/dispatch-speed', { params: { query: { node, from, to } }, signal })) });

export const costsOptions = (node: string, { from, to }: Days) =>
  queryOptions({ queryKey: ['figures', 'costs', node, from, to], queryFn: ({ signal }) => ask(api.GET('/api/v1/reports/fulfilment-costs', { params: { query: { node, from, to, limit: 10 } }, signal })) });

export const contactsOptions = ({ from, to }: Days) =>
  queryOptions({ queryKey: ['figures', 'contacts', from, to], queryFn: ({ signal }) => ask(api.GET('/api/v1/reports/contacts', { params: { query: { from, to } }, signal })) });

export const labourRatesOptions = (node: string) =>
  queryOptions({ queryKey: ['figures', 'labour', node], queryFn: ({ signal }) => ask(api.GET('/api/v1/nodes/{code}/labour-rates', { params: { path: { code: node } }, signal })) });
