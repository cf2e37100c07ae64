import { useSyncExternalStore } from 'react';

// One clock for the whole page: everything that shows an age moves together, once in half a minute, and not while hidden.
let now = Date.now();
const listeners = new Set<() => void>();
setInterval(() => {
  if (typeof document !== 'undefined' && document.hidden) return;
  now = Date.now();
  for (const tell of listeners) tell();
}, 30_000);

const subscribe = (tell: () => void) => {
  listeners.add(tell);
  return () => listeners.delete(tell);
};

export const useNow = (): number => useSyncExternalStore(subscribe, () => now);
