import { reword, type Piece } from './format.ts';

const spelling: [RegExp, string][] = [
  [/atalogue/g, 'atalog'],
  [/ulfilment/g, 'ulfillment'],
  [/ancelled/g, 'anceled'],
  [/ancelling/g, 'anceling'],
  [/abelled/g, 'abeled'],
  [/olour/g, 'olor'],
  [/uthoris/g, 'uthoriz'],
  [/ecognis/g, 'ecogniz'],
  [/rganis/g, 'rganiz'],
  [/rioritis/g, 'rioritiz'],
  [/ostcode/g, 'ostal code'],
  [/icence/g, 'icense'],
];

/** American English is British English with some words spelt otherwise. */
export const american = (pieces: Piece[]): Piece[] =>
  reword(pieces, (plain) => spelling.reduce((now, [from, to]) => now.replace(from, to), plain));

const accents: Record<string, string> = {
  a: 'á', e: 'ë', i: 'í', o: 'ö', u: 'ü', c: 'ç', n: 'ñ', y: 'ý', s: 'š', A: 'Å', E: 'É', I: 'Î', O: 'Ö', U: 'Û', C: 'Ç', N: 'Ñ',
};

/** Readable, accented, in brackets and a third longer: what stays plain was never translated, what is cut off is too narrow. */
export function pseudo(pieces: Piece[]): Piece[] {
  const length = pieces.reduce((sum, piece) => sum + (typeof piece === 'string' ? piece.length : 6), 0);
  const told = reword(pieces, (plain) => plain.replace(/[a-zA-Z]/g, (c) => accents[c] ?? c));
  return ['[', ...told, `${'·'.repeat(Math.ceil(length / 3))}]`];
}
