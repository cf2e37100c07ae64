import type { Schema } from '@house/api/client.ts';

export type Lot = Schema['LotView'];

export const lotPage = (sku: string, lot: string) => `/lots/${encodeURIComponent(sku)}/${encodeURIComponent(lot)}`;

export const lotTones: Record<string, 'good' | 'warn' | 'bad'> = { open: 'good', expired: 'warn', recalled: 'bad' };
