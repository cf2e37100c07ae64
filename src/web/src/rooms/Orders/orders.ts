import { queryOptions } from '@tanstack/react-query';
import { api, ask, type Schema } from '@house/api/client.ts';

export type Order = Schema['OrderView'];
export type Line = Schema['LineView'];
export type Hold = Schema['HoldView'];
export type Address = Schema['PlaceOrderAddress'];

/** How the plan of an order looks; the document leaves it open. */
export interface Plan {
  rule: string;
  costMinor: number | null;
  isProven: boolean;
  shipments: { node: string; service: string; costMinor: number | null; parts: [number, number][] }[];
  /** The cost is left out for whoever may not see prices. */
  candidates: { node: string; reason: string; costMinor?: number | null }[];
}

export const orderOptions = (id: string) =>
  queryOptions({
    queryKey: ['orders', id],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/orders/{id}', { params: { path: { id }, query: { expand: 'plan,fulfilments' } }, signal })),
  });

/** Goods and components of one line number; bundles and charges have no units to handle. */
export const isGoods = (line: Line): boolean => line.kind === 'goods' || line.kind === 'component';

export const openHolds = (order: Order): Hold[] => order.holds.filter((h) => h.state === 'open');

/** Where its goods come from, the most units first: BHM, then how many other nodes. */
export function nodesOf(order: Order): string[] {
  const units = new Map<string, number>();
  for (const line of order.lines) for (const a of line.allocations) units.set(a.node, (units.get(a.node) ?? 0) + a.quantity);
  return [...units].sort((a, b) => b[1] - a[1]).map(([node]) => node);
}

/** Amounts are left out of what the server tells somebody without the right to see prices. */
export const seesPrices = (order: Order): boolean => typeof (order.totalMinor as number | undefined) === 'number';

export const unitsOf = (order: Order): number => order.lines.filter(isGoods).reduce((sum, l) => sum + l.quantity - l.cancelled, 0);

/** Still free to be cancelled or edited without asking anybody: nothing has begun. */
export const freeUnits = (line: Line): number => line.unallocated + line.backordered + line.preordered + line.allocated;

/** In somebody's hands: a node must be asked. */
export const unitsInWork = (line: Line): number => line.released + line.picked + line.packed;

export const hasLeft = (order: Order): boolean => order.lines.some((l) => l.shipped + l.delivered + l.lost + l.sentBack > 0);

export const isEnded = (order: Order): boolean => ['closed', 'cancelled', 'expired'].includes(order.state);

/** What a person may do now, by state and right: what is not in it is not shown. */
export function actionsOf(order: Order, may: (permission: `${string}:${string}`) => boolean, now: number) {
  const isOpen = order.state === 'placed' || order.state === 'confirmed';
  const inGrace = order.graceUntil !== null && Date.parse(order.graceUntil) > now;
  const canCancelUnits = order.lines.some((l) => isGoods(l) && freeUnits(l) + unitsInWork(l) > 0);
  return {
    release: openHolds(order).length > 0 && isOpen && may('orders:write'),
    hold: isOpen && may('orders:write') && !order.lines.filter(isGoods).every((l) => l.shipped + l.delivered + l.cancelled >= l.quantity),
    edit: isOpen && canCancelUnits && (may('orders:change') || (inGrace && may('orders:write'))),
    cancel: isOpen && canCancelUnits && may('orders:cancel'),
    tag: may('orders:write'),
    note: may('orders:write'),
    sendToWork: order.state === 'confirmed' && openHolds(order).length === 0 && order.lines.some((l) => l.allocated > 0) && may('fulfilment:manage'),
    prioritise: isOpen && may('orders:write'),
    inGrace,
  };
}
