import type { Schema } from '@house/api/client.ts';

export type Entry = Schema['ReadTimelineEntry'];

export const subjects = ['notes', 'holds', 'changes', 'money', 'work'] as const;
export type Subject = (typeof subjects)[number];

/** What an entry is about, for the filter; null for what belongs to none. */
export function subjectOf(kind: string): Subject | null {
  if (kind.startsWith('OrderNote') || kind === 'OrderContacted') return 'notes';
  if (/Hold|Held/.test(kind)) return 'holds';
  if (/^(Payment|Refund|Credit)|TotalChanged/.test(kind)) return 'money';
  if (/^(Fulfilment|Package|Shipment|Goods|Return)/.test(kind)) return 'work';
  if (/^Order(Edited|EditAsked|UnitsCancelled|Cancelled|CancelAsked|Tagged|Assigned|PriorityChanged|PromiseChanged|Replanned|Reinstated|Expired)|^Cancel/.test(kind)) return 'changes';
  return null;
}

/** Steps the house takes by itself and that nobody looks for. */
const routine = new Set(['OrderConfirmed', 'OrderTotalChanged', 'OrderReplanned', 'OrderPromiseChanged', 'FulfilmentOffered', 'FulfilmentAccepted', 'FulfilmentReleased', 'FulfilmentScheduled']);

/** Runs of two or more routine entries become one that can be opened. */
export function foldRoutine(entries: readonly Entry[], unfolded: ReadonlySet<number>, isOn: boolean): (Entry | Entry[])[] {
  const rows: (Entry | Entry[])[] = [];
  for (const entry of entries) {
    const last = rows.at(-1);
    if (!isOn || !routine.has(entry.kind) || entry.reason !== null || unfolded.has(entry.seq)) rows.push(entry);
    else if (Array.isArray(last)) last.push(entry);
    else rows.push([entry]);
  }
  return rows.map((row) => (Array.isArray(row) && row.length === 1 ? row[0]! : row));
}

export interface Change {
  what: string;
  about?: string;
  before?: unknown;
  after?: unknown;
  how: 'money' | 'instant' | 'plain' | 'none';
}

/** Every pair of x and xBefore in a payload, also in its lines, with how to write it. */
export function changesOf(payload: Record<string, unknown>): Change[] {
  const pairs = (of: Record<string, unknown>, about?: string): Change[] =>
    Object.keys(of)
      .filter((key) => key.endsWith('Before'))
      .map((key) => key.slice(0, -'Before'.length))
      .filter((key) => of[key] !== of[`${key}Before`])
      .map((key) => ({
        what: key.replace(/(Minor|Ms)$/, ''),
        ...(about === undefined ? {} : { about }),
        before: of[`${key}Before`],
        after: of[key],
        how: key.endsWith('Minor') ? 'money' : key.endsWith('Ms') ? 'instant' : 'plain',
      }));
  const lines = Array.isArray(payload['lines']) ? (payload['lines'] as Record<string, unknown>[]) : [];
  const fields = Array.isArray(payload['fields']) ? (payload['fields'] as string[]) : [];
  return [
    ...fields.map((what): Change => ({ what, how: 'none' })),
    ...lines.flatMap((line) => pairs(line, String(line['sku'] ?? line['line'] ?? ''))),
    ...pairs(payload),
  ];
}
