import { useCallback } from 'react';
import type { Schema } from '../api/client.ts';
import { useCountryName } from '../i18n/useCountryName.ts';
import { useFormat } from '../i18n/useFormat.ts';
import { useTexts } from '../i18n/useTexts.tsx';
import en from './texts.en.ts';

type Sayings = readonly Schema['Saying'][] | null | undefined;

/** What the house says of its own accord, in the person's language: `said(hold.says, hold.reason)`. Where a code is not known here, its own words. */
export function useSaid(): (says: Sayings, words: string) => string {
  const t = useTexts(en);
  const { money } = useFormat();
  const countryName = useCountryName();
  return useCallback(
    (says, words) => {
      if (!says || says.length === 0 || says.some((s) => !(`say.${s.code}` in en.words))) return words;
      return says
        .map(({ code, values }) => {
          const told: Record<string, string> = { ...values };
          // Whoever sees no prices is told the sentence without the amount.
          if (values['currency']) told['amount'] = values['amountMinor'] ? money(Number(values['amountMinor']), values['currency']) : '–';
          if (code === 'holdOverdue' && values['kind']) told['kind'] = t.maybe(`hold.${values['kind']}`);
          if (code === 'postcodeWrong' && values['country']) told['country'] = countryName(values['country']);
          return t.maybe(`say.${code}`, told);
        })
        .join(' ');
    },
    [t, money, countryName],
  );
}
