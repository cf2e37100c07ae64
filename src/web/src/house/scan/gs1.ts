// GS1 codes and GTINs, read as the server reads them (Catalog/Domain/Gs1.cs, Barcode.cs): both are held to the same cases in docs/api/gs1-cases.json,
// so that what a device accepts without network the server accepts later. Source: the facts of the GS1 General Specifications
// (application identifiers and their lengths, 7.8 on separators, 7.9 on check digits, 7.12 on centuries).

/** FNC1 between elements, as scanners send it. */
export const separator = '\u001d';
const mostCharacters = 300;
const mostBarcode = 80;
const marks = [']C1', ']d2', ']Q3', ']e0', ']J1'];

export interface Barcode {
  text: string;
  /** What two scans are compared by: a GTIN with zeros before it to 14 digits, any other code as it is. */
  key: string;
  kind: 'gtin8' | 'gtin12' | 'gtin13' | 'gtin14' | 'code';
}

export interface Gs1Scan {
  elements: { ai: string; value: string }[];
  sscc?: string | undefined;
  gtin?: string | undefined;
  lot?: string | undefined;
  serial?: string | undefined;
  /** How many of the GTIN there are; not there when it is one. */
  count?: number | undefined;
  /** The last day, yyyy-MM-dd. */
  expiresOn?: string | undefined;
  netGrams?: number | undefined;
}

export type ScanFault =
  | 'barcode.empty' | 'barcode.too_long' | 'barcode.not_text' | 'barcode.check_digit'
  | 'gs1.malformed' | 'gs1.unknown_identifier' | 'gs1.length' | 'gs1.characters' | 'gs1.day' | 'gs1.repeated' | 'gs1.count_missing' | 'gs1.no_product';

export type Read<T> = { ok: T; fault?: undefined } | { ok?: undefined; fault: ScanFault };

interface Form {
  ai: string;
  least: number;
  most: number;
  isNumber: boolean;
  /** Of a length that every scanner knows: no separator is needed after it. */
  isFixed?: boolean;
  hasCheckDigit?: boolean;
  isDay?: boolean;
}

const number = (ai: string, least: number, most = least): Form => ({ ai, least, most, isNumber: true });
const fixed = (ai: string, length: number): Form => ({ ...number(ai, length), isFixed: true });
const checked = (ai: string, length: number): Form => ({ ...fixed(ai, length), hasCheckDigit: true });
const text = (ai: string, most: number, least = 1): Form => ({ ai, least, most, isNumber: false });

// An n stands for any last digit from 0 to 5: where the decimal point is.
const forms: Form[] = [
  checked('00', 18), checked('01', 14), checked('02', 14), text('10', 20),
  ...['11', '12', '13', '15', '16', '17'].map((ai): Form => ({ ...fixed(ai, 6), isDay: true })),
  fixed('20', 2), text('21', 20), text('22', 20), text('240', 30), text('241', 30), text('250', 30),
  number('30', 1, 8), number('37', 1, 8), fixed('310n', 6), fixed('320n', 6), fixed('330n', 6),
  text('400', 30), text('401', 30), { ...number('402', 17), hasCheckDigit: true },
  ...['410', '411', '412', '413', '414', '415', '416', '417'].map((ai) => checked(ai, 13)),
  text('420', 20), text('421', 12, 4), { ...number('7003', 10), isDay: true },
  ...Array.from({ length: 10 }, (_, i) => text(String(90 + i), i === 0 ? 30 : 90)),
];

const isDigits = (t: string) => /^[0-9]*$/.test(t);

/** The standard check digit over digits without it: weights 3 and 1 from the right, up to the next ten. */
export function checkDigit(digits: string): number {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) sum += Number(digits[digits.length - 1 - i]) * (i % 2 === 0 ? 3 : 1);
  return (10 - (sum % 10)) % 10;
}

/** A barcode: 8, 12, 13 or 14 digits are a GTIN and must have the right check digit; anything else is a code as it is. */
export function readBarcode(scanned: string): Read<Barcode> {
  const code = scanned.trim();
  if (code.length === 0) return { fault: 'barcode.empty' };
  if (code.length > mostBarcode) return { fault: 'barcode.too_long' };
  if (/[\p{Cc}\p{Cs}]/u.test(code)) return { fault: 'barcode.not_text' };
  if (![8, 12, 13, 14].includes(code.length) || !isDigits(code)) return { ok: { text: code, key: code, kind: 'code' } };
  if (checkDigit(code.slice(0, -1)) !== Number(code.at(-1))) return { fault: 'barcode.check_digit' };
  return { ok: { text: code, key: code.padStart(14, '0'), kind: `gtin${code.length}` as Barcode['kind'] } };
}

/** Is it written as a GS1 code? A GTIN alone is not. */
export const isGs1 = (code: string): boolean =>
  code.includes(separator) || marks.some((m) => code.startsWith(m)) || (code.length > 4 && code[0] === '(' && isDigits(code[1]!));

type Piece = { form: Form; ai: string; value: string };

/** Reads a GS1 code as scanners send it (symbology identifier, FNC1) or as it is printed in brackets. `year`: the one two digits are nearest to. */
export function readGs1(scanned: string, year: number): Read<Gs1Scan> {
  const code = scanned.replace(/^[ \r\n\t]+|[ \r\n\t]+$/g, '');
  if (code.length > mostCharacters) return { fault: 'gs1.malformed' };
  const split = code.startsWith('(') ? bracketed(code) : sent(code);
  if (split.fault) return split;
  const elements: Gs1Scan['elements'] = [];
  for (const { form, ai, value } of split.ok!) {
    const fault = faultOf(form, value, year);
    if (fault) return { fault };
    const known = elements.find((e) => e.ai === ai);
    if (known && known.value !== value) return { fault: 'gs1.repeated' };
    if (!known) elements.push({ ai, value });
  }
  if (elements.length === 0) return { fault: 'gs1.malformed' };
  const of = (ai: string) => elements.find((e) => e.ai === ai)?.value;
  const count = of('37') ?? of('30');
  if (of('02') !== undefined && count === undefined) return { fault: 'gs1.count_missing' };
  const day = of('17') ?? of('7003') ?? of('15') ?? of('16');
  const weight = elements.find((e) => e.ai.startsWith('310'));
  return {
    ok: {
      elements, sscc: of('00'), gtin: of('01') ?? of('02'), lot: of('10'), serial: of('21'),
      count: count === undefined ? undefined : Number(count),
      expiresOn: day === undefined ? undefined : (dayOf(day, year) ?? undefined),
      netGrams: weight ? Math.floor((Number(weight.value) * 1000) / 10 ** Number(weight.ai[3])) : undefined,
    },
  };
}

/** The code as it is printed: identifiers in brackets. */
export const showGs1 = (scan: Pick<Gs1Scan, 'elements'>): string => scan.elements.map((e) => `(${e.ai})${e.value}`).join('');

/** The code as a scanner sends it, with separators where they are needed. */
export const sendGs1 = (scan: Pick<Gs1Scan, 'elements'>): string =>
  ']C1' + scan.elements.map((e, i) => e.ai + e.value + (i === scan.elements.length - 1 || formOf(e.ai)?.isFixed ? '' : separator)).join('');

function bracketed(code: string): Read<Piece[]> {
  const found: Piece[] = [];
  for (let at = 0; at < code.length; ) {
    const end = code.indexOf(')', at);
    if (code[at] !== '(' || end < 0) return { fault: 'gs1.malformed' };
    const ai = code.slice(at + 1, end);
    const form = formOf(ai);
    if (!form) return { fault: 'gs1.unknown_identifier' };
    // A bracket may be part of a value: the next identifier begins where a known one stands in brackets, no sooner than the value may end.
    let next = end + 1 + form.least;
    for (; next < code.length; next++) {
      const close = code[next] === '(' ? code.indexOf(')', next) : -1;
      if (close > next && formOf(code.slice(next + 1, close))) break;
    }
    if (next > code.length) return { fault: 'gs1.length' };
    found.push({ form, ai, value: code.slice(end + 1, next) });
    at = next;
  }
  return { ok: found };
}

function sent(code: string): Read<Piece[]> {
  const mark = marks.find((m) => code.startsWith(m));
  const body = mark ? code.slice(mark.length) : code;
  const found: Piece[] = [];
  for (let at = 0; at < body.length; ) {
    if (body[at] === separator) {
      at++;
      continue;
    }
    const form = forms.find((f) => fits(f, body.slice(at, at + f.ai.length)));
    if (!form) return { fault: 'gs1.unknown_identifier' };
    const from = at + form.ai.length;
    let end = body.indexOf(separator, from);
    if (end < 0) end = body.length;
    if (form.isFixed) end = Math.min(end, from + form.most);
    found.push({ form, ai: body.slice(at, from), value: body.slice(from, end) });
    at = end;
  }
  return { ok: found };
}

const fits = (form: Form, ai: string) => ai.length === form.ai.length && [...form.ai].every((c, i) => (c === 'n' ? ai[i]! >= '0' && ai[i]! <= '5' : ai[i] === c));
const formOf = (ai: string): Form | undefined => forms.find((f) => fits(f, ai));

function faultOf(form: Form, value: string, year: number): ScanFault | null {
  if (value.length < form.least || value.length > form.most) return 'gs1.length';
  if (!(form.isNumber ? isDigits(value) : /^[A-Za-z0-9!"%&'()*+,\-./:;<=>?_]*$/.test(value))) return 'gs1.characters';
  if (form.hasCheckDigit && checkDigit(value.slice(0, -1)) !== Number(value.at(-1))) return 'barcode.check_digit';
  return form.isDay && dayOf(value, year) === null ? 'gs1.day' : null;
}

/** A day of six digits; day 00 is the last of its month. The century is that which lies within 50 years. */
function dayOf(digits: string, year: number): string | null {
  const [two, month, day] = [0, 2, 4].map((at) => Number(digits.slice(at, at + 2))) as [number, number, number];
  const apart = two - (year % 100);
  const full = year - (year % 100) + two + (apart >= 51 ? -100 : apart <= -50 ? 100 : 0);
  if (month < 1 || month > 12) return null;
  const last = new Date(Date.UTC(full, month, 0)).getUTCDate();
  if (day > last) return null;
  const padded = (n: number, length = 2) => String(n).padStart(length, '0');
  return `${padded(full, 4)}-${padded(month)}-${padded(day === 0 ? last : day)}`;
}
