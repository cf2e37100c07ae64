import { useCallback, useRef, useState } from 'react';
import { keep, kept } from './store.ts';

/**
 * A value of somebody's that outlives a reload: kept before it is shown. `read` is what is on the device; `show` shows what was read; `note` makes it the newest before it
 * is kept and shown; `now` is the newest, also between two renders.
 */
export function useKept<T>(name: string, owner: string, empty: T) {
  const [value, setValue] = useState<T>(empty);
  const newest = useRef<T>(empty);
  const key = `${name}:${owner}`;
  const show = useCallback((next: T) => {
    newest.current = next;
    setValue(next);
  }, []);
  const note = useCallback((next: T) => {
    newest.current = next;
  }, []);
  const put = useCallback(
    async (next: T) => {
      show(next);
      await keep(key, next);
    },
    [show, key],
  );
  const read = useCallback(() => kept<T>(key), [key]);
  const now = useCallback(() => newest.current, []);
  return { value, put, read, show, note, now };
}
