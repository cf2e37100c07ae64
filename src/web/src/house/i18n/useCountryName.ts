import { useMemo } from 'react';
import { useSpeech } from './useTexts.tsx';

/** The name of a country in the person's language: GB is the United Kingdom. What is no code stays as it was written. */
export function useCountryName(): (code: string) => string {
  const { locale } = useSpeech();
  return useMemo(() => {
    const names = new Intl.DisplayNames(locale, { type: 'region', fallback: 'code' });
    return (code) => (/^[A-Za-z]{2}$/.test(code) ? (names.of(code.toUpperCase()) ?? code) : code);
  }, [locale]);
}
