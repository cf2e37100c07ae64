import { useCallback, useSyncExternalStore } from 'react';
import { leastGap, mostGap, usualWedge, type WedgeSettings } from './wedge.ts';

/** What belongs to this device and not to who uses it: how its scanner types, whether it sounds and shakes, and the hand it lies in. */
export interface DeviceSettings extends WedgeSettings {
  sound: boolean;
  vibration: boolean;
  leftHand: boolean;
  gloves: boolean;
}

const usual: DeviceSettings = { ...usualWedge, sound: true, vibration: true, leftHand: false, gloves: false };
const name = 'switchyard-device';
const listeners = new Set<() => void>();
let known: DeviceSettings | null = null;

/** What was kept, with the usual for whatever is missing or makes no sense. */
export function cleaned(stored: unknown): DeviceSettings {
  const given = (stored !== null && typeof stored === 'object' ? stored : {}) as Partial<Record<keyof DeviceSettings, unknown>>;
  const text = (value: unknown) => (typeof value === 'string' ? value.slice(0, 8) : '');
  const flag = (value: unknown, otherwise: boolean) => (typeof value === 'boolean' ? value : otherwise);
  return {
    prefix: text(given.prefix),
    fnc1: text(given.fnc1).slice(0, 4),
    suffix: (['either', 'enter', 'tab', 'none'] as const).find((s) => s === given.suffix) ?? usual.suffix,
    gap: typeof given.gap === 'number' && Number.isFinite(given.gap) ? Math.min(mostGap, Math.max(leastGap, Math.round(given.gap))) : usual.gap,
    sound: flag(given.sound, usual.sound),
    vibration: flag(given.vibration, usual.vibration),
    leftHand: flag(given.leftHand, usual.leftHand),
    gloves: flag(given.gloves, usual.gloves),
  };
}

export function deviceSettings(): DeviceSettings {
  if (known) return known;
  try {
    known = cleaned(JSON.parse(localStorage.getItem(name) ?? '{}'));
  } catch {
    known = usual;
  }
  return known;
}

/** `const [device, setDevice] = useDevice()` */
export function useDevice(): [DeviceSettings, (change: Partial<DeviceSettings>) => void] {
  const settings = useSyncExternalStore((tell) => {
    listeners.add(tell);
    return () => listeners.delete(tell);
  }, deviceSettings);
  const change = useCallback((changed: Partial<DeviceSettings>) => {
    known = cleaned({ ...deviceSettings(), ...changed });
    try {
      localStorage.setItem(name, JSON.stringify(known));
    } catch {
      // It holds until the page is left.
    }
    for (const tell of listeners) tell();
  }, []);
  return [settings, change];
}
