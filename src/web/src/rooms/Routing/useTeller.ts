import { useMemo } from 'react';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { useSession } from '@house/session.tsx';
import type { Teller } from './scenarioWords.ts';
import en from './texts.en.ts';

export function useTeller(): Teller {
  const t = useTexts(en);
  const { money, list } = useFormat();
  const { session } = useSession();
  const currency = session.baseCurrency ?? 'GBP';
  return useMemo(() => ({ t, list, money: (minor: number) => money(minor, currency) }), [t, list, money, currency]);
}
