import { type Schema } from '@house/api/client.ts';
import type { Tone } from '@house/parts/Status.tsx';

export type EdiPartner = Schema['EdiPartnerView'];
export type Interchange = Schema['InterchangeView'];
export type EdiMessage = Schema['EdiMessageView'];

export const tones: Record<Interchange['state'], Tone> = { taken: 'good', refused: 'bad', repeated: 'neutral', waiting: 'progress', fetched: 'good', accepted: 'good', rejected: 'bad' };
export const messageTones: Record<EdiMessage['state'], Tone> = {
  new: 'progress', done: 'good', failed: 'bad', refused: 'bad', waiting: 'progress', sent: 'progress', accepted: 'good', rejected: 'bad', skipped: 'neutral',
};

export const inward = ['846', '850', '945'] as const;
export const outward = ['810', '846', '855', '856', '940'] as const;
export const qualifiers = ['VP', 'BP', 'UP', 'EN', 'SK', 'IN', 'VN', 'MG'] as const;

/** `CA=12` and `UPSN=standard`, one on each line, as an object; what is no such line is passed over. */
export const pairs = (text: string): Record<string, string> =>
  Object.fromEntries(
    text
      .split('\n')
      .map((line) => line.split('='))
      .filter((p): p is [string, string] => p.length === 2 && p[0]!.trim() !== '' && p[1]!.trim() !== '')
      .map(([a, b]) => [a.trim(), b.trim()]),
  );

export const lines = (of: Record<string, string | number>): string =>
  Object.entries(of)
    .map(([a, b]) => `${a}=${b}`)
    .join('\n');

/** An interchange with each segment on a line of its own, as people read it. */
export const laidOut = (content: string): string => {
  const end = content[105];
  return end === undefined || end === '\n' || content.includes('\n') ? content : content.split(end).join(`${end}\n`);
};

/** The text as a file, as it came or went. */
export const keep = (name: string, content: string): void => {
  const url = URL.createObjectURL(new Blob([content], { type: 'application/edi-x12' }));
  Object.assign(document.createElement('a'), { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
};
