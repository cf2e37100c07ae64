import { useCallback, useSyncExternalStore } from 'react';

// What a person likes: kept in this browser, so that it holds before anything is asked, and with the person on the server.

type Listener = () => void;
const listeners = new Set<Listener>();
const prefix = 'switchyard-';
const remembered = new Map<string, unknown>();

function read<T>(key: string, fallback: T): T {
  if (remembered.has(key)) return remembered.get(key) as T;
  let value = fallback;
  try {
    const text = localStorage.getItem(prefix + key);
    if (text !== null) value = JSON.parse(text) as T;
  } catch {
    // No storage, or something else wrote there: the usual holds.
  }
  remembered.set(key, value);
  return value;
}

function write(key: string, value: unknown) {
  store(key, value);
  for (const tell of listeners) tell();
  if (!ofThisBrowser.has(key)) {
    waiting.set(key, value);
    timer ??= setTimeout(flush, 800);
  }
}

function store(key: string, value: unknown) {
  remembered.set(key, value);
  try {
    localStorage.setItem(prefix + key, JSON.stringify(value));
  } catch {
    // Kept until the page is left.
  }
}

/** Which shop one looked at last, and at which packing station it stands, is a matter of this browser. */
const ofThisBrowser = new Set(['merchant', 'packingStation']);
const waiting = new Map<string, unknown>();
let timer: ReturnType<typeof setTimeout> | undefined;
let keep: ((changed: Record<string, unknown>) => void) | null = null;

function flush() {
  timer = undefined;
  if (keep) keep(Object.fromEntries(waiting));
  waiting.clear();
}

/** What the person likes elsewhere holds here too; what they change here is kept by `save` from now on. */
export function adopt(preferences: Record<string, unknown>, save: (changed: Record<string, unknown>) => void) {
  keep = save;
  for (const [key, value] of Object.entries(preferences)) if (!ofThisBrowser.has(key) && !waiting.has(key)) store(key, value);
  for (const tell of listeners) tell();
}

/** `const [density, setDensity] = usePreference('density', 'usual')` */
export function usePreference<T>(key: string, fallback: T): [T, (value: T) => void] {
  const value = useSyncExternalStore(
    (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    () => read(key, fallback),
  );
  return [value, useCallback((next: T) => write(key, next), [key])];
}
