import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { useUrlState } from '../useUrlState.ts';

/** One page of a list as the API gives it. */
export interface PageOf<T> {
  data: T[];
  next: string | null;
  hasMore: boolean;
  previous?: string | null;
  count?: { count: number; isExact: boolean } | null;
  behind?: number | null;
}

/** What a page is asked for by: hand it to `params.query`, adding what the list has of its own. */
export interface Ask {
  query: string | undefined;
  sort: string | undefined;
  limit: number;
  after: string | undefined;
  before: string | undefined;
}

export interface List<T> {
  rows: T[] | undefined;
  page: PageOf<T> | undefined;
  error: unknown;
  isFetching: boolean;
  /** These rows are of what was asked for before; the answer has not come yet. */
  isOfBefore: boolean;
  refetch: () => void;
  query: string;
  setQuery: (query: string) => void;
  sort: string | undefined;
  setSort: (sort: string) => void;
  /** Functions only where there is such a page. */
  older: (() => void) | null;
  newer: (() => void) | null;
  fetchedAt: number;
  ask: Ask;
  /** How many another query would find. */
  countOf: (query: string, signal: AbortSignal) => Promise<{ count: number; isExact: boolean } | null>;
}

interface Options<T> {
  /** Of the cache: `['orders']`. What else changes the answer belongs in it too. */
  key: readonly unknown[];
  fetch: (ask: Ask, signal: AbortSignal) => Promise<PageOf<T>>;
  sort?: string;
  limit?: number;
  /** For a list within a page, which must not use the address. */
  isOn?: boolean;
}

/** A list by cursor whose query, sort and place are in the address, so that a link shows the same and Back comes back. */
export function useList<T>({ key, fetch, sort: usual, limit = 50, isOn = true }: Options<T>): List<T> {
  const [url, setUrl] = useUrlState();
  const { query, sort = usual, after, before } = url;
  const ask = useMemo<Ask>(() => ({ query: query || undefined, sort, limit, after, before }), [query, sort, limit, after, before]);
  const found = useQuery({
    queryKey: [...key, 'list', ask],
    queryFn: ({ signal }) => fetch(ask, signal),
    placeholderData: keepPreviousData,
    enabled: isOn,
  });
  const page = found.data;
  const setQuery = useCallback((next: string) => setUrl({ query: next || undefined, after: undefined, before: undefined }, true), [setUrl]);
  const setSort = useCallback((next: string) => setUrl({ sort: next === usual ? undefined : next, after: undefined, before: undefined }, true), [setUrl, usual]);
  const isFirst = !after && !before;
  return {
    rows: found.error ? undefined : page?.data,
    page,
    error: found.error,
    isFetching: found.isFetching,
    isOfBefore: found.isPlaceholderData,
    refetch: () => void found.refetch(),
    query: query ?? '',
    setQuery,
    sort,
    setSort,
    older: page?.next ? () => setUrl({ after: page.next!, before: undefined }, true) : null,
    newer: isFirst ? null : page?.previous ? () => setUrl({ before: page.previous!, after: undefined }, true) : () => setUrl({ after: undefined, before: undefined }, true),
    fetchedAt: found.dataUpdatedAt,
    ask,
    countOf: async (other, signal) => (await fetch({ query: other || undefined, sort: undefined, limit: 1, after: undefined, before: undefined }, signal)).count ?? null,
  };
}
