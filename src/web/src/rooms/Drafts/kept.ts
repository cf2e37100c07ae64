import type { Form, Payment } from './draft.ts';

/** What the server has not got yet, kept in this window: what was typed just now, and how it will be paid. */
export interface Kept {
  form: Form | null;
  payment: Payment;
  /** The version it was typed over; 0 for what was never saved. */
  version: number;
}

const nameOf = (id: string | null) => `switchyard-draft:${id ?? 'new'}`;

export function keep(id: string | null, kept: Kept | null) {
  try {
    if (kept) sessionStorage.setItem(nameOf(id), JSON.stringify(kept));
    else sessionStorage.removeItem(nameOf(id));
  } catch {
    // No storage: the server's copy has to do.
  }
}

/** What was left when the page was loaded anew. What somebody else has saved since stands above it. */
export function left(id: string | null, version: number): Kept | null {
  try {
    const kept = JSON.parse(sessionStorage.getItem(nameOf(id)) ?? 'null') as Kept | null;
    if (!kept) return null;
    return kept.version === version ? kept : { ...kept, form: null };
  } catch {
    return null;
  }
}
