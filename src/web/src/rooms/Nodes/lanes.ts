import type { Schema } from '@house/api/client.ts';
import { major, minorOf } from '@house/i18n/money.ts';
import type { Typed } from './draft.ts';

export type Lane = Schema['LaneBody'];

/** A service to a zone as it stands in the form: amounts as they are typed, the greatest weight in kilograms. */
export interface LaneDraft {
  zone: string;
  service: string;
  method: string;
  currency: string;
  base: string;
  perKg: string;
  mostKg: Typed;
  days: Typed;
}

export const freshLane = (currency: string): LaneDraft => ({ zone: '', service: '', method: 'standard', currency, base: '', perKg: '0', mostKg: 30, days: 1 });

const typed = (minor: number | undefined, currency: string, locale: string) =>
  typeof minor === 'number' ? major(minor, currency).replace('.', new Intl.NumberFormat(locale).formatToParts(1.5).find((p) => p.type === 'decimal')?.value ?? '.') : '';

export const draftOf = (l: Lane, locale: string): LaneDraft => ({
  zone: l.zone ?? '',
  service: l.service ?? '',
  method: l.method ?? '',
  currency: l.currency ?? '',
  base: typed(l.baseMinor, l.currency ?? '', locale),
  perKg: typed(l.perKgMinor, l.currency ?? '', locale),
  mostKg: l.maxWeightGrams / 1000,
  days: l.transitDays,
});

export const bodyOf = (l: LaneDraft, locale: string): Lane => ({
  zone: l.zone,
  service: l.service.trim(),
  method: l.method.trim(),
  currency: l.currency,
  baseMinor: minorOf(l.base, l.currency, locale) ?? 0,
  perKgMinor: l.perKg.trim() === '' ? 0 : (minorOf(l.perKg, l.currency, locale) ?? 0),
  maxWeightGrams: Math.round((l.mostKg === '' ? 0 : l.mostKg) * 1000),
  transitDays: l.days === '' ? 0 : l.days,
});

/** What can be seen to be wrong before it is sent, as `row.field`. */
export function faultsOf(lanes: LaneDraft[], locale: string): Record<string, 'fault.amount' | 'fault.needed' | 'fault.twiceHere'> {
  const faults: ReturnType<typeof faultsOf> = {};
  lanes.forEach((l, i) => {
    for (const field of ['zone', 'service', 'method'] as const) if (l[field].trim() === '') faults[`${i}.${field}`] = 'fault.needed';
    if ((minorOf(l.base, l.currency, locale) ?? -1) < 0) faults[`${i}.baseMinor`] = 'fault.amount';
    if (l.perKg.trim() !== '' && (minorOf(l.perKg, l.currency, locale) ?? -1) < 0) faults[`${i}.perKgMinor`] = 'fault.amount';
    if (lanes.findIndex((o) => o.zone === l.zone && o.service.trim() === l.service.trim()) < i) faults[`${i}.service`] = 'fault.twiceHere';
  });
  return faults;
}

/** What a lane is called: its service and its zone, of which a node has one. */
export const namesOf = (l: LaneDraft): string => `${l.service.trim() || '?'} → ${l.zone || '?'}`;

/** Lanes by their names, for a clash to tell and to join. */
export const byNames = (lanes: LaneDraft[]): Record<string, LaneDraft> => Object.fromEntries(lanes.map((l) => [namesOf(l), l]));
export const fromNames = (named: Record<string, LaneDraft>): LaneDraft[] => Object.values(named);
