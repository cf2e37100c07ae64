import type { Schema } from '@house/api/client.ts';
import type { Tone } from '@house/parts/Status.tsx';

export type SupplierOrder = Schema['PurchaseOrderView'];
export const states = ['draft', 'sent', 'accepted', 'stopAsked', 'shipped', 'closed', 'rejected', 'cancelled'] as const;

const tones: Record<string, Tone> = { draft: 'neutral', sent: 'progress', accepted: 'progress', stopAsked: 'warn', shipped: 'good', closed: 'neutral', rejected: 'bad', cancelled: 'neutral' };
export const toneOf = (state: string): Tone => tones[state] ?? 'neutral';

export type Answer = 'confirm' | 'ship' | 'reject' | 'stop';

/** What the supplier may be said to have answered now. */
export function answersOf(o: Pick<SupplierOrder, 'state' | 'kind'>): Answer[] {
  if (o.kind !== 'dropship') return [];
  if (o.state === 'sent') return ['confirm', 'ship', 'reject'];
  if (o.state === 'accepted') return ['ship', 'reject'];
  return o.state === 'stopAsked' ? ['stop'] : [];
}
