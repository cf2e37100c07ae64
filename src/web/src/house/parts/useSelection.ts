import { useCallback, useMemo, useState } from 'react';

/** Which rows are chosen: some by id, or all that match the query. */
export interface Selection {
  ids: ReadonlySet<string>;
  isAll: boolean;
  count: number;
  has: (id: string) => boolean;
  toggle: (id: string) => void;
  /** From the row that was toggled last to this one. */
  extend: (id: string, order: readonly string[]) => void;
  setPage: (ids: readonly string[], on: boolean) => void;
  selectAll: () => void;
  clear: () => void;
}

interface State {
  ids: ReadonlySet<string>;
  isAll: boolean;
  last: string | null;
  of: string;
}

const none = (of: string): State => ({ ids: new Set(), isAll: false, last: null, of });

/** @param of What the list is asked by: another query lets the selection go, so that nothing unseen is acted on. */
export function useSelection(of: string): Selection {
  const [kept, setState] = useState<State>(() => none(of));
  const state = kept.of === of ? kept : none(of);
  const change = useCallback((next: (now: State) => Partial<State>) => setState((now) => ({ ...(now.of === of ? now : none(of)), ...next(now.of === of ? now : none(of)) })), [of]);
  return useMemo(
    () => ({
      ids: state.ids,
      isAll: state.isAll,
      count: state.ids.size,
      has: (id) => state.isAll || state.ids.has(id),
      toggle: (id) =>
        change((now) => {
          const ids = new Set(now.ids);
          if (!ids.delete(id)) ids.add(id);
          return { ids, isAll: false, last: id };
        }),
      extend: (id, order) =>
        change((now) => {
          const [a, b] = [order.indexOf(now.last ?? id), order.indexOf(id)].sort((x, y) => x - y);
          return { ids: new Set([...now.ids, ...order.slice(Math.max(0, a!), b! + 1)]), isAll: false };
        }),
      setPage: (page, on) => change(() => ({ ids: new Set(on ? page : []), isAll: false })),
      selectAll: () => change(() => ({ isAll: true })),
      clear: () => setState(none(of)),
    }),
    [state, change, of],
  );
}
