import { useCallback, useEffect, useLayoutEffect, useRef } from 'react';
import { restKeys } from '../keys.ts';
import { useDevice } from './device.ts';
import { readScan, type Scan } from './read.ts';
import { Wedge } from './wedge.ts';

type Field = HTMLInputElement | HTMLTextAreaElement;

const fieldOf = (target: EventTarget | null): Field | null =>
  target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && !/^(checkbox|radio|button|submit|range|file)$/.test(target.type)) ? target : null;

/** As if the person had taken it out: React hears of it too. */
function put(field: Field, value: string) {
  const type = field instanceof HTMLTextAreaElement ? HTMLTextAreaElement : HTMLInputElement;
  Object.getOwnPropertyDescriptor(type.prototype, 'value')!.set!.call(field, value);
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

/**
 * Hears a scanner that types (a keyboard wedge), wherever the focus is, and hands over what it said:
 *
 *     const { say } = useScanner((scan) => …);      // scan.command, scan.barcode, scan.gs1, scan.fault
 *
 * Ordinary typing is never swallowed: characters arrive where they were typed, and only once the whole of a code was seen is it taken out of the field again.
 * A field with `data-scan="off"` keeps its scans. Single keys rest meanwhile. `say` is for the camera, and for what is typed by hand.
 */
export function useScanner(onScan: (scan: Scan) => void, { isOn = true }: { isOn?: boolean } = {}) {
  const [{ prefix, suffix, gap, fnc1 }] = useDevice();
  const tell = useRef(onScan);
  // With what is on the screen, not after it: a code scanned the moment a step is seen is meant for that step.
  useLayoutEffect(() => {
    tell.current = onScan;
  });
  const say = useCallback((text: string, by: Scan['by'] = 'typed') => {
    if (text.trim() !== '') tell.current(readScan(text, by));
  }, []);

  useEffect(() => {
    if (!isOn) return;
    const wedge = new Wedge({ prefix, suffix, gap, fnc1 });
    let before: { field: Field; value: string } | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isUnnamed = false;
    const hand = (code: string) => {
      if (before) put(before.field, before.value);
      before = null;
      tell.current(readScan(code, 'wedge'));
    };
    const hear = (key: string, at: number, ctrl: boolean, field: Field | null, event?: Event) => {
      const wasBurst = wedge.isBurst;
      const code = wedge.press({ key, at, ctrl, isField: field !== null });
      if (wedge.isFirst) before = field ? { field, value: field.value } : null;
      clearTimeout(timer);
      if (code !== null) {
        event?.preventDefault();
        event?.stopImmediatePropagation();
        hand(code);
      } else if (suffix === 'none' && wedge.isBurst)
        timer = setTimeout(() => {
          const rest = wedge.rest(field !== null);
          if (rest !== null) hand(rest);
        }, gap * 2);
      // A blank within a code presses no button, and the sign for FNC1 does not go back in the browser.
      else if (wasBurst && field === null && (key === ' ' || ctrl)) event?.preventDefault();
    };
    const press = (event: KeyboardEvent) => {
      const field = fieldOf(event.target);
      if (event.isComposing || field?.dataset['scan'] === 'off') return;
      // Some handhelds do not name the keys of their scanner; what they say is heard as it arrives in the field.
      isUnnamed = event.key === 'Unidentified' || event.key === 'Process';
      if (!isUnnamed && !event.metaKey && !(event.altKey && !event.getModifierState('AltGraph'))) hear(event.key, event.timeStamp, event.ctrlKey && !event.getModifierState('AltGraph'), field, event);
    };
    const insert = (event: InputEvent) => {
      const field = fieldOf(event.target);
      if (!field || field.dataset['scan'] === 'off' || event.isComposing || event.data === null) return;
      if (isUnnamed || event.data.length > 1) for (const char of event.data) hear(char, event.timeStamp, false, field);
    };
    addEventListener('keydown', press, true);
    addEventListener('beforeinput', insert, true);
    const wake = restKeys();
    return () => {
      clearTimeout(timer);
      removeEventListener('keydown', press, true);
      removeEventListener('beforeinput', insert, true);
      wake();
    };
  }, [isOn, prefix, suffix, gap, fnc1]);
  return { say };
}
