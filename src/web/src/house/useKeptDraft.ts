import { useCallback, useState } from 'react';
import { useSession } from './session.tsx';

/** What was filled in and not saved, with what it began from, so that a clash is found however late it is saved. */
interface Kept<T> {
  start: T;
  draft: T;
  version: number | null;
  at: number;
}

export interface KeptDraft<T> extends Kept<T> {
  isChanged: boolean;
  /** Was it found here from an earlier visit? */
  wasKept: boolean;
  set: (change: Partial<T>) => void;
  /** Begins anew, from what is stored now: after a save, or on top of somebody else's. */
  begin: (start: T, version: number | null, draft?: T) => void;
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/** Going elsewhere and coming back, or loading the page anew, loses nothing: unsaved changes are kept in this tab, for this person. */
export function useKeptDraft<T extends object>(key: string, start: T, version: number | null, draft: T = start): KeptDraft<T> {
  const place = usePlace(key);
  const [found] = useState(() => read<T>(place));
  const [now, setNow] = useState<Kept<T>>(() => found ?? { start, draft, version, at: 0 });
  const put = useCallback(
    (next: Kept<T>) => {
      if (same(next.start, next.draft)) drop(place);
      else write(place, next);
      return next;
    },
    [place],
  );
  return {
    ...now,
    isChanged: !same(now.start, now.draft),
    wasKept: found !== null,
    set: useCallback((change: Partial<T>) => setNow((was) => put({ ...was, draft: { ...was.draft, ...change }, at: Date.now() })), [put]),
    begin: useCallback((begun: T, its: number | null, wish: T = begun) => setNow(put({ start: begun, draft: wish, version: its, at: Date.now() })), [put]),
  };
}

/** Tells a page that changes of it wait: when they were made, and how to let go of them. */
export function useKept(key: string): { at: number; drop: () => void } | null {
  const place = usePlace(key);
  const [at, setAt] = useState(() => read(place)?.at ?? null);
  const letGo = useCallback(() => {
    drop(place);
    setAt(null);
  }, [place]);
  return at === null ? null : { at, drop: letGo };
}

function usePlace(key: string) {
  const { session } = useSession();
  return `switchyard-draft/${session.actor}/${session.merchant ?? ''}/${key}`;
}

function read<T>(place: string): Kept<T> | null {
  try {
    const text = sessionStorage.getItem(place);
    return text === null ? null : (JSON.parse(text) as Kept<T>);
  } catch {
    return null; // no storage, or something else wrote there
  }
}

function write(place: string, kept: unknown) {
  try {
    sessionStorage.setItem(place, JSON.stringify(kept));
  } catch {
    // Kept until the page is left.
  }
}

function drop(place: string) {
  try {
    sessionStorage.removeItem(place);
  } catch {
    // There is none.
  }
}
