import { freeUnits, isGoods, type Line, type Order } from '@rooms/Orders/orders.ts';

const componentsOf = (order: Order, line: Line) => order.lines.filter((l) => l.kind === 'component' && l.parentLine === line.line);

/** Whole units of what was ordered that may go elsewhere: of a bundle as many as all its parts allow. */
export function freeOf(order: Order, line: Line): number {
  if (line.kind === 'goods') return freeUnits(line);
  if (line.kind !== 'bundle') return 0;
  const whole = line.quantity - line.cancelled;
  const parts = componentsOf(order, line);
  if (whole === 0 || parts.length === 0) return 0;
  return Math.min(...parts.map((p) => Math.floor((freeUnits(p) * whole) / Math.max(1, p.quantity - p.cancelled))));
}

/** Units that have left: what may be sent again. */
export const goneOf = (line: Line): number => (isGoods(line) ? line.shipped + line.delivered + line.lost : 0);

/** What one may do with an order besides changing it, by its state and one's rights. */
export function belongingActions(order: Order, may: (permission: `${string}:${string}`) => boolean) {
  const isOpen = order.state === 'placed' || order.state === 'confirmed';
  const lines = order.lines.filter((l) => l.kind === 'goods' || l.kind === 'bundle');
  const left = lines.reduce((n, l) => n + l.quantity - l.cancelled, 0);
  return {
    split: isOpen && left > 1 && may('orders:change') && lines.some((l) => freeOf(order, l) > 0),
    replace: may('orders:replace') && order.lines.some((l) => goneOf(l) > 0),
    reorder: may('orders:write') && lines.length > 0,
    link: may('orders:write'),
  };
}
