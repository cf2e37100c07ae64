import type { Schema } from '@house/api/client.ts';
import { shelfOf, type Waits } from '@house/offline/shelf.ts';

export type ReceiptItem = Schema['ReceiveGoodsItem'];
export type MoveItem = Schema['MoveBinsItem'];

/** What was done at the dock: under its id the server does it once, however often it is sent. */
export type Deed =
  | { kind: 'receive'; id: string; delivery: string; items: ReceiptItem[] }
  | { kind: 'move'; id: string; node: string; items: MoveItem[] };

/** A deed that was done and not yet said to the server. */
export interface Waiting extends Waits {
  deed: Deed;
  /** What to call it in a list. */
  about: { sku: string; name: string; units: number; where: string };
}

export const deviceShelf = shelfOf<Waiting>('deeds');
