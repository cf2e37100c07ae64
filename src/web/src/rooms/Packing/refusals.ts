import { ApiError } from '@house/api/problem.ts';
import type { Say } from '@house/i18n/useTexts.tsx';
import type en from './texts.en.ts';
import type { Texts } from '@house/i18n/texts.ts';

type Key = typeof en extends Texts<infer K> ? K : never;

/** Why a step was refused, in the person's words where there are any: "MUG does not belong to this order." */
export function refusalOf(t: Say<Key>, error: unknown, values: Record<string, string | number> = {}): string {
  if (!(error instanceof ApiError)) return String(error);
  const key = `refused.${error.code}`;
  const said = t.maybe(key, { ...values, expected: Number(error.extra['expectedGrams'] ?? 0), weighed: Number(error.extra['weighedGrams'] ?? 0) });
  return said === (key.split('.').at(-1) ?? key) ? error.message : said;
}
