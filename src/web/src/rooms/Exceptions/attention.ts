import { queryOptions } from '@tanstack/react-query';
import { api, ask, type Schema } from '@house/api/client.ts';
import type { Tone } from '@house/parts/Status.tsx';

export type Item = Schema['AttentionItem'];
export type Action = Schema['AttentionAction'];

/** How much of the queue is shown; what is done makes room for the rest. */
const shown = 100;

export const queueOptions = (kind: string | undefined, owner: string | undefined) =>
  queryOptions({
    queryKey: ['attention', 'queue', kind ?? '', owner ?? ''],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/attention', { params: { query: { limit: shown, ...(kind ? { kind } : {}), ...(owner ? { owner } : {}) } }, signal })),
    refetchInterval: 60_000,
  });

/** The number of the hold that an action of the item is about. */
export const holdOf = (item: Item): number | null => {
  for (const { body } of item.actions) if (body !== null && typeof body === 'object' && 'hold' in body && typeof body.hold === 'number') return body.hold;
  return null;
};

/** The number of the exception, out of the call that closes it. */
export const exceptionOf = (item: Item): number | null => {
  const path = item.actions.find((a) => a.operation === 'exceptions.resolve')?.path;
  return path ? Number(path.split('/').at(-2)) : null;
};

/** The same item in the next answer of the server. */
export const keyOf = (item: Item): string => [item.source, item.kind, item.order ?? '', holdOf(item) ?? exceptionOf(item) ?? item.line ?? item.since].join('.');

/** The item to show: the one asked for; when it is done, the one that took its place; at the end the last. */
export function currentOf(items: readonly Item[], key: string | undefined, place: number): number {
  if (items.length === 0) return -1;
  const at = key === undefined ? -1 : items.findIndex((i) => keyOf(i) === key);
  return at >= 0 ? at : Math.min(Math.max(place, 0), items.length - 1);
}

const tones: Record<string, Tone> = { waiting_overdue: 'warn', at_risk: 'warn', payment_expired: 'bad' };
export const toneOf = (item: Item): Tone => (item.source === 'exception' ? 'bad' : (tones[item.kind] ?? 'hold'));

/** What an action is called for this kind of trouble: first the key of its own words, then that of the operation. */
export const wordsOf = (item: Item, action: Action): string[] => {
  const name = action.operation.split('.').at(-1)!;
  return [`do.${name}.${item.kind}`, `do.${name}`];
};

/** The right an action needs. */
export const rightOf = (action: Action): `${string}:${string}` =>
  (({ 'orders.edit': 'orders:write', 'orders.cancel': 'orders:cancel', 'orders.prioritise': 'orders:change', 'orders.read': 'orders:read', 'catalog.createProduct': 'catalog:write' }) as const)[action.operation] ?? 'orders:write';
