import { expect, test } from 'vitest';
import { readCsv, readErrors, writeCsv } from './csv.ts';

test('what is written is read again', () => {
  const rows = [['a', 'b,c', 'd "e"'], ['line\nbreak', '', ' edge ']];
  expect(readCsv(writeCsv(rows))).toEqual(rows);
});

test('line ends of any kind and a byte order mark are read', () => {
  expect(readCsv('\uFEFFa,b\r\n1,2\n3,"x\r\ny"')).toEqual([['a', 'b'], ['1', '2'], ['3', 'x\r\ny']]);
});

test('the error file is taken apart', () => {
  const text = 'error_line,error_field,error_code,error_reason,Code,Count\r\n5,sku; quantity,a; b,"No, no",X,abc\r\n';
  expect(readErrors(text)).toEqual({ headers: ['Code', 'Count'], rows: [{ line: '5', fields: ['sku', 'quantity'], reason: 'No, no', cells: ['X', 'abc'] }] });
});
