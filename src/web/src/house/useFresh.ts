import { useCallback, useEffect, useRef, useState } from 'react';
import { useLive, type LoggedEvent } from './live.ts';
import type { List } from './parts/useList.ts';
import { settle, type Settled } from './settle.ts';

const tintedMs = 1300;
/** A burst of events is one look at the list, and a list is looked at once in three seconds at most. */
const leastBetweenMs = 3000;
const none: ReadonlySet<string> = new Set();

interface Kept<T> extends Settled<T> {
  /** What was asked for when these rows were taken. */
  of: string;
  fetchedAt: number;
}

/**
 * A list that lives: what comes waits behind "12 new" and rows never move under the pointer, whether the change was told by
 * the log, found by polling, or came with the window's focus. `list` is to be shown in the place of the one that was given.
 */
export function useFresh<T>(list: List<T>, rowId: (row: T) => string, concerns: (event: LoggedEvent) => boolean) {
  const of = JSON.stringify(list.ask);
  const [kept, setKept] = useState<Kept<T> | null>(null);
  // Whoever comes back to a page, or asks, is shown the next answer as it is.
  const [isWanted, setWanted] = useState(list.rows !== undefined && list.isFetching);
  const [tinted, setTinted] = useState<ReadonlySet<string>>(none);

  let now = kept;
  if (list.rows !== undefined && !list.isOfBefore && (kept === null || kept.of !== of || kept.fetchedAt !== list.fetchedAt)) {
    const isTaken = kept === null || kept.of !== of || isWanted;
    now = { ...(isTaken ? { rows: list.rows, came: [], gone: none } : settle(kept.rows, list.rows, rowId)), of, fetchedAt: list.fetchedAt };
    setKept(now);
    if (isWanted && kept !== null) setWanted(false);
  }

  const refetch = useRef(list.refetch);
  const known = useRef(concerns);
  useEffect(() => {
    refetch.current = list.refetch;
    known.current = concerns;
  });
  const waiting = useRef<ReturnType<typeof setTimeout> | null>(null);
  const last = useRef(0);
  const heard = useRef(false);
  const look = useCallback(function look() {
    // The words by which a list is searched come a moment after what the log told: it is looked at once more.
    waiting.current = heard.current ? setTimeout(look, leastBetweenMs) : null;
    heard.current = false;
    last.current = Date.now();
    refetch.current();
  }, []);
  const hear = useCallback((events: LoggedEvent[]) => {
    if (!events.some((e) => known.current(e))) return;
    heard.current = true;
    waiting.current ??= setTimeout(look, Math.max(0, last.current + leastBetweenMs - Date.now()));
  }, [look]);
  useLive(hear, useCallback(() => refetch.current(), []));
  useEffect(() => () => void (waiting.current && clearTimeout(waiting.current)), []);

  const show = useCallback(() => {
    setTinted(new Set(kept?.came));
    setTimeout(() => setTinted(none), tintedMs);
    setKept(null);
    setWanted(true);
    refetch.current();
  }, [kept]);
  const isOwn = now !== null && now.of === of && list.rows !== undefined && !list.isOfBefore;
  return {
    list: isOwn ? { ...list, rows: now!.rows } : list,
    waiting: isOwn ? now!.came.length : 0,
    gone: isOwn ? now!.gone : none,
    fresh: tinted,
    /** Takes the list as it is now: the person asked, or did something to it. */
    show,
  };
}
