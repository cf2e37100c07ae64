import { expect, it } from 'vitest';
import { lines, pairs, strange } from './erp.ts';

it('reads locations of nodes line by line and writes them back', () => {
  const text = 'MAIN=1\nHARBOR=22';
  expect(pairs(` MAIN = 1\n\nnothing\nHARBOR=22\nX=`)).toEqual({ MAIN: '1', HARBOR: '22' });
  expect(lines(pairs(text))).toBe(text);
});

it('names lines that are no pair, so that none is lost', () => {
  expect(strange('MAIN=1\n\nMAIN 1\nX=\n=2\nA=B=C\n HARBOR = 22 ')).toEqual(['MAIN 1', 'X=', '=2', 'A=B=C']);
});
