/** What can become of a unit, the furthest first: the order in which a Track is drawn. */
export const stages = [
  'returned', 'sentBack', 'lost', 'delivered', 'shipped', 'packed', 'picked', 'released', 'allocated', 'backordered', 'preordered', 'unallocated', 'cancelled',
] as const;
export type Stage = (typeof stages)[number];
export type Buckets = Partial<Record<Stage, number>>;

/** The buckets of several lines in one; charges and bundles have no units of their own. */
export function sumBuckets(lines: readonly (Buckets & { kind?: string })[]): Buckets {
  const sum: Buckets = {};
  for (const line of lines) {
    if (line.kind === 'charge' || line.kind === 'bundle') continue;
    for (const stage of stages) if (line[stage]) sum[stage] = (sum[stage] ?? 0) + line[stage];
    // What came back is among the delivered; it is drawn once.
    if (line.returned) sum.delivered = Math.max(0, (sum.delivered ?? 0) - line.returned);
  }
  return sum;
}

/** Units that are out of the house, and all that are still wanted: "3/7". */
export function progress(buckets: Buckets): { gone: number; wanted: number } {
  const gone = (buckets.shipped ?? 0) + (buckets.delivered ?? 0) + (buckets.returned ?? 0) + (buckets.sentBack ?? 0) + (buckets.lost ?? 0);
  const all = stages.reduce((sum, stage) => sum + (buckets[stage] ?? 0), 0);
  return { gone, wanted: all - (buckets.cancelled ?? 0) };
}
