import { Fragment, createContext, use, useMemo, type ReactNode } from 'react';
import { fill } from './format.ts';
import { localeOf, messageOf, type Language, type Texts } from './texts.ts';

export interface Speech {
  language: Language;
  locale: string;
  /** The person's own zone: "Europe/London". */
  zone: string;
  choose: (language: Language) => void;
}

export const SpeechContext = createContext<Speech>({
  language: 'en-GB',
  locale: 'en-GB',
  zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  choose: () => undefined,
});

export const useSpeech = (): Speech => use(SpeechContext);

type Plain = Record<string, string | number>;

/** A room's words: `t('title')`, `t('found', { count: 3 })`; `t.node('by', { who: <b>Ada</b> })` where an element stands within a sentence. */
export interface Say<K extends string> {
  (key: K, values?: Plain): string;
  node: (key: K, values: Record<string, ReactNode>) => ReactNode;
  /** For keys made of a code the server sends, such as a state: its word, or the code itself where there is none. */
  maybe: (key: string, values?: Plain) => string;
}

export function useTexts<K extends string>(from: Texts<K>): Say<K> {
  const { language } = useSpeech();
  return useMemo(() => speak(from, language), [from, language]);
}

export function speak<K extends string>(from: Texts<K>, language: Language): Say<K> {
  const locale = localeOf(language);
  const say = (key: string, values: Plain = {}) => fill(messageOf(language, from, key), values, locale).join('');
  return Object.assign(say, {
    node: (key: K, values: Record<string, ReactNode>) =>
      fill<ReactNode>(messageOf(language, from, key), values as Record<string, string>, locale).map((part, i) => <Fragment key={i}>{part}</Fragment>),
    maybe: (key: string, values?: Plain) => (key in from.words ? say(key, values) : (key.split('.').at(-1) ?? key)),
  });
}
