import type { Schema } from '../api/client.ts';
import { forget } from './store.ts';

// Who uses this device, for when it is started without network. Kept only on pages that work without one, and without the token that writing needs:
// nothing can be sent before the server has said again who it is.

type Session = Schema['ReadSessionResponse'];
const name = 'switchyard-offline-session';

/** Pages that work without network. */
export const isOfflinePage = (path: string = location.pathname): boolean => path === '/handheld' || path.startsWith('/handheld/');

export function keepSession(session: Session) {
  if (session.antiforgeryToken === null) return; // it comes from here
  try {
    localStorage.setItem(name, JSON.stringify({ ...session, antiforgeryToken: null }));
  } catch {
    // Then the device cannot be started without network.
  }
}

export function keptSession(merchant: string | null): Session | null {
  try {
    const session = JSON.parse(localStorage.getItem(name) ?? 'null') as Session | null;
    return session && (merchant === null || session.merchant === merchant) ? session : null;
  } catch {
    return null;
  }
}

/** Signing out: nobody's walk, pictures or name stay. */
export async function forgetDevice(): Promise<void> {
  try {
    localStorage.removeItem(name);
  } catch {
    // Nothing was kept.
  }
  await forget().catch(() => undefined);
}
