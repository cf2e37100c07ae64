import { describe, expect, test } from 'vitest';
import { added, changed, changeOf, discounted, dueOf, empty, goodsOf, isComplete, sellOf, sold, taxesOf, tendered, tokenOf, totalOf } from './till.ts';

const mug = goodsOf({ sku: 'MUG', name: 'Mug', prices: [{ currency: 'GBP', priceMinor: 1250 }], taxClass: 'standard', barcodes: [{ barcode: '4006381333931', kind: 'gtin', packQuantity: 1 }] }, 'GBP');

const crate = { sku: 'MUG', name: 'Mug', prices: [], barcodes: [{ barcode: '14006381333938', kind: 'gtin', packQuantity: 12 }] };
const none: never[] = [];
const vat = [{ taxClass: 'standard', rate: 0.2 }, { taxClass: 'reduced', rate: 0.05 }];

describe('a basket', () => {
  test('the same product is one line, unless its price was changed', () => {
    let basket = added(added(empty, mug, none), mug, none);
    expect(basket.lines.map((l) => l.quantity)).toEqual([2]);
    basket = added(changed(basket, 0, { priceMinor: 1000, reason: 'Scratched' }), mug, none);
    expect(basket.lines.map((l) => [l.quantity, l.priceMinor])).toEqual([[2, 1000], [1, 1250]]);
    expect(totalOf(basket)).toBe(3250);
    expect(changed(basket, 0, { quantity: 0 }).lines).toHaveLength(1);
  });

  test('card first, then cash with change; never more than is due', () => {
    let basket = tendered(added(empty, mug, none), 'card_terminal', 500);
    expect(dueOf(basket)).toBe(750);
    basket = tendered(basket, 'cash', 2000);
    expect([dueOf(basket), changeOf(basket), isComplete(basket)]).toEqual([0, 1250, true]);
    expect(tendered(basket, 'cash', 100)).toBe(basket);
    expect(tendered(added(empty, mug, none), 'card_terminal', 9999).paid).toEqual([{ tender: 'card_terminal', amountMinor: 1250, givenMinor: null }]);
  });

  test('what is sent home says where to, or is not sold', () => {
    const address = { name: null, company: null, line1: null, line2: null, city: null, region: null, postcode: null, country: 'GB', phone: null };
    const basket = tendered({ ...added(empty, mug, none), shipTo: address }, 'cash', 1250);
    expect(isComplete(basket)).toBe(false);
    const known = { ...basket, shipTo: { ...address, line1: '1 Mill Lane' } };
    expect(isComplete(known)).toBe(true);
    expect(sellOf(known, 'r1', 's1', '2026-03-02T09:00:00Z').body.shipTo).toEqual(known.shipTo);
    expect('shipTo' in sellOf({ ...known, shipTo: null }, 'r1', 's1', '2026-03-02T09:00:00Z').body).toBe(false);
  });

  test('what is sent says the prices that were charged and adds up', () => {
    const { body } = sellOf(tendered({ ...added(empty, mug, vat), discountMinor: 250, discountReason: 'Staff' }, 'cash', 1000), 'r1', 's1', '2026-03-02T09:00:00Z');
    expect(body).toEqual({
      id: 'r1', shift: 's1', at: '2026-03-02T09:00:00Z', lines: [{ sku: 'MUG', quantity: 1, unitPriceMinor: 1250, taxRate: 0.2 }], tenders: [{ tender: 'cash', amountMinor: 1000 }], discountMinor: 250, discountReason: 'Staff',
    });
  });

  test('the tax in it is that of the order: per line, after its share of the discount, half up', () => {
    const pen = { ...mug, sku: 'PEN', taxClass: 'reduced', priceMinor: 333 }, book = { ...mug, sku: 'BOOK', taxClass: 'zero', priceMinor: 900 };
    const basket = { ...added(added(added(added(empty, mug, vat), pen, vat), pen, vat), book, vat), discountMinor: 100, discountReason: 'Loyal' };
    // 1250, 666 and 900 bear 44, 24 and 32 of the discount; 1206 / 6 = 201, 642 × 5 / 105 = 30.57.
    expect(taxesOf(basket)).toEqual([{ rate: 0.2, taxMinor: 201 }, { rate: 0.05, taxMinor: 31 }]);
    expect(taxesOf(added(empty, mug, none))).toEqual([]);
  });

  test('a cart is known by its token, alone or at the end of a link', () => {
    const token = '5QmXJZ8Yl2rB0vTn4cKd7hWfSgPaEuOxi1LzNyRkMqA';
    expect([tokenOf(token), tokenOf(`https://shop.example/cart#${token}`), tokenOf('4006381333931'), tokenOf(`${token}x`)]).toEqual([token, token, null, null]);
  });

  test('no more is off than it costs, also when lines are taken out of it', () => {
    const two = discounted(added(added(empty, mug, none), { ...mug, sku: 'PEN', priceMinor: 300 }, none), 500, 'Loyal');
    expect([two.discountMinor, totalOf(two)]).toEqual([500, 1050]);
    expect(changed(two, 0, { quantity: 0 }).discountMinor).toBe(300);
    expect(discounted(two, 9999, 'Typed').discountMinor).toBe(1550);
    expect(isComplete({ ...two, discountMinor: 9999 })).toBe(false);
  });

  test('a sale that was put aside is a slip, once', () => {
    const present = { shift: null, basket: tendered(added(empty, mug, none), 'cash', 2000), slips: [] };
    const after = sold(present, sellOf(present.basket, 'r1', 's1', '2026-03-02T09:00:00Z'));
    expect([after.basket, after.selling, after.slips.map((s) => [s.id, s.totalMinor, s.changeMinor])]).toEqual([empty, null, [['r1', 1250, 750]]]);
  });

  test('a product is found by its number and by its barcode with zeros before it', () => {
    expect(mug.codes[0]).toEqual({ key: 'MUG', units: 1 });
    expect(mug.codes[1]!.key).toContain('4006381333931');
    expect(goodsOf({ ...crate, taxClass: 'standard' }, 'GBP').codes[1]!.units).toBe(12);
  });
});
