import type { Tone } from '../parts/Status.tsx';

// Which tone a state has, wherever it is shown. Its word is in texts.en.ts under "status.…", "payment.…", "hold.…".

const orders: Record<string, Tone> = {
  draft: 'neutral', closed: 'neutral', cancelled: 'neutral', expired: 'neutral',
  placed: 'progress', confirmed: 'progress', released: 'progress', picking: 'progress', packed: 'progress', partlyShipped: 'progress', shipped: 'progress',
  readyForPickup: 'progress', delivered: 'good', backordered: 'warn', onHold: 'hold',
};
export const toneOfOrder = (status: string): Tone => orders[status] ?? 'neutral';

const payments: Record<string, Tone> = {
  paid: 'good', authorised: 'progress', pending: 'warn', partPaid: 'warn', failed: 'bad', terms: 'neutral', none: 'neutral', unpaid: 'warn', partAuthorised: 'warn', overPaid: 'warn', disputed: 'bad', voided: 'neutral', refunded: 'neutral', partRefunded: 'neutral',
};
export const toneOfPayment = (status: string): Tone => payments[status] ?? 'neutral';
