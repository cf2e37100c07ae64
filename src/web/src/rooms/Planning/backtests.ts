import type { Schema } from '@house/api/client.ts';

export type Backtest = Schema['ReadBacktestView'];
export type Result = Schema['BacktestResult'];
export type Wish = Schema['BacktestWish'];
export type Changed = Schema['BacktestOrder'];
export type Plan = Schema['BacktestPlan'];

/** A back-test as it stands in the form. */
export interface Draft {
  name: string;
  from: string;
  to: string;
  /** then: each order by the rules of its time; house: the house rule; else a strategy, `code` for its draft or newest, `code#2` for a version. */
  rules: string;
  closed: string[];
  added: { code: string; like: string; stockPercent: number; country: string; postcode: string }[];
  capacity: { node: string; parcelsPerDay: number }[];
  cards: { card: string; percent: number }[];
}

const day = 86_400_000;
const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10);

/** The last four weeks, as things are. */
export const freshDraft = (now: number): Draft => ({ name: '', from: dayOf(now - 28 * day), to: dayOf(now), rules: 'then', closed: [], added: [], capacity: [], cards: [] });

/** What is asked of the server; the last day of the period is in it. What is not filled in is left out. */
export function wishOf(d: Draft): Wish {
  const [strategy, number] = d.rules.split('#');
  const added = d.added.filter((a) => a.code.trim() !== '');
  const capacity = d.capacity.filter((c) => c.node !== '');
  const rateCards = d.cards.filter((c) => c.card !== '');
  const hasChange = d.closed.length + added.length + capacity.length + rateCards.length > 0;
  return {
    ...(d.name.trim() !== '' && { name: d.name.trim() }),
    ...(d.from && { from: `${d.from}T00:00:00Z` }),
    ...(d.to && { to: dayOf(Date.parse(`${d.to}T00:00:00Z`) + day) + 'T00:00:00Z' }),
    house: d.rules === 'house',
    ...(d.rules !== 'house' && d.rules !== 'then' && { strategy: strategy!, ...(number && { number: Number(number) }) }),
    ...(hasChange && {
      change: {
        ...(d.closed.length > 0 && { closed: d.closed }),
        ...(added.length > 0 && {
          added: added.map((a) => ({ code: a.code.trim(), like: a.like, stockPercent: a.stockPercent, ...(a.country.trim() && { country: a.country.trim().toUpperCase() }), ...(a.postcode.trim() && { postcode: a.postcode.trim() }) })),
        }),
        ...(capacity.length > 0 && { capacity }),
        ...(rateCards.length > 0 && { rateCards }),
      },
    }),
  } as Wish;
}

export const isEnded = (b: Pick<Backtest, 'state'>): boolean => b.state === 'done' || b.state === 'failed' || b.state === 'cancelled';

export const hasCosts = (r: Result): boolean => typeof (r.before.costMinor as number | undefined) === 'number';

/** The figures that stand beside each other, and whether more of it is worse. */
export const figures = ['parcels', 'splits', 'km', 'days', 'lateOrders', 'unfilledUnits'] as const;

/** good: less of what costs; bad: more of it. */
export const toneOf = (before: number, after: number): 'good' | 'bad' | undefined => (after < before ? 'good' : after > before ? 'bad' : undefined);
