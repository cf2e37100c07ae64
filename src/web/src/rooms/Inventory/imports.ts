import { api, ask, type Schema } from '@house/api/client.ts';
import type { Job } from '@house/parts/jobs.ts';

export type Kind = Schema['StartImportKindView'];
export type Preview = Schema['ImportPreview'];

/** How a file is read: our columns to its headers, and how its numbers are written. */
export interface Mapping {
  columns?: Record<string, string | null> | null;
  delimiter?: string | null;
  encoding?: string | null;
  decimalMark?: string | null;
}

/** What a job of an import remembers of its wish. */
export interface ImportArguments {
  file: string;
  name?: string;
  mapping?: Mapping | null;
  savedMapping?: string | null;
  dryRun?: boolean;
  upsert?: boolean;
  as?: string | null;
  channel?: string | null;
}

export const argumentsOf = (job: Job) => (job.arguments ?? {}) as unknown as ImportArguments;
export const kindOf = (job: Job) => job.kind.replace(/^import\./, '');
export const isImport = (job: Job) => job.kind.startsWith('import.') && !job.undoOf;

/** Columns that a kind knows by form: a price in each currency. */
const byForm: Record<string, string[]> = { products: ['price_GBP', 'price_EUR', 'price_USD'] };

export const columnsOf = (kind: Kind): string[] => [...new Set([...kind.columns.map((c) => c.name), ...(byForm[kind.kind] ?? [])])];

/** Which of our columns a header of the file is. */
export const oursOf = (mapping: Mapping, header: string): string | null =>
  Object.entries(mapping.columns ?? {}).find(([, h]) => h === header)?.[0] ?? null;

/** A header becomes another column of ours, or none; what was read from it before is read no more, and no column is read twice. */
export function remap(mapping: Mapping, header: string, ours: string | null): Mapping {
  const kept = Object.entries(mapping.columns ?? {}).filter(([column, h]) => h !== header && column !== ours);
  return { ...mapping, columns: Object.fromEntries(ours ? [...kept, [ours, header]] : kept) };
}

export const upload = (file: Blob, name: string) =>
  ask(
    api.POST('/api/v1/uploads', {
      params: { query: { name } },
      headers: { 'Content-Type': 'text/csv' },
      body: file as unknown as string,
      bodySerializer: (body) => body as unknown as string,
    }),
  );

export const startImport = (body: Schema['StartImportRequest']) => ask(api.POST('/api/v1/imports', { body }));
