import { queryOptions } from '@tanstack/react-query';
import { api, ask, type Schema } from '@house/api/client.ts';
import type { Tone } from '@house/parts/Status.tsx';

export type Bill = Schema['ReadBillResponse'];
export type BillRow = Schema['ListBillsRow'];
export type Entry = Schema['ListActivitiesEntry'];
export type Tariff = Schema['WriteTariffResponse'];
export type Activity = Schema['TariffLine']['activity'];

export const activities = ['order', 'pick', 'parcel', 'receivedUnit', 'palletDay', 'binDay'] as const satisfies readonly Activity[];
export const tones: Record<BillRow['state'], Tone> = { running: 'progress', open: 'warn', approved: 'good', changed: 'warn' };
export const pageOf = (b: { merchant: string; month: string }) => `/bills/${encodeURIComponent(b.merchant)}/${b.month}`;

/** April 2026, as the person writes it. */
export const monthName = (month: string, locale: string): string => {
  const first = new Date(`${month}-01T00:00:00Z`);
  return Number.isNaN(first.getTime()) ? month : new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(first);
};

/** @param version 0 is what the bill would be now. */
export const billOptions = (merchant: string, month: string, version: number | undefined, newPrices = false) =>
  queryOptions({
    queryKey: ['bills', merchant, month, version ?? null, newPrices],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/bills/{month}', { params: { path: { month }, query: { merchant, ...(version === undefined ? {} : { version }), ...(newPrices ? { newPrices } : {}) } }, signal })),
  });

export const tariffOptions = (merchant: string) =>
  queryOptions({ queryKey: ['bills', 'tariff', merchant], queryFn: ({ signal }) => ask(api.GET('/api/v1/tariff', { params: { query: { merchant } }, signal })) });

/** What the file of a bill is asked for by: the version that is shown, with the prices that are shown. */
export const fileQuery = (bill: Pick<Bill, 'merchant' | 'version'>, entries: boolean, newPrices: boolean) =>
  ({ merchant: bill.merchant, version: bill.version ?? 0, ...(entries ? { entries } : {}), ...(newPrices && bill.version === null ? { newPrices } : {}) });

/** The bill as a file: its lines, or the entries they are made of. */
export async function download(bill: Bill, entries: boolean, newPrices: boolean): Promise<void> {
  const query = fileQuery(bill, entries, newPrices);
  const file = (await ask(api.GET('/api/v1/bills/{month}/file', { params: { path: { month: bill.month }, query }, parseAs: 'blob' } as never))) as unknown as Blob;
  const url = URL.createObjectURL(file);
  Object.assign(document.createElement('a'), { href: url, download: `bill-${bill.merchant}-${bill.month}${entries ? '-entries' : ''}.csv` }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
