import type { Schema } from '../api/client.ts';

export type View = Schema['KeepViewsView'];
export type Count = { count: number; isExact: boolean } | null;

/** A view every shop has, beside those that people keep. */
export interface BuiltInView {
  id: string;
  name: string;
  query: string;
  sort?: string;
  /** The number is for work that waits; of all there ever was it says nothing. */
  hasCount?: boolean;
}

/** A tab: what the address becomes when it is opened. */
export interface Tab extends BuiltInView {
  view: View | null;
  count: Count;
}

type Address = Record<string, string | undefined>;

const columnsOf = (view: View | null): string | undefined => view?.columns.join(',') || undefined;

/** The address of a tab. The first one is the page itself, unless the person has the page open with another. */
export const addressOf = (tab: Tab, isFirst: boolean): Address => ({
  view: isFirst ? undefined : tab.id,
  query: tab.query || undefined,
  sort: tab.sort,
  columns: columnsOf(tab.view),
  after: undefined,
  before: undefined,
});

/** Is what is shown other than what the tab keeps? */
export const isOther = (tab: Tab | null, url: Address): boolean =>
  tab === null ? Boolean(url['query']) : tab.query !== (url['query'] ?? '') || (tab.sort ?? undefined) !== (url['sort'] ?? undefined) || columnsOf(tab.view) !== (url['columns'] || undefined);

/** Tabs as the person has put them; what they have not moved stands in its usual place behind. */
export function inOrder<T extends { id: string }>(tabs: readonly T[], order: readonly string[]): T[] {
  const place = new Map(order.map((id, i) => [id, i]));
  return tabs.map((tab, i) => ({ tab, at: place.get(tab.id) ?? order.length + i })).sort((a, b) => a.at - b.at).map(({ tab }) => tab);
}

/** The order of tabs after one was moved by a place; itself when it stands at that end. */
export function moved(ids: readonly string[], id: string, by: -1 | 1): string[] {
  const from = ids.indexOf(id);
  const to = from + by;
  if (from < 0 || to < 0 || to >= ids.length) return [...ids];
  return ids.toSpliced(from, 1).toSpliced(to, 0, id);
}
