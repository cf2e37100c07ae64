import { useCallback, useSyncExternalStore } from 'react';

// What a person likes, kept in this browser; kept for the person on all machines by whoever sets `save` (see session.tsx).

type Listener = () => void;
const listeners = new Set<Listener>();
const prefix = 'switchyard-';
const remembered = new Map<string, unknown>();

function read<T>(key: string, fallback: T): T {
  if (remembered.has(key)) return remembered.get(key) as T;
  let value = fallback;
  try {
    const text = localStorage.getItem(prefix + key);
    if (text !== null) value = key === 'scheme' ? (text as T) : (JSON.parse(text) as T);
  } catch {
    // No storage, or something else wrote there: the usual holds.
  }
  remembered.set(key, value);
  return value;
}

function write(key: string, value: unknown) {
  remembered.set(key, value);
  try {
    localStorage.setItem(prefix + key, key === 'scheme' ? String(value) : JSON.stringify(value));
  } catch {
    // Kept until the page is left.
  }
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
