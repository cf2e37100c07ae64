import { type Schema } from '@house/api/client.ts';
import type { Tone } from '@house/parts/Status.tsx';

export type Desk = Schema['DeskView'];
export type Ticket = Schema['ListTicketsView'];

/** Troubles for which agents may want a ticket, those of buyers first. */
export const offered = [
  'parcel_lost', 'parcel_stalled', 'parcel_exception', 'promise_broken', 'refund_owed', 'over_paid', 'payment_disputed', 'payment_unknown',
  'shipped_after_cancel', 'cannot_replan', 'edit_failed', 'order_changed_late', 'message_failed', 'hold_overdue', 'label_failed',
] as const;

export const macros = ['cancel', 'refund', 'resend', 'return'] as const;

export const tones: Record<Ticket['state'], Tone> = { waiting: 'progress', open: 'progress', closing: 'progress', closed: 'good', dropped: 'neutral', parked: 'bad' };

/** Did the desk fail when it was met last? */
export const isFailing = (desk: Pick<Desk, 'failedAt' | 'heardAt'>): boolean => desk.failedAt !== null && (desk.heardAt === null || desk.failedAt > desk.heardAt);
