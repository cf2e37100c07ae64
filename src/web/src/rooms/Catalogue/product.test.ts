import { expect, test } from 'vitest';
import { merged, touched } from '@house/draft.ts';
import { bodyOf, copyOf, draftOf, emptyDraft, faultsOf, hasWrongCheckDigit, makesOf, matrixOf, tidied, type Product } from './product.ts';

const mug = {
  sku: 'MUG', name: 'Mug', kind: 'goods', taxClass: 'standard', weightGrams: 350, lengthMm: 120, widthMm: null, heightMm: null, costMinor: 310, costCurrency: 'GBP',
  prices: [{ currency: 'GBP', priceMinor: 1250 }, { currency: 'JPY', priceMinor: 2400 }], barcodes: [{ barcode: '5012345678900', kind: 'gtin13', packQuantity: 1 }],
  handlingFlags: ['fragile'], components: [], description: null, metadata: { season: 'all' }, isActive: true, version: 3, backorder: 'yes', backorderCap: 5, backorderLeadDays: null,
  backorderExpectedAt: '2026-12-01T00:00:00Z', preorderReleaseAt: '2026-12-24T09:30:12Z', preorderCap: null, tags: ['new'], variantGroup: 'MUGS', variantOptions: { colour: 'blue' }, images: [],
} as unknown as Product;

test('a product that goes through the form unchanged is the same product', () => {
  for (const locale of ['en-GB', 'de'])
    for (const zone of ['Europe/London', 'America/New_York']) {
      const body = bodyOf(tidied(draftOf(mug, locale, zone)), locale, zone, mug);
      expect(body).toMatchObject({
        sku: 'MUG', weightGrams: 350, lengthMm: 120, widthMm: null, costMinor: 310, costCurrency: 'GBP', prices: [{ currency: 'GBP', priceMinor: 1250 }, { currency: 'JPY', priceMinor: 2400 }],
        barcodes: [{ barcode: '5012345678900', packQuantity: 1 }], metadata: { season: 'all' }, tags: ['new'], backorder: 'yes', backorderCap: 5,
        backorderExpectedAt: '2026-12-01T00:00:00Z', preorderReleaseAt: '2026-12-24T09:30:12Z',
      });
    }
  expect(draftOf(mug, 'de', 'UTC').prices[0]!.amount).toBe('12,50');
});

test('rows that were begun and left empty are not sent, and a charge has no policy', () => {
  const draft = tidied({ ...emptyDraft, kind: 'charge', backorder: 'yes', prices: [{ currency: 'GBP', amount: ' ' }], barcodes: [{ barcode: '', packQuantity: 1 }], components: [{ sku: 'MUG', quantity: 1 }] });
  expect(bodyOf(draft, 'en-GB', 'UTC')).toMatchObject({ prices: [], barcodes: [], components: [], backorder: null });
});

test('what tells two products apart is not copied', () => {
  expect(copyOf(mug, 'en-GB', 'UTC')).toMatchObject({ sku: '', barcodes: [], name: 'Mug', variantGroup: 'MUGS', options: [{ name: 'colour', value: 'blue' }] });
});

test('a wrong check digit and an amount that is none are seen before they are sent', () => {
  expect(['5012345678900', '036000291452', '96385074', '15012345678907', 'SHELF-7', '1234567'].map(hasWrongCheckDigit)).toEqual([false, false, false, false, false, false]);
  expect(['5012345678901', '036000291453', '96385075'].map(hasWrongCheckDigit)).toEqual([true, true, true]);
  const draft = { ...emptyDraft, sku: 'A', name: 'A', prices: [{ currency: 'GBP', amount: '12.345' }, { currency: 'JPY', amount: '12' }], barcodes: [{ barcode: '5012345678901', packQuantity: 1 as const }] };
  expect(faultsOf(draft, 'en-GB')).toEqual({ 'prices.0.priceMinor': 'fault.amount', 'barcodes.0.barcode': 'fault.checkDigit' });
});

test('the part that runs out first says how many bundles there can be', () => {
  expect(makesOf([{ sku: 'A', quantity: 2, available: 9 }, { sku: 'B', quantity: 1, available: 5 }])).toEqual({ makes: 4, limit: 'A' });
  expect(makesOf([{ sku: 'A', quantity: 1, available: -3 }])).toEqual({ makes: 0, limit: 'A' });
  expect(makesOf([{ sku: 'A', quantity: 1, available: null }])).toBeNull();
  expect(makesOf([])).toBeNull();
});

test('variants make a table of their options', () => {
  const of = (sku: string, options: Record<string, string>) => ({ ...mug, sku, variantOptions: options }) as Product;
  const table = matrixOf([of('A', { colour: 'blue', size: 'S' }), of('B', { colour: 'blue', size: 'M' }), of('C', { colour: 'red', size: 'L' })]);
  expect([table.row, table.column, table.rows, table.columns]).toEqual(['size', 'colour', ['S', 'M', 'L'], ['blue', 'red']]);
  expect(table.cell('L', 'red').map((p) => p.sku)).toEqual(['C']);
  expect(table.cell('S', 'red')).toEqual([]);
  expect(matrixOf([of('A', { colour: 'blue' })])).toMatchObject({ row: 'colour', column: null, columns: [''] });
});

test('my changes go over theirs, and what I left alone is as they have it', () => {
  const start = { a: 1, b: [1], c: 'x' };
  const mine = { a: 2, b: [1], c: 'x' };
  const theirs = { a: 1, b: [1, 2], c: 'x' };
  expect(merged(start, mine, theirs)).toEqual({ a: 2, b: [1, 2], c: 'x' });
  expect(touched(start, mine, theirs)).toEqual([{ field: 'a', byMe: true }, { field: 'b', byMe: false }]);
});
