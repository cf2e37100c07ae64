import { useEffect, useRef } from 'react';
import { usePreference } from './preferences.ts';

let resting = 0;

/** Single keys rest, until what is answered is called: a scanner types letters too. */
export function restKeys(): () => void {
  resting++;
  let isOver = false;
  return () => {
    if (!isOver) resting--;
    isOver = true;
  };
}

/** Does the key belong to what the person writes in, or to a dialog or menu that is open? */
function isTaken(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.getModifierState('AltGraph')) return true;
  const target = event.target as HTMLElement | null;
  if (!target) return false;
  if (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) return !(target instanceof HTMLInputElement && target.type === 'checkbox');
  return target.closest('[role="dialog"], [role="menu"], [role="listbox"]') !== null;
}

/**
 * Single keys, such as `{ j: next, '?': sheet, 'g o': orders }`. They rest while somebody types and can be turned off for good.
 * A handler that returns false lets the key go on to whoever else wants it.
 */
export function useKeys(handlers: Record<string, (event: KeyboardEvent) => unknown>, isOn = true) {
  const [allowed] = usePreference('singleKeys', true);
  const now = useRef(handlers);
  useEffect(() => {
    now.current = handlers;
  });
  useEffect(() => {
    if (!allowed || !isOn) return;
    let lead = '';
    let since = 0;
    const press = (event: KeyboardEvent) => {
      if (resting > 0 || isTaken(event)) return;
      const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
      const chord = lead && Date.now() - since < 1200 ? `${lead} ${key}` : key;
      lead = '';
      const handler = now.current[chord] ?? now.current[key];
      if (handler) {
        if (handler(event) !== false) event.preventDefault();
      } else if (Object.keys(now.current).some((k) => k.startsWith(`${key} `))) {
        lead = key;
        since = Date.now();
      }
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [allowed, isOn]);
}
