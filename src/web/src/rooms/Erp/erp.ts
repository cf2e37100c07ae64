import { type Schema } from '@house/api/client.ts';
import type { Tone } from '@house/parts/Status.tsx';

export type Erp = Schema['ReadErpView'];
export type ErpTask = Schema['ListErpTasksTaskView'];
export type ErpThing = Schema['ListErpTasksThingView'];
export type ErpAdapter = Schema['ErpManifest'];
export type Reconciliation = Schema['ReconcileErpResponse'];

export const states: Record<Erp['state'], Tone> = { draft: 'neutral', live: 'good', paused: 'hold' };
export const tones: Record<ErpTask['state'], Tone> = { waiting: 'progress', done: 'good', parked: 'bad', dropped: 'neutral' };

/** Each kind of thing with the owners it may have, as the server has it. */
export const owners = {
  items: ['theirs', 'off'],
  stock: ['ours', 'theirs', 'off'],
  orders: ['ours', 'off'],
  shipments: ['ours', 'off'],
  money: ['ours', 'off'],
  purchases: ['ours', 'theirs', 'off'],
  receipts: ['ours', 'theirs', 'off'],
} as const;

export type Flow = keyof typeof owners;
export const flows = Object.keys(owners) as Flow[];

const isPair = (line: string): boolean => /^\s*[^=\s][^=]*=[^=]*[^=\s]\s*$/.test(line);

/** `MAIN=1`, one on each line, as an object. */
export const pairs = (text: string): Record<string, string> =>
  Object.fromEntries(
    text
      .split('\n')
      .filter(isPair)
      .map((line) => line.split('=').map((part) => part.trim()) as [string, string]),
  );

/** Lines that are neither empty nor such a pair: they would be lost. */
export const strange = (text: string): string[] => text.split('\n').filter((line) => line.trim() !== '' && !isPair(line));

export const lines = (of: Record<string, string>): string =>
  Object.entries(of)
    .map(([a, b]) => `${a}=${b}`)
    .join('\n');
