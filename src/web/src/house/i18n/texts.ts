import { parse, type Piece } from './format.ts';
import { american, pseudo } from './english.ts';

export const languages = ['en-GB', 'en-US', 'de', 'fr', 'es'] as const;
export type Language = (typeof languages)[number] | 'pseudo';

/** The words of a room in English: what texts.en.ts exports. Other languages have the same keys. */
export interface Texts<K extends string = string> {
  room: string;
  words: Record<K, string>;
}

/** `export default texts('Orders', { title: 'Orders', … })` in texts.en.ts of the room. */
export const texts = <K extends string>(room: string, words: Record<K, string>): Texts<K> => ({ room, words });

/** `export default { … } satisfies Translated<typeof en>` in texts.de.ts and the others. */
export type Translated<T extends Texts> = T extends Texts<infer K> ? Record<K, string> : never;

// Vite finds the files; each language is one chunk, fetched when it is chosen.
const files = import.meta.glob<{ default: Record<string, string> }>([
  '../../{rooms,house}/**/texts.de.ts',
  '../../{rooms,house}/**/texts.fr.ts',
  '../../{rooms,house}/**/texts.es.ts',
]);

const translations = new Map<string, Record<string, string>>();
const pieces = new Map<string, Piece[]>();

/** Fetches a language before it is shown. What is missing in it stays English. */
export async function loadLanguage(language: Language): Promise<void> {
  const base = language.slice(0, 2);
  if (base === 'en' || language === 'pseudo') return;
  await Promise.all(
    Object.entries(files)
      .filter(([path]) => path.endsWith(`texts.${base}.ts`))
      .map(async ([path, load]) => translations.set(`${base}:${roomOf(path)}`, (await load()).default)),
  );
}

/** ../../rooms/Orders/texts.de.ts belongs to Orders, ../shell/texts.de.ts to shell. */
const roomOf = (path: string) => path.split('/').at(-2)!;

export function messageOf(language: Language, from: Texts, key: string): Piece[] {
  const name = `${language}:${from.room}:${key}`;
  const known = pieces.get(name);
  if (known) return known;
  const translated = translations.get(`${language.slice(0, 2)}:${from.room}`)?.[key];
  const read = parse(translated ?? from.words[key] ?? key);
  const told = language === 'en-US' ? american(read) : language === 'pseudo' ? pseudo(read) : read;
  pieces.set(name, told);
  return told;
}

/** The language as Intl knows it. */
export const localeOf = (language: Language): string => (language === 'pseudo' ? 'en-GB' : language);
