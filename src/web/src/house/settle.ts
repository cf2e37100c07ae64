/** Rows as they are shown: each in its place, however the list has changed since. */
export interface Settled<T> {
  rows: T[];
  /** New ones that wait to be shown: they stand before a row that is shown, or nothing is shown. */
  came: string[];
  /** Shown, but no longer in the list. */
  gone: ReadonlySet<string>;
}

/**
 * The list as it is now, in the places of what is shown: facts are new, places are not. What came in at the end, because
 * something before it left, is not told as new; what fell off the end, because something came before it, is not told as gone.
 */
export function settle<T>(shown: readonly T[], now: readonly T[], idOf: (row: T) => string): Settled<T> {
  const byId = new Map(now.map((row) => [idOf(row), row]));
  const before = new Set(shown.map(idOf));
  const last = now.findLastIndex((row) => before.has(idOf(row)));
  const came = now.filter((row, i) => !before.has(idOf(row)) && (last < 0 || i < last)).map(idOf);
  const missing = shown.map(idOf).filter((id) => !byId.has(id));
  // As many as came may have been pushed over the end; the last ones of what is shown are those.
  const pushed = came.length === 0 ? [] : missing.slice(-came.length);
  return { rows: shown.map((row) => byId.get(idOf(row)) ?? row), came, gone: new Set(missing.filter((id) => !pushed.includes(id))) };
}
