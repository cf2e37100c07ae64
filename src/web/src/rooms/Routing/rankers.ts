import { queryOptions } from '@tanstack/react-query';
import { api, ask, type Schema } from '@house/api/client.ts';
import type { Tone } from '@house/parts/Status.tsx';

export type Ranker = Schema['WriteRankerResponse'];
export type Call = Schema['RankerCall'];

/** As many as a house may have. */
const mostRankers = 100;

export const rankersOptions = queryOptions({
  queryKey: ['routing', 'rankers', 'all'],
  queryFn: async ({ signal }) => (await ask(api.GET('/api/v1/routing/rankers', { params: { query: { limit: mostRankers } }, signal }))).data,
});

export type Health = 'off' | 'paused' | 'failing' | 'on';

/** How it does: one that failed five times in a row is left alone for a while. */
export const healthOf = (r: Pick<Ranker, 'isOn' | 'failures' | 'pausedUntil'>, now: number): Health =>
  !r.isOn ? 'off' : r.pausedUntil && Date.parse(r.pausedUntil) > now ? 'paused' : r.failures > 0 ? 'failing' : 'on';

export const toneOfOutcome = (outcome: Call['outcome']): Tone => (outcome === 'answered' ? 'good' : outcome === 'late' ? 'warn' : 'bad');
