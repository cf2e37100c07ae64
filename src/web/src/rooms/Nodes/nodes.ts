import { queryOptions } from '@tanstack/react-query';
import { api, ask, type Schema } from '@house/api/client.ts';
import type { Load } from './map.ts';

export type Node = Schema['NodeView'];

export const days = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

export const nodeOptions = (code: string) =>
  queryOptions({
    queryKey: ['nodes', code],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/nodes/{code}', { params: { path: { code } }, signal })),
  });

export const workOptions = (code: string) =>
  queryOptions({
    queryKey: ['nodes', code, 'work-settings'],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/nodes/{code}/work-settings', { params: { path: { code } }, signal })),
  });

export const lanesOptions = (code: string) =>
  queryOptions({
    queryKey: ['nodes', code, 'lanes'],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/nodes/{code}/lanes', { params: { path: { code } }, signal })),
  });

export const pageOf = (code: string) => `/nodes/${encodeURIComponent(code)}`;

/** By which unsaved changes of a node are kept. */
export const keptName = (code: string) => `node/${code}`;

const mostPages = 10;
const pageSize = 200;

/** All nodes, for the map: as many pages as a house can have. */
export const allNodesOptions = queryOptions({
  queryKey: ['nodes', 'all'],
  queryFn: async ({ signal }) => {
    const all: Node[] = [];
    for (let after: string | undefined, page = 0; page < mostPages; page++) {
      const found = await ask(api.GET('/api/v1/nodes', { params: { query: { limit: pageSize, ...(after ? { after } : {}) } }, signal }));
      all.push(...found.data);
      if (!found.next) break;
      after = found.next;
    }
    return all;
  },
});

/** How much of its day each node was given. */
export const loadsOptions = queryOptions({
  queryKey: ['nodes', 'loads'],
  queryFn: async ({ signal }) => {
    const all = new Map<string, Load>();
    for (let after: string | undefined, page = 0; page < mostPages; page++) {
      const found = await ask(api.GET('/api/v1/node-loads', { params: { query: { limit: pageSize, ...(after ? { after } : {}) } }, signal }));
      for (const load of found.data) all.set(load.node, load);
      if (!found.next) break;
      after = found.next;
    }
    return all;
  },
  refetchInterval: 60_000,
});

/** Without any hours every day is a working day. */
export const isAlwaysOpen = (node: Pick<Node, 'openingHours'>): boolean => Object.keys(node.openingHours).length === 0;

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
