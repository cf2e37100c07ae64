import { expect, test } from 'vitest';
import { laidOut, lines, pairs } from './edi.ts';

test('units and methods are written one on each line', () => {
  expect(pairs('CA=12\n EA = 1 \n\nnothing\n=3')).toEqual({ CA: '12', EA: '1' });
  expect(lines({ CA: 12, EA: 1 })).toBe('CA=12\nEA=1');
});

test('an interchange is laid out by its own segment separator, unless it is already', () => {
  const head = `${'I'.repeat(105)}~GS*PO~`;
  expect(laidOut(head)).toBe(`${'I'.repeat(105)}~\nGS*PO~\n`);
  expect(laidOut('ISA\nGS')).toBe('ISA\nGS');
});
