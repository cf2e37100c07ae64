import { stages, type Buckets } from '@house/parts/buckets.ts';
import type { Schema } from '@house/api/client.ts';
import { isGoods, type Line, type Order } from './orders.ts';

export type Fulfilment = Schema['FulfilmentView'];

/** Lines, or parts of lines, that share a fate. */
export interface Group {
  key: string;
  kind: 'fulfilment' | 'node' | 'waiting' | 'gone' | 'cancelled';
  fulfilment?: Fulfilment;
  node?: string;
  lines: { line: Line; quantity: number; buckets: Buckets }[];
}

const sum = (b: Buckets) => stages.reduce((n, stage) => n + (b[stage] ?? 0), 0);

/** The order's units by who has them: releases to nodes, what a node has yet to be given, what waits, what has gone, what was cancelled. */
export function groupsOf(order: Order): Group[] {
  const lines = order.lines.filter(isGoods);
  // What is left of each line's buckets while groups take their part.
  const left = new Map(lines.map((l) => [l.line, Object.fromEntries(stages.map((stage) => [stage, l[stage] ?? 0])) as Required<Buckets>]));
  for (const l of left.values()) l.delivered = Math.max(0, l.delivered - l.returned);
  const take = (line: number, stage: keyof Buckets, n: number) => {
    const of = left.get(line);
    if (!of) return 0;
    const taken = Math.min(of[stage], n);
    of[stage] -= taken;
    return taken;
  };
  const groups: Group[] = [];
  const add = (group: Group) => group.lines.length > 0 && groups.push(group);

  for (const f of order.fulfilments ?? []) {
    const parts = f.lines.flatMap((part) => {
      const line = lines.find((l) => l.line === part.line);
      if (!line) return [];
      const buckets: Buckets = { released: take(part.line, 'released', part.open), picked: take(part.line, 'picked', part.picked), packed: take(part.line, 'packed', part.packed) };
      let shipped = part.shipped;
      for (const stage of ['returned', 'sentBack', 'lost', 'delivered', 'shipped'] as const) shipped -= buckets[stage] = take(part.line, stage, shipped);
      return [{ line, quantity: part.quantity - part.cancelled - part.rejected - part.short, buckets }];
    });
    add({ key: f.id, kind: 'fulfilment', fulfilment: f, node: f.node, lines: parts.filter((p) => sum(p.buckets) > 0) });
  }
  for (const node of new Set(lines.flatMap((l) => l.allocations.map((a) => a.node)))) {
    const parts = lines.flatMap((line) => {
      const here = line.allocations.filter((a) => a.node === node).reduce((n, a) => n + a.quantity, 0);
      const begun = groups.filter((g) => g.node === node).flatMap((g) => g.lines).filter((p) => p.line.line === line.line).reduce((n, p) => n + sum(p.buckets), 0);
      const allocated = take(line.line, 'allocated', Math.max(0, here - begun));
      return allocated > 0 ? [{ line, quantity: allocated, buckets: { allocated } }] : [];
    });
    add({ key: `node:${node}`, kind: 'node', node, lines: parts });
  }
  const rest = (kind: Group['kind'], of: readonly (keyof Buckets)[]) =>
    add({
      key: kind,
      kind,
      lines: lines.flatMap((line) => {
        const buckets = Object.fromEntries(of.map((stage) => [stage, take(line.line, stage, Infinity)])) as Buckets;
        return sum(buckets) > 0 ? [{ line, quantity: sum(buckets), buckets }] : [];
      }),
    });
  rest('waiting', ['unallocated', 'backordered', 'preordered', 'allocated']);
  rest('gone', ['released', 'picked', 'packed', 'shipped', 'delivered', 'lost', 'sentBack', 'returned']);
  rest('cancelled', ['cancelled']);
  return groups;
}
