import type { Selection } from '@house/parts/useSelection.ts';
import { isGoods, type Line, type Order } from './orders.ts';

/** An address has room for so many ids; more are printed by what finds them. */
export const mostById = 100;
/** What one page of a list can hold: more sheets at once are a job for nobody's printer. */
export const mostByQuery = 250;

/** What the page that prints is asked for: what is chosen. */
export const printSearch = (selection: Selection, query: string): { query: string } | { ids: string } =>
  selection.isAll || selection.count > mostById ? { query } : { ids: [...selection.ids].join(',') };

/** Units that are still to be sent of a line. */
export const toSend = (line: Line): number => line.quantity - line.cancelled - line.shipped - line.delivered - line.lost - line.sentBack;

export interface Pick {
  sku: string;
  name: string | null;
  units: number;
  /** Which orders they are for. */
  of: { number: string; units: number }[];
}

/** What is to be fetched at each node, SKU by SKU, as far as it is allocated there. */
export function picksOf(orders: readonly Order[]): { node: string; picks: Pick[] }[] {
  const nodes = new Map<string, Map<string, Pick>>();
  for (const order of orders)
    for (const line of order.lines.filter(isGoods))
      for (const { node, quantity } of line.allocations) {
        if (quantity <= 0) continue;
        const picks = nodes.get(node) ?? new Map<string, Pick>();
        const pick = picks.get(line.sku) ?? { sku: line.sku, name: line.name, units: 0, of: [] };
        pick.units += quantity;
        const own = pick.of.find((o) => o.number === order.number);
        if (own) own.units += quantity;
        else pick.of.push({ number: order.number, units: quantity });
        nodes.set(node, picks.set(line.sku, pick));
      }
  return [...nodes]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([node, picks]) => ({ node, picks: [...picks.values()].sort((a, b) => a.sku.localeCompare(b.sku)) }));
}
