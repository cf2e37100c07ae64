import { useEffect, useMemo, useState, type ReactNode } from 'react';
import { usePreference } from '../preferences.ts';
import { languages, loadLanguage, localeOf, type Language } from './texts.ts';
import { SpeechContext } from './useTexts.tsx';

/** The language chosen, else the first of the browser's that we have. */
export function SpeechProvider({ children }: { children: ReactNode }) {
  const [wanted, choose] = usePreference<Language>('language', ofBrowser());
  const [language, setLanguage] = useState<Language | null>(wanted.startsWith('en') || wanted === 'pseudo' ? wanted : null);

  useEffect(() => {
    let isLeft = false;
    void loadLanguage(wanted)
      .catch(() => undefined) // its words stay English
      .then(() => !isLeft && setLanguage(wanted));
    return () => {
      isLeft = true;
    };
  }, [wanted]);

  useEffect(() => {
    if (language) document.documentElement.lang = localeOf(language);
  }, [language]);

  const speech = useMemo(
    () => language && { language, locale: localeOf(language), zone: Intl.DateTimeFormat().resolvedOptions().timeZone, choose },
    [language, choose],
  );
  return speech ? <SpeechContext value={speech}>{children}</SpeechContext> : null;
}

function ofBrowser(): Language {
  for (const name of navigator.languages) {
    const same = languages.find((l) => l === name) ?? languages.find((l) => l.slice(0, 2) === name.slice(0, 2));
    if (same) return same;
  }
  return 'en-GB';
}
