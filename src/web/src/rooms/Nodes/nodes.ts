import type { Schema } from '@house/api/client.ts';

export type Node = Schema['NodeView'];

const days = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

/** The week from Monday on, each day with its hours as text; a day that is not named is closed. */
export const weekOf = (hours: Node['openingHours']): { day: (typeof days)[number]; times: string[] }[] =>
  days.map((day) => ({ day, times: (hours[day] ?? []).map((h) => `${h.from ?? ''}–${h.to ?? ''}`) }));

/** The cut-off of every service that has none of its own, and then those. */
export const cutOffsOf = (node: Node): { service: string | null; time: string }[] =>
  Object.entries(node.cutOffs)
    .map(([service, time]) => ({ service: service === '*' ? null : service, time }))
    .sort((a, b) => (a.service ?? '').localeCompare(b.service ?? ''));

/** 2026-01-05 was a Monday: by it the language names its days. */
export const dayName = (day: (typeof days)[number], locale: string): string =>
  new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' }).format(Date.UTC(2026, 0, 5 + days.indexOf(day)));
