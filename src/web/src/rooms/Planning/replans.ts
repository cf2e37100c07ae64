import type { Schema } from '@house/api/client.ts';

export type Run = Schema['RunReplanRun'];
export type Move = Schema['RunReplanMove'];
export type Place = Schema['ReplanPlace'];

/** Amounts are left out for whoever may not see prices. */
export const hasSavings = (r: Run): boolean => typeof (r.savedMinor as number | undefined) === 'number';

/** 2 × BHM, 1 × GLA: units by node. */
export function unitsByNode(places: readonly Place[]): { node: string; units: number; services: string[] }[] {
  const found = new Map<string, { node: string; units: number; services: string[] }>();
  for (const p of places) {
    const at = found.get(p.node) ?? { node: p.node, units: 0, services: [] };
    at.units += p.quantity;
    if (p.service && !at.services.includes(p.service)) at.services.push(p.service);
    found.set(p.node, at);
  }
  return [...found.values()];
}
