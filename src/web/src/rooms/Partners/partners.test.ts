import { describe, expect, test } from 'vitest';
import { csvOf, levelsOf, mostRows } from './csv.ts';
import { answersOf, firstParcel, leftFor, nextParcel, type Line } from './work.ts';

describe('a file of levels', () => {
  test('is read with comma, semicolon or tab, quotes and a mark at its beginning', () => {
    expect(levelsOf('\uFEFFsku,name,on_hand\r\nMUG-1,"Mug, ""large""",12\r\n\r\nBOWL,,0\n')).toEqual({ levels: [{ sku: 'MUG-1', onHand: 12 }, { sku: 'BOWL', onHand: 0 }] });
    expect(levelsOf('Item;On hand\nMUG-1;3.00')).toEqual({ levels: [{ sku: 'MUG-1', onHand: 3 }] });
    expect(levelsOf('qty\tsku\n4\tA')).toEqual({ levels: [{ sku: 'A', onHand: 4 }] });
  });
  test('says what is wrong and where', () => {
    expect(levelsOf('sku,price\nA,1')).toEqual({ fault: { kind: 'columns' } });
    expect(levelsOf('sku,on_hand\n')).toEqual({ fault: { kind: 'rows' } });
    expect(levelsOf('sku,on_hand\nA,1\nB,-2')).toEqual({ fault: { kind: 'number', row: 3, text: '-2' } });
    expect(levelsOf('sku,on_hand\nA,1.5')).toEqual({ fault: { kind: 'number', row: 2, text: '1.5' } });
    expect(levelsOf('sku,on_hand\nA,1\na,2')).toEqual({ fault: { kind: 'repeated', row: 3, sku: 'a' } });
    expect(levelsOf(`sku,on_hand\n${Array.from({ length: mostRows + 1 }, (_, i) => `S${i},1`).join('\n')}`)).toEqual({ fault: { kind: 'many', most: mostRows } });
  });
  test('that is written harms no spreadsheet', () => expect(csvOf(['sku', 'on_hand'], [['=A', 1], ['B, "x"', 2]])).toBe('sku,on_hand\r\n\'=A,1\r\n"B, ""x""",2\r\n'));
});

describe('answers', () => {
  const line = (open: number): Line => ({ line: 1, sku: 'A', name: null, barcode: null, weightGrams: null, quantity: 3, open, shipped: 3 - open, cancelled: 0, details: [] });
  test('follow the state, and a hold lets nothing leave', () => {
    expect(answersOf({ state: 'new', lines: [line(3)], isHeld: false })).toEqual(['accept', 'ship', 'reject']);
    expect(answersOf({ state: 'new', lines: [line(3)], isHeld: true })).toEqual(['reject']);
    expect(answersOf({ state: 'accepted', lines: [line(1)], isHeld: false })).toEqual(['ship', 'short']);
    expect(answersOf({ state: 'stopAsked', lines: [line(1)], isHeld: false })).toEqual(['stop']);
    expect(answersOf({ state: 'shipped', lines: [line(0)], isHeld: false })).toEqual([]);
  });
  test('a further parcel begins empty, with what the others leave', () => {
    const first = { ...firstParcel([line(3)]), carrier: 'DPD', tracking: 'T1' };
    const second = nextParcel(first);
    expect(second).toEqual({ carrier: 'DPD', tracking: '', weight: '', units: {} });
    expect(leftFor(line(3), [{ ...first, units: { 1: 2 } }, second], 1)).toBe(1);
  });
});
