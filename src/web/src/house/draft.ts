// A form over a version: what both sides did with it.

export const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

const fieldsOf = (...drafts: object[]): string[] => [...new Set(drafts.flatMap((d) => Object.keys(d)))];

/** My changes put over theirs: a field I left alone is as they have it, or as they have not. */
export function merged<T extends object>(start: T, mine: T, theirs: T): T {
  const mineLeft = (key: keyof T) => same(start[key], mine[key]);
  const fields = fieldsOf(start, mine, theirs).map((key) => [key, mineLeft(key as keyof T) ? theirs[key as keyof T] : mine[key as keyof T]] as const);
  return Object.fromEntries(fields.filter(([, value]) => value !== undefined)) as T;
}

/** The fields that they or I changed. */
export const touched = <T extends object>(start: T, mine: T, theirs: T): { field: keyof T; byMe: boolean }[] =>
  (fieldsOf(start, mine, theirs) as (keyof T)[])
    .filter((key) => !same(start[key], mine[key]) || !same(start[key], theirs[key]))
    .map((field) => ({ field, byMe: !same(start[field], mine[field]) }));

/** A value of a form in one line, for the table of a clash. */
export function asText(value: unknown): string {
  if (Array.isArray(value)) return value.map(asText).join(', ') || '–';
  if (typeof value === 'boolean') return value ? '✓' : '–';
  if (typeof value === 'object' && value !== null) return Object.values(value).filter((v) => v !== '' && v !== null).map(asText).join(' ') || '–';
  return value === '' || value === null || value === undefined ? '–' : String(value);
}
