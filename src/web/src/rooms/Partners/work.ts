import { queryOptions } from '@tanstack/react-query';
import { api, ask, type Schema } from '@house/api/client.ts';
import type { Tone } from '@house/parts/Status.tsx';

export type Work = Schema['PartnerWorkView'];
export type Line = Schema['PartnerLineView'];
export type Summary = Schema['ReadPartnerWorkSummary'];

export const lists = ['new', 'accepted', 'shippedToday', 'trouble'] as const;
export type ListName = (typeof lists)[number];

export const summaryOptions = queryOptions({ queryKey: ['partner', 'summary'], queryFn: ({ signal }) => ask(api.GET('/api/v1/partner', { signal })), refetchInterval: 30_000 });

/** What may be answered to it now, the usual first. */
export type Answer = 'accept' | 'ship' | 'short' | 'reject' | 'stop';
export function answersOf(work: Pick<Work, 'state' | 'lines' | 'isHeld'>): Answer[] {
  const isOpen = work.lines.some((l) => l.open > 0);
  if (work.state === 'stopAsked') return ['stop'];
  if (!isOpen || (work.state !== 'new' && work.state !== 'accepted')) return [];
  const ship: Answer[] = work.isHeld ? [] : ['ship'];
  return work.state === 'new' ? [...(work.isHeld ? [] : (['accept'] as const)), ...ship, 'reject'] : [...ship, 'short'];
}

const tones: Record<Work['state'], Tone> = { new: 'warn', accepted: 'progress', stopAsked: 'bad', shipped: 'good', delivered: 'good', rejected: 'neutral', cancelled: 'neutral' };
export const toneOf = (state: Work['state']): Tone => tones[state];

export const pageOf = (work: Pick<Work, 'id'>): string => `/partner/work/${work.id}`;
export const unitsOf = (work: Work): number => work.lines.reduce((n, l) => n + l.quantity - l.cancelled, 0);
export const placeOf = (work: Work): string => [work.shipTo?.postcode, work.shipTo?.city, work.shipTo?.country].filter(Boolean).join(' ');

/** One parcel as it is typed in. */
export interface Parcel {
  carrier: string;
  tracking: string;
  weight: string;
  units: Record<number, number>;
}

/** The first parcel holds all that is open; each further one begins empty. */
export const firstParcel = (open: readonly Line[]): Parcel => ({ carrier: '', tracking: '', weight: '', units: Object.fromEntries(open.map((l) => [l.line, l.open])) });
export const nextParcel = (before: Parcel): Parcel => ({ ...before, tracking: '', weight: '', units: {} });

/** Units of a line that no other parcel holds. */
export const leftFor = (line: Line, parcels: readonly Parcel[], at: number): number => line.open - parcels.reduce((n, p, i) => (i === at ? n : n + (p.units[line.line] ?? 0)), 0);
