// The query language as a person writes it: enough of it to show conditions as chips and to offer names. The server reads it for good.

export interface Term {
  text: string;
  start: number;
  end: number;
}

/** The top-level conditions; a query with OR or brackets across conditions is one. */
export function termsOf(query: string): Term[] {
  const terms: Term[] = [];
  let depth = 0;
  let isQuoted = false;
  let start = -1;
  for (let i = 0; i <= query.length; i++) {
    const c = query[i];
    if (c === '"') isQuoted = !isQuoted;
    if (!isQuoted && c === '(') depth++;
    if (!isQuoted && c === ')') depth--;
    const isGap = c === undefined || (!isQuoted && depth <= 0 && /\s/.test(c));
    if (!isGap && start < 0) start = i;
    if (isGap && start >= 0) {
      terms.push({ text: query.slice(start, i), start, end: i });
      start = -1;
    }
  }
  if (terms.some((t) => t.text === 'OR')) return [{ text: query.trim(), start: 0, end: query.length }];
  const joined: Term[] = [];
  for (const term of terms) {
    const before = joined.at(-1);
    if (term.text === 'AND') continue;
    if (before && /^NOT$/.test(before.text)) joined[joined.length - 1] = { text: `NOT ${term.text}`, start: before.start, end: term.end };
    else joined.push(term);
  }
  return joined;
}

export const without = (query: string, index: number): string =>
  termsOf(query)
    .filter((_, i) => i !== index)
    .map((t) => t.text)
    .join(' ');

/** Puts a condition in; one on the same field goes. `with('tag:gift', 'status:placed')` */
export function withTerm(query: string, term: string): string {
  const field = /^-?(\w+):/.exec(term)?.[1];
  const kept = termsOf(query).filter((t) => !field || !new RegExp(`^(-|NOT )?${field}:`).test(t.text));
  return [...kept.map((t) => t.text), term].join(' ');
}

/** The word the cursor stands in: what is offered replaces it. */
export function wordAt(text: string, cursor: number): { start: number; field: string | null; typed: string } {
  const start = Math.max(text.lastIndexOf(' ', cursor - 1), text.lastIndexOf('(', cursor - 1)) + 1;
  const word = text.slice(start, cursor).replace(/^-/, '');
  const from = start + (text[start] === '-' ? 1 : 0);
  const colon = word.indexOf(':');
  if (colon < 0) return { start: from, field: null, typed: word };
  const values = word.slice(colon + 1);
  return { start: from + colon + 1, field: word.slice(0, colon), typed: values };
}
