import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parse, type Piece } from './format.ts';
import type { Texts } from './texts.ts';

const src = join(dirname(fileURLToPath(import.meta.url)), '../..');
const english = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('texts.en.ts'));

const args = (pieces: Piece[]): string[] =>
  pieces.flatMap((p) => (typeof p === 'string' || 'hash' in p ? [] : 'choose' in p ? [p.arg, ...[...p.cases.values()].flatMap(args)] : [p.arg]));

const load = async (file: string) => ((await import(/* @vite-ignore */ pathToFileURL(join(src, file)).href)) as { default: unknown }).default;

describe.each(english)('%s', (file) => {
  test.each(['de', 'fr', 'es'])('has the same messages in %s, with the same arguments', async (language) => {
    const own = (await load(file)) as Texts;
    expect(own.room, 'the room is that of the folder').toBe(file.split('/').at(-2));
    const other = (await load(file.replace('texts.en.ts', `texts.${language}.ts`))) as Record<string, string>;
    expect(Object.keys(own.words).filter((key) => !(key in other)), 'missing').toEqual([]);
    expect(Object.keys(other).filter((key) => !(key in own.words)), 'too many').toEqual([]);
    for (const [key, text] of Object.entries(other))
      expect([...new Set(args(parse(text)))].sort(), `${key} in ${language}`).toEqual([...new Set(args(parse(own.words[key]!)))].sort());
  });
});

test('texts are found', () => {
  expect(english.length).toBeGreaterThan(0);
  expect(readFileSync(join(src, english[0]!), 'utf8')).toContain('texts(');
});
