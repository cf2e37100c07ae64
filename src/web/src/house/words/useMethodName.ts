import { useCallback } from 'react';
import { useTexts } from '../i18n/useTexts.tsx';
import en from './texts.en.ts';

/** A delivery method in words; one that the shop has named itself stays as it is. */
export function useMethodName(): (method: string) => string {
  const t = useTexts(en);
  return useCallback((method) => (`method.${method}` in en.words ? t.maybe(`method.${method}`) : method), [t]);
}
