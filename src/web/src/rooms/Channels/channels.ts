import { queryOptions } from '@tanstack/react-query';
import { api, ask, type Schema } from '@house/api/client.ts';
import type { Tone } from '@house/parts/Status.tsx';

export type Channel = Schema['WriteChannelResponse'];
export type Adapter = Schema['ChannelManifest'];
export type Connection = Schema['ConnectionView'];
export type Serving = Schema['ChannelServing'];
export type ToldOrder = Schema['ReadToldOrdersToldOrder'];
export type Listing = Schema['ListingView'];
export type Task = Schema['ListTasksView'];
export type Tested = Schema['TestConnectionResponse'];
export type Body = Schema['WriteConnectionRequest'];

/** How often what goes on by itself is looked at again. */
const often = 10_000;

export const channelsOptions = queryOptions({ queryKey: ['channels', 'settings'], queryFn: async ({ signal }) => (await ask(api.GET('/api/v1/channels', { params: { query: { limit: 250 } }, signal }))).data });
export const connectionsOptions = queryOptions({ queryKey: ['connections'], queryFn: async ({ signal }) => (await ask(api.GET('/api/v1/connections', { signal }))).data, refetchInterval: often });
export const adaptersOptions = queryOptions({ queryKey: ['channel-adapters'], queryFn: async ({ signal }) => (await ask(api.GET('/api/v1/channel-adapters', { signal }))).data, staleTime: Infinity });

export const channelPage = (code: string) => `/channels/${encodeURIComponent(code)}`;
export const connectPage = (code: string) => `${channelPage(code)}/connect`;

export const tabs = ['health', 'orders', 'listings', 'told', 'reconcile', 'settings', 'simulator'] as const;
export type Tab = (typeof tabs)[number];

/** The parts of a channel's page. What its orders are is seen by whoever sees orders; a simulator is there only in a demo, for whoever may steer it. */
export const tabsOf = (code: string, isSimulated = false) =>
  tabs
    .filter((id) => id !== 'simulator' || isSimulated)
    .map((id) => ({ id, path: id === 'health' ? channelPage(code) : `${channelPage(code)}/${id}`, permission: id === 'orders' || id === 'reconcile' ? ('orders:read' as const) : id === 'simulator' ? ('settings:write' as const) : ('settings:read' as const) }));

const healthTones: Record<Connection['health']['state'], Tone> = { fine: 'good', slow: 'warn', failing: 'bad', idle: 'neutral', never: 'progress' };
const stateTones: Record<Connection['state'], Tone> = { draft: 'neutral', live: 'good', paused: 'hold' };

/** One state at a glance: how a connection at work fares, or that it is not at work. */
export const headline = (c: Connection): { key: `health.${Connection['health']['state']}` | `state.${Connection['state']}`; tone: Tone } =>
  c.state === 'live' ? { key: `health.${c.health.state}`, tone: healthTones[c.health.state] } : { key: `state.${c.state}`, tone: stateTones[c.state] };

export const toldTones: Record<ToldOrder['state'], Tone> = { waiting: 'progress', taken: 'good', ignored: 'neutral', parked: 'bad' };
export const taskTones: Record<Task['state'], Tone> = { waiting: 'progress', done: 'good', parked: 'bad', dropped: 'neutral' };
export const listingTones: Record<Listing['state'], Tone> = { unmatched: 'warn', ignored: 'neutral', gone: 'neutral', uncounted: 'neutral', theirs: 'neutral', stopped: 'hold', failing: 'bad', waiting: 'progress', told: 'good' };

/** What of a connection a person must look at. */
export const troublesOf = ({ health: h }: Connection): number => h.ordersParked + h.tasksParked + (h.state === 'failing' ? 1 : 0);

/** What fails first, then what waits for a person, then by name. */
export const inOrder = (list: readonly Connection[]): Connection[] => [...list].sort((a, b) => troublesOf(b) - troublesOf(a) || a.channelName.localeCompare(b.channelName));

/** A delay as it is said: 420 ms, 1.4 s, 3 min. */
export function lagText(ms: number | null, locale: string): string {
  if (ms === null) return '–';
  const [n, unit] = ms < 1000 ? [ms, 'millisecond'] : ms < 120_000 ? [ms / 1000, 'second'] : [ms / 60_000, 'minute'];
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: unit === 'second' && n < 10 ? 1 : 0 }).format(n);
}

/** Settings are texts by name. */
export const textsOf = (settings: unknown): Record<string, string> => settings as Record<string, string>;
export const settingsOf = (c: Pick<Connection, 'settings'> | null): Record<string, string> => textsOf(c?.settings ?? {});

/** A connection as it is written: what is not changed is sent as it was, and secrets stay. */
export const bodyOf = (c: Connection): Body => ({
  adapter: c.adapter, baseUrl: c.baseUrl, settings: c.settings, serving: c.ownServing, methods: c.methods, goLiveAt: c.goLiveAt, callsPerMinute: c.callsPerMinute, buffer: c.buffer,
});

/** The settings that are filled in; secrets only where one was typed. */
export function accessOf(adapter: Adapter, settings: Record<string, string>, secrets: Record<string, string>): Required<Pick<Body, 'settings' | 'secrets'>> {
  const filled = (of: Record<string, string>, isSecret: boolean) =>
    Object.fromEntries(adapter.settings.filter((s) => s.isSecret === isSecret && of[s.name]?.trim()).map((s) => [s.name, of[s.name]!.trim()]));
  return { settings: filled(settings, false) as unknown as NonNullable<Body['settings']>, secrets: filled(secrets, true) };
}

export const steps = ['access', 'test', 'agree', 'start'] as const;
export type Step = (typeof steps)[number];

/** A test holds for an hour. */
export const isTested = (c: Connection, now: number): boolean => c.testedAt !== null && now - Date.parse(c.testedAt) < 3_600_000;

/** What a row of a comparison says of an amount: theirs ≠ ours, in minor units. */
export function amountsOf(text: string | null): { theirs: number; ours: number; currency: string } | null {
  const said = /^(-?\d+) ≠ (-?\d+) ([A-Z]{3})$/.exec(text ?? '');
  return said ? { theirs: Number(said[1]), ours: Number(said[2]), currency: said[3]! } : null;
}

/** A payload as one reads it. */
export const laidOut = (payload: unknown): string => (payload === null || payload === undefined ? '' : JSON.stringify(payload, null, 2));
