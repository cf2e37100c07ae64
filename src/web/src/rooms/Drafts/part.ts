import type { Draft, Form, Preview } from './draft.ts';

/** What each part of the page is given. */
export interface Part {
  form: Form;
  change: (next: (now: Form) => Form) => void;
  view: Draft | null;
  preview: Preview | null;
  /** By place: `shippingAddress.postcode`, `lines.KEY.sku`. */
  faults: Record<string, string>;
  /** The lines as the server has them, by their keys. */
  keys: string[];
}
