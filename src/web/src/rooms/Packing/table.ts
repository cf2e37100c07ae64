import { queryOptions } from '@tanstack/react-query';
import { api, ask, type Schema } from '@house/api/client.ts';

export type Table = Schema['PackingView'];
export type Line = Schema['PackingLineView'];
export type Parcel = Schema['PackingParcelView'];
export type Sealed = Schema['SealedParcel'];
export type Carton = Schema['SuggestCartonSuggestedBox'];
export type Packaging = Schema['PackagingView'];
export type Waiting = Schema['FindTableWaiting'];
export type Label = Schema['LabelView'];
export type Step = Omit<Schema['PackAtTableStepRequest'], 'id'>;

export const tableOptions = (id: string) =>
  queryOptions({ queryKey: ['packing', 'table', id], queryFn: ({ signal }) => ask(api.GET('/api/v1/fulfilments/{id}/packing', { params: { path: { id } }, signal })) });

export const cartonOptions = (id: string) =>
  queryOptions({ queryKey: ['packing', 'carton', id], queryFn: ({ signal }) => ask(api.GET('/api/v1/fulfilments/{id}/carton', { params: { path: { id } }, signal })), staleTime: Infinity });

export const packagingOptions = queryOptions({ queryKey: ['packaging'], queryFn: ({ signal }) => ask(api.GET('/api/v1/packaging', { signal })) });

export const printersOptions = queryOptions({ queryKey: ['printers'], queryFn: ({ signal }) => ask(api.GET('/api/v1/printers', { signal })) });

export const waitingOptions = (node: string | undefined) =>
  queryOptions({ queryKey: ['packing', 'waiting', node ?? ''], queryFn: ({ signal }) => ask(api.GET('/api/v1/packing-tables', { params: { query: node ? { node } : {} }, signal })) });

export const labelsOptions = (id: string) =>
  queryOptions({ queryKey: ['packing', 'labels', id], queryFn: ({ signal }) => ask(api.GET('/api/v1/labels', { params: { query: { package: id, limit: 5 } }, signal })) });

/** What a scanned code means at a packing table. */
export const findTables = (scan: string) => ask(api.GET('/api/v1/packing-tables', { params: { query: { scan } } }));

/** Units of a line that are in no parcel. */
export const leftOf = (line: Line): number => Math.max(0, line.picked - line.inParcels);

/** Why the parcels cannot be sealed yet: the first thing that is missing. */
export type Missing = { what: 'nothing' | 'held' | 'stop' } | { what: 'units'; n: number } | { what: 'weight' | 'reason'; parcel: number } | { what: 'step'; line: Line; step: string };

export function missingOf(table: Table, isPart = false): Missing | null {
  const parcels = table.parcels.filter((p) => p.lines.length > 0);
  if (table.mustStop) return { what: 'stop' };
  if (table.isHeld) return { what: 'held' };
  if (parcels.length === 0) return { what: 'nothing' };
  if (table.left > 0 && !isPart) return { what: 'units', n: table.left };
  const inside = new Set(parcels.flatMap((p) => p.lines.map((l) => l.line)));
  for (const line of table.lines) {
    const step = inside.has(line.line) ? line.steps.find((s) => !line.confirmed.includes(s)) : undefined;
    if (step) return { what: 'step', line, step };
  }
  const refused = parcels.find((p) => p.refusedGrams !== null);
  if (refused) return { what: 'reason', parcel: refused.parcel };
  const unweighed = table.mustWeigh ? parcels.find((p) => p.weighedGrams === null) : undefined;
  return unweighed ? { what: 'weight', parcel: unweighed.parcel } : null;
}

/** Collected by the customer: there is no carrier to ask. */
export const isCollected = (method: string | null): boolean => method === 'pickup' || method === 'collect' || method === 'carry-out';

/** The label of a package that counts: the newest that was not taken back. */
export const labelOf = (labels: readonly Label[] | undefined): Label | undefined => labels?.find((l) => l.state !== 'voided' && l.state !== 'cancelled');
