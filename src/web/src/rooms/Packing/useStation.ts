import { usePreference } from '@house/preferences.ts';

/** Which packing station this browser stands at: its printers are used. */
export const useStation = () => usePreference<string | null>('packingStation', null);
