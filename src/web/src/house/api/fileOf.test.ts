import { expect, test } from 'vitest';
import { fileOf } from './client.ts';

test('the address of a file says whose it is', () => {
  expect(fileOf('/api/v1/documents/doc_1/file', 'alpha')).toBe('/api/v1/documents/doc_1/file?Switchyard-Merchant=alpha');
  expect(fileOf('/api/v1/inventory/lots/orders.csv?sku=A&lot=1', 'a b&c')).toBe('/api/v1/inventory/lots/orders.csv?sku=A&lot=1&Switchyard-Merchant=a%20b%26c');
  expect(fileOf('/api/v1/exports/zones.csv', null)).toBe('/api/v1/exports/zones.csv');
});
