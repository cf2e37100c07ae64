import { queryOptions } from '@tanstack/react-query';
import { api, ask, type Schema } from '@house/api/client.ts';
import { major } from '@house/i18n/money.ts';
import type { Tone } from '@house/parts/Status.tsx';

export type Parcel = Schema['ParcelView'];
export type Label = Schema['LabelView'];
export type Decision = Schema['ServiceDecision'];
export type Quote = Schema['ServiceQuote'];
export type Tracking = Schema['ReadLabelsTrackingView'];
export type Manifest = Schema['ManifestView'];
export type Claim = Schema['ClaimView'];
export type DayEnd = Schema['DayEndResponse'];

export const pageOf = (parcel: string) => `/shipping/parcels/${parcel}`;

/** Where a parcel stands, in one word: its label while it is here, its way once it has left. A key of texts. */
export function stageOf({ state, label }: Pick<Parcel, 'state'> & { label: Pick<NonNullable<Parcel['label']>, 'state'> | null }): string {
  if (state !== 'labelled') return `parcel.${state}`;
  return label === null ? 'label.none' : `label.${label.state}`;
}

const tones: Record<string, Tone> = {
  'label.none': 'warn', 'label.wanted': 'progress', 'label.failed': 'bad', 'label.booked': 'progress', 'label.voiding': 'warn', 'label.manifested': 'progress',
  'parcel.manifested': 'progress', 'parcel.inTransit': 'progress', 'parcel.outForDelivery': 'progress', 'parcel.availableAtPoint': 'progress', 'parcel.delivered': 'good', 'parcel.exception': 'bad', 'parcel.lost': 'bad',
  'parcel.returnedToSender': 'bad',
};
export const toneOf = (stage: string): Tone => tones[stage] ?? 'neutral';

/** What can be done with a parcel as it stands. */
export type Act = 'book' | 'retry' | 'void' | 'print' | 'lose';
export function actsOf({ state, label, tracking }: Pick<Parcel, 'state' | 'tracking'> & { label: Pick<NonNullable<Parcel['label']>, 'state' | 'file'> | null }): Act[] {
  const isHere = state === 'labelled';
  const acts: Act[] = [];
  if (isHere && label === null && tracking === null) acts.push('book');
  if (label?.state === 'failed') acts.push('retry');
  if (label?.file && label.state !== 'voiding') acts.push('print');
  if (isHere && (label?.state === 'booked' || label?.state === 'failed' || label?.state === 'wanted')) acts.push('void');
  if (!isHere && label !== null && ['booked', 'manifested'].includes(label.state) && !['delivered', 'lost', 'returnedToSender'].includes(state)) acts.push('lose');
  return acts;
}

/** By which a parcel is called where it has a number, and by its order where it has none. */
export const nameOf = (p: Pick<Parcel, 'tracking' | 'orderNumber' | 'package'>) => p.tracking ?? `#${p.orderNumber} · ${p.package}`;

export const parcelOptions = (id: string) =>
  queryOptions({ queryKey: ['parcels', id], queryFn: ({ signal }) => ask(api.GET('/api/v1/parcels/{id}', { params: { path: { id } }, signal })) });

export const labelOptions = (id: string) =>
  queryOptions({ queryKey: ['parcels', 'label', id], queryFn: ({ signal }) => ask(api.GET('/api/v1/labels/{id}', { params: { path: { id } }, signal })) });

export const trackingOptions = (id: string) =>
  queryOptions({ queryKey: ['parcels', 'tracking', id], queryFn: ({ signal }) => ask(api.GET('/api/v1/labels/{id}/tracking', { params: { path: { id } }, signal })) });

export const dayEndOptions = (code: string) =>
  queryOptions({ queryKey: ['parcels', 'day-end', code], queryFn: ({ signal }) => ask(api.GET('/api/v1/nodes/{code}/day-end', { params: { path: { code } }, signal })), enabled: code !== '' });

/** How many parcels a query finds. */
export const countOptions = (query: string) =>
  queryOptions({
    queryKey: ['parcels', 'count', query],
    queryFn: async ({ signal }) => (await ask(api.GET('/api/v1/parcels', { params: { query: { query, limit: 1, count: true } }, signal }))).count ?? null,
    refetchInterval: 60_000,
  });

/** A file of the house as the browser shows or keeps it: papers in a window of their own, what a printer reads as a download. */
export async function openFile(path: string, name: string): Promise<void> {
  const file = (await ask(api.GET(path as '/api/v1/labels/{id}/file', { parseAs: 'blob' } as never))) as unknown as Blob;
  const url = URL.createObjectURL(file);
  const link = Object.assign(document.createElement('a'), { href: url, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
export const fileName = (tracking: string | null, id: string, format: string | null) => `${tracking ?? id}.${format ?? 'pdf'}`;

/** One line of a parcel's way: of the house or of the carrier, the newest first. */
export interface Step {
  at: string;
  /** A key of texts. */
  what: string;
  by: 'house' | 'carrier';
  /** The carrier's own words and code. */
  said?: { words: string; code: string };
  place?: string | null;
}

/** All that is known of a parcel's way: ours and the carrier's, in order. */
export function stepsOf(parcel: Parcel, label: Label | undefined, tracking: Tracking | undefined): Step[] {
  const own: [string | null | undefined, string][] = [
    [parcel.packedAt, 'step.packed'],
    [label?.bookedAt, 'step.booked'],
    [label?.scannedAt, 'step.left'],
  ];
  const steps: Step[] = own.flatMap(([at, what]) => (at ? [{ at, what, by: 'house' as const }] : []));
  for (const scan of tracking?.scans ?? []) steps.push({ at: scan.at, what: `scan.${scan.kind}`, by: 'carrier', said: { words: scan.words, code: scan.code }, place: scan.place });
  // Of one instant the carrier's word stands above ours.
  return steps.map((s, i) => ({ s, i })).sort((a, b) => Date.parse(b.s.at) - Date.parse(a.s.at) || b.i - a.i).map(({ s }) => s);
}

/** An amount as this person would write it in a field. */
export const typedAmount = (minor: number, currency: string, locale: string) =>
  major(minor, currency).replace('.', new Intl.NumberFormat(locale).formatToParts(1.5).find((p) => p.type === 'decimal')?.value ?? '.');

/** The day by whose end something arrives: an end of a day is the first instant of the next. */
export const dayOf = (eta: string | null | undefined): string | null => (eta ? new Date(Date.parse(eta) - 1).toISOString() : null);
