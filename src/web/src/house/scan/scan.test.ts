import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { barsOf } from '../parts/code128.ts';
import { SeenOnce } from './camera.ts';
import { cleaned } from './device.ts';
import { checkDigit, isGs1, readBarcode, readGs1, sendGs1, showGs1 } from './gs1.ts';
import { commandCodes, keyOf, readScan } from './read.ts';
import { usualWedge, Wedge, type WedgeSettings } from './wedge.ts';

interface Cases {
  codes: { code: string; year: number; error?: string; means?: Record<string, unknown> }[];
  barcodes: { text: string; error?: string; key?: string }[];
}
const cases = JSON.parse(readFileSync(new URL('../../../../../docs/api/gs1-cases.json', import.meta.url), 'utf8')) as Cases;

describe('codes mean what they mean to the server', () => {
  test.each(cases.codes)('$code', ({ code, year, error, means }) => {
    const { ok, fault } = readGs1(code, year);
    expect(fault).toBe(error);
    if (!means) return;
    const { elements, ...rest } = ok!;
    expect(Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined))).toEqual(means);
    for (const written of [showGs1(ok!), sendGs1(ok!)]) expect(readGs1(written, year).ok?.elements).toEqual(elements);
    expect(isGs1(sendGs1(ok!))).toBe(true);
  });
  test.each(cases.barcodes)('$text', ({ text, error, key }) => {
    const { ok, fault } = readBarcode(text);
    expect([fault, ok?.key]).toEqual([error, key]);
  });
  test('any text is answered, and a GTIN is the same with and without its zeros', () => {
    const signs = [...'()01273]C1dA\u001dx'];
    let seed = 7;
    for (let i = 0; i < 5000; i++) {
      const text = Array.from({ length: i % 40 }, () => signs[(seed = (seed * 1103515245 + 12345) % 2147483648) % signs.length]).join('');
      const { ok, fault } = readGs1(text, 2026);
      expect((ok === undefined) !== (fault === undefined)).toBe(true);
    }
    expect(checkDigit('400638133393')).toBe(1);
    expect(keyOf(readScan('4006381333931'))).toBe(keyOf(readScan(']C10104006381333931')));
    expect(readScan('4006381333930').fault).toBe('barcode.check_digit');
    expect(readScan('doitskip').command).toBe('skip');
    expect(readScan('bin-a').barcode?.key).toBe('bin-a');
  });
  test('commands are bars that a scanner reads, and letters no keyboard puts elsewhere', () => {
    for (const code of Object.values(commandCodes)) {
      expect(barsOf(code)).not.toBeNull();
      expect(code).toMatch(/^[B-LN-PR-VX]+$/);
    }
  });
});

/** Types a text with so many milliseconds between two keys, and the key at the end. */
function type(wedge: Wedge, text: string, gap: number, end: string | null = 'Enter', from = 1000, isField = false): string | null {
  let at = from;
  for (const key of text) {
    expect(wedge.press({ key, at, isField })).toBeNull();
    at += gap;
  }
  return end === null ? null : wedge.press({ key: end, at, isField });
}
const wedgeWith = (settings: Partial<WedgeSettings> = {}) => new Wedge({ ...usualWedge, ...settings });

describe('a scanner is told from a person', () => {
  test('by its speed, with either key at the end', () => {
    const wedge = wedgeWith();
    expect(type(wedge, '4006381333931', 8)).toBe('4006381333931');
    expect(type(wedge, 'BIN-A', 20, 'Tab', 9000)).toBe('BIN-A');
    expect(type(wedge, 'hello', 120, 'Enter', 20_000)).toBeNull();
    expect(type(wedge, '', 1, 'Enter', 30_000)).toBeNull();
    expect(type(wedgeWith({ gap: 150 }), 'slow', 120)).toBe('slow');
    expect(type(wedgeWith({ suffix: 'tab' }), '12345', 5, 'Enter')).toBeNull();
  });
  test('what a person wrote just before is no part of the code', () => {
    const wedge = wedgeWith();
    type(wedge, 'ab', 200, null, 0);
    expect(type(wedge, 'XYZ', 10, 'Enter', 2000)).toBe('XYZ');
  });
  test('two quick fingers in a field are a person', () => {
    expect(type(wedgeWith(), 'ab', 20, 'Enter', 0, true)).toBeNull();
    expect(type(wedgeWith(), 'A1', 20, 'Enter', 0)).toBe('A1');
  });
  test('Shift belongs to a code, an arrow ends it', () => {
    const wedge = wedgeWith();
    wedge.press({ key: 'Shift', at: 0 });
    wedge.press({ key: 'A', at: 5 });
    wedge.press({ key: 'Shift', at: 8 });
    wedge.press({ key: 'B', at: 12 });
    expect(wedge.press({ key: 'Enter', at: 15 })).toBe('AB');
    wedge.press({ key: 'A', at: 100 });
    wedge.press({ key: 'ArrowLeft', at: 105 });
    wedge.press({ key: 'B', at: 110 });
    expect(wedge.press({ key: 'Enter', at: 115 })).toBeNull();
  });
  test('with a prefix only what begins with it is a scan', () => {
    const wedge = wedgeWith({ prefix: '~' });
    expect(type(wedge, '~7', 10)).toBe('7');
    expect(type(wedge, '12345', 10, 'Enter', 5000)).toBeNull();
  });
  test('without a key at the end the code is over when nothing comes', () => {
    const wedge = wedgeWith({ suffix: 'none' });
    expect(type(wedge, '40170725', 10)).toBeNull();
    type(wedge, '40170725', 10, null, 5000);
    expect(wedge.rest()).toBe('40170725');
    type(wedge, 'abcd', 10, null, 9000);
    expect(wedge.rest()).toBeNull();
  });
  test('FNC1 comes as Ctrl and ], or as the character that stands for it', () => {
    const wedge = wedgeWith();
    for (const [i, key] of [...'10A'].entries()) wedge.press({ key, at: i });
    wedge.press({ key: 'Control', at: 4 });
    wedge.press({ key: ']', at: 5, ctrl: true });
    for (const [i, key] of [...'21B'].entries()) wedge.press({ key, at: 6 + i });
    expect(wedge.press({ key: 'Enter', at: 12 })).toBe('10A\u001d21B');
    expect(type(wedgeWith({ fnc1: '|' }), '10A|21B', 5)).toBe('10A\u001d21B');
  });
});

test('settings of a device hold only what makes sense', () => {
  expect(cleaned(null)).toMatchObject({ gap: 50, suffix: 'either', sound: true });
  expect(cleaned({ gap: 99_999, suffix: 'F7', prefix: 5, sound: 'no', vibration: false })).toMatchObject({ gap: 500, suffix: 'either', prefix: '', sound: true, vibration: false });
});

test('the camera tells a code once while it is in the picture', () => {
  const seen = new SeenOnce(1000);
  expect([0, 500, 1400, 3000].map((at) => seen.isNew('A', at))).toEqual([true, false, false, true]);
});
