import { describe, expect, test } from 'vitest';
import { askedOf, bodyOf, emptyForm, faultsOf, hasContent, newCustomer, packOf, placeOf, readEntry, taxRateOf, withDelivery, withTaxRate, withUnits, type Product } from './draft.ts';

const mug = { sku: 'MUG', name: 'Mug' };

describe('what is typed into the field of goods', () => {
  test('a number before an x is how many', () => {
    expect(readEntry('3 x MUG-MOSS')).toEqual({ quantity: 3, text: 'MUG-MOSS' });
    expect(readEntry('12*5012345678900')).toEqual({ quantity: 12, text: '5012345678900' });
    expect(readEntry(' MUG-MOSS ')).toEqual({ quantity: 1, text: 'MUG-MOSS' });
    expect(readEntry('0x MUG')).toEqual({ quantity: 1, text: '0x MUG' });
  });

  test('the same product again is more of it, in whatever case it is written', () => {
    const twice = withUnits(withUnits(emptyForm('web', 'GBP'), mug, 1), { sku: 'mug', name: 'Mug' }, 2);
    expect(twice.lines.map((l) => [l.sku, l.quantity])).toEqual([['MUG', 3]]);
  });

  test('a case of twelve is twelve units', () => {
    const product = { barcodes: [{ barcode: '05012345678900', packQuantity: 12 }] } as unknown as Product;
    expect(packOf(product, '5012345678900')).toBe(12);
    expect(packOf(product, 'MUG')).toBe(1);
  });
});

describe('who is looked for', () => {
  test('a telephone number goes in one piece, what means something in a query in quotes', () => {
    expect(askedOf('+44 7700 900-123')).toBe('447700900123');
    expect(askedOf('ada byron')).toBe('ada byron');
    expect(askedOf('ada: -x')).toBe('"ada: -x"');
  });

  test('whoever is new is known by what was typed', () => {
    expect(newCustomer('ada@example.com')).toEqual({ name: '', email: 'ada@example.com', phone: '' });
    expect(newCustomer('07700 900123')).toEqual({ name: '', email: '', phone: '07700 900123' });
    expect(newCustomer('Ada Byron').name).toBe('Ada Byron');
    expect(newCustomer('M1 1AE').name).toBe('');
  });
});

test('goods go to whoever ordered, and an address of which only the country is known is none', () => {
  const form = { ...emptyForm('web', 'GBP'), name: 'Ada', shipping: { country: 'GB' } as never };
  expect(bodyOf(form).shippingAddress).toBeNull();
  expect(hasContent({ ...form, name: '' })).toBe(false);
  expect(bodyOf({ ...form, shipping: { country: 'GB', line1: '1 Mill Lane' } as never }).shippingAddress?.name).toBe('Ada');
});

test('the tax of goods is that of their delivery', () => {
  const form = withTaxRate(withDelivery(withUnits(emptyForm('web', 'GBP'), mug, 1), 395), 0.2);
  expect([form.charges[0]?.taxRate, taxRateOf(form)]).toEqual([0.2, 0.2]);
  expect(withDelivery(form, null).charges).toEqual([]);
});

test('a fault of a line follows the line, and the first of a field is told', () => {
  expect(placeOf('/lines/1/sku', ['a', 'b'])).toBe('lines.b.sku');
  expect(faultsOf([{ place: 'x', detail: 'one' }, { place: 'x', detail: 'two' }])).toEqual({ x: 'one' });
});
