import { useCallback, useEffect, useRef, useState } from 'react';
import { useLive, type LoggedEvent } from './live.ts';
import type { List } from './parts/useList.ts';

/**
 * What came to a list since it was fetched. Rows never move under the pointer: they wait behind "12 new" until the person
 * asks, and are tinted when they appear. `changed` tells which rows' own facts changed.
 */
export function useFresh<T>(list: List<T>, rowId: (row: T) => string, isNew: (event: LoggedEvent) => boolean) {
  const [waiting, setWaiting] = useState<ReadonlySet<string>>(new Set());
  const [fresh, setFresh] = useState<ReadonlySet<string>>(new Set());
  const refetch = useRef(list.refetch);
  useEffect(() => {
    refetch.current = list.refetch;
  });
  const known = useRef(isNew);
  useEffect(() => {
    known.current = isNew;
  });

  const shownIds = useRef(new Set<string>());
  useEffect(() => {
    const ids = new Set((list.rows ?? []).map(rowId));
    const before = shownIds.current;
    shownIds.current = ids;
    setWaiting((now) => {
      const came = [...ids].filter((id) => now.has(id) && !before.has(id));
      if (came.length > 0) {
        setFresh(new Set(came));
        setTimeout(() => setFresh(new Set()), 1300);
      }
      return new Set();
    });
  }, [list.fetchedAt]); // eslint-disable-line react-hooks/exhaustive-deps -- at each fetch, not at each drawing

  const changing = useRef<ReturnType<typeof setTimeout> | null>(null);
  const hear = useCallback((events: LoggedEvent[]) => {
    const came = events.filter((e) => known.current(e)).map((e) => e.aggregateId);
    if (came.length > 0) setWaiting((now) => new Set([...now, ...came]));
    // Rows that are shown and changed are read anew in their places, at most once in three seconds.
    if (events.some((e) => shownIds.current.has(e.aggregateId)) && changing.current === null && came.length === 0)
      changing.current = setTimeout(() => {
        changing.current = null;
        refetch.current();
      }, 3000);
  }, []);
  useLive(hear, useCallback(() => refetch.current(), []));
  useEffect(() => () => void (changing.current && clearTimeout(changing.current)), []);
  return { waiting: waiting.size, fresh, show: list.refetch };
}
