import { useTexts } from '@house/i18n/useTexts.tsx';
import type { Finding } from './strategy.ts';
import en from './texts.en.ts';

/** What the check found, in the person's language; faults of the grammar of queries stay as the server says them. */
export function useFindingWords(): (finding: Finding) => string {
  const t = useTexts(en);
  return (f) => {
    const values = (f.values ?? {}) as Record<string, string>;
    const key = `finding.${f.code.replace('routing.', '')}${values['about'] ? `.${values['about']}` : ''}`;
    if (!(key in en.words)) return f.detail;
    return t.maybe(key, { ...values, ...(values['what'] && { what: t.maybe(`finding.what.${values['what']}`) }) });
  };
}
