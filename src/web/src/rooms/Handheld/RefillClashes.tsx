import { useTexts } from '@house/i18n/useTexts.tsx';
import { OwnClashes } from './OwnClashes.tsx';
import type { Refills } from './useRefills.ts';
import en from './texts.en.ts';

/** Faces that were filled here and that the house refused. */
export function RefillClashes({ refills }: { refills: Refills }) {
  const t = useTexts(en);
  return <OwnClashes clashes={refills.clashes} t={t} deedOf={({ about }) => t('clashOfRefill', { n: about.units, from: about.from, to: about.to })} settle={refills.settle} />;
}
