import { expect, test } from 'vitest';
import { barsOf, symbolsOf } from './code128.ts';

test('texts have the check symbol of the standard', () => {
  // The worked example of the trade: "PJJ123C" in set A or B has the check symbol 54 with start A; with start B it is 55.
  expect(symbolsOf('PJJ123C')).toEqual([104, 48, 42, 42, 17, 18, 19, 35, 55, 106]);
  expect(symbolsOf('1048')).toEqual([105, 10, 48, (105 + 10 + 96) % 103, 106]);
  expect(symbolsOf('10482')![0]).toBe(104);
  expect(symbolsOf('ä')).toBeNull();
});

test('every symbol is eleven modules wide and the stop thirteen', () => {
  for (const text of ['1048', 'SY-10482', ' ~']) {
    const { bars, modules } = barsOf(text)!;
    const symbols = symbolsOf(text)!;
    expect(modules).toBe((symbols.length - 1) * 11 + 13);
    expect(bars).toHaveLength((symbols.length - 1) * 3 + 4);
    expect(bars.at(-1)!.at + bars.at(-1)!.width).toBe(modules);
  }
});
