import { queryOptions } from '@tanstack/react-query';
import { api, ask, type Schema } from '@house/api/client.ts';
import type { Tone } from '@house/parts/Status.tsx';

export type Wave = Schema['WaveView'];
export type Waiting = Schema['ReadPickQueueWaiting'];
export type Tour = Schema['ReadWavesTour'];
export type Stop = Schema['StopView'];
export type Preview = Schema['MakeWavePreview'];
export type Clash = Schema['SettleClashClash'];
export type Operative = Schema['WriteOperativesOperative'];
export type Wish = Schema['MakeWaveRequest'];

export const methods = ['single', 'batch', 'cluster', 'zone'] as const;
export const waveTones: Record<string, Tone> = { planned: 'neutral', released: 'progress', done: 'good', cancelled: 'neutral' };
export const tourTones: Record<string, Tone> = { planned: 'neutral', open: 'neutral', taken: 'progress', done: 'good', cancelled: 'neutral' };

const path = (code: string) => ({ params: { path: { code } } });

export const queueOptions = (node: string) =>
  queryOptions({ queryKey: ['warehouse', 'queue', node], queryFn: ({ signal }) => ask(api.GET('/api/v1/nodes/{code}/pick-queue', { ...path(node), signal })), refetchInterval: 30_000 });

export const pictureOptions = (node: string) =>
  queryOptions({ queryKey: ['warehouse', 'picture', node], queryFn: ({ signal }) => ask(api.GET('/api/v1/nodes/{code}/layout', { ...path(node), signal })), staleTime: 30_000 });

export const operativesOptions = (node: string) =>
  queryOptions({ queryKey: ['warehouse', 'operatives', node], queryFn: ({ signal }) => ask(api.GET('/api/v1/nodes/{code}/operatives', { ...path(node), signal })) });

export const pickListOptions = (id: string) =>
  queryOptions({ queryKey: ['warehouse', 'wave', id], queryFn: ({ signal }) => ask(api.GET('/api/v1/waves/{id}/pick-list', { params: { path: { id } }, signal })) });

export const clashesOptions = (node: string) =>
  queryOptions({ queryKey: ['warehouse', 'clashes', node], queryFn: ({ signal }) => ask(api.GET('/api/v1/nodes/{code}/pick-clashes', { ...path(node), signal })) });

export const waveLink = (wave: Pick<Wave, 'id' | 'node'>) => `/warehouse/waves/${wave.id}?node=${encodeURIComponent(wave.node)}`;

export type Grouping = 'shipBy' | 'zone' | 'method';

export interface Group {
  key: string;
  releases: number;
  units: number;
  urgent: number;
}

/** What waits, counted by when it leaves, by the zone that has it whole, or by how it is sent; the first to leave first. */
export function groupsOf(waiting: readonly Waiting[], by: Grouping): Group[] {
  const groups = new Map<string, Group>();
  for (const w of waiting) {
    for (const key of by === 'zone' ? (w.zones.length > 0 ? w.zones : ['']) : [(by === 'shipBy' ? w.shipBy : w.method) ?? '']) {
      const group = groups.get(key) ?? { key, releases: 0, units: 0, urgent: 0 };
      groups.set(key, { key, releases: group.releases + 1, units: group.units + w.units, urgent: group.urgent + (w.priority > 0 ? 1 : 0) });
    }
  }
  // What has none of it comes last.
  return [...groups.values()].sort((a, b) => Number(a.key === '') - Number(b.key === '') || (by === 'shipBy' ? a.key.localeCompare(b.key) : b.releases - a.releases || a.key.localeCompare(b.key)));
}

/** Of the stops that are not done any more by anybody: those picked, short, or no longer wanted. */
export const isOver = (stop: Pick<Stop, 'state'>): boolean => stop.state !== 'open';

/** Bins of a tour in the order they are passed, each once in a row. */
export const binsOf = (tour: Pick<Tour, 'tasks'>): string[] => tour.tasks.map((s) => s.bin).filter((b, i, all): b is string => b !== null && b !== all[i - 1]);

export const metres = (mm: number): number => Math.round(mm / 1000);
