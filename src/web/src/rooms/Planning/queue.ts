import type { Schema } from '@house/api/client.ts';

export type Queued = Schema['ReadRoutingQueueQueuedOrder'];

/** Why an order cannot be released now, or null when it can: the first of these. */
export function blockOf(q: Pick<Queued, 'holds' | 'state' | 'releaseAt' | 'graceUntil'>, now = Date.now()): { kind: 'hold' | 'unconfirmed' | 'preorder' | 'grace' } | null {
  if (q.holds.length > 0) return { kind: 'hold' };
  if (q.releaseAt !== null && Date.parse(q.releaseAt) > now) return { kind: 'preorder' };
  if (q.graceUntil !== null && Date.parse(q.graceUntil) > now) return { kind: 'grace' };
  return q.state === 'placed' ? { kind: 'unconfirmed' } : null;
}
