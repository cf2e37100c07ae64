// A small reader of ICU messages: {name}, {n, plural, one {# order} other {# orders}}, {kind, select, a {…} other {…}}.

export type Piece = string | { arg: string } | { arg: string; choose: 'plural' | 'select'; cases: Map<string, Piece[]> } | { hash: true };

const read = new Map<string, Piece[]>();

export function parse(message: string): Piece[] {
  const known = read.get(message);
  if (known) return known;
  const reader = { text: message, at: 0 };
  const pieces = sequence(reader, false);
  if (reader.at < message.length) throw new Error(`A bracket too many in: ${message}`);
  read.set(message, pieces);
  return pieces;
}

interface Reader {
  text: string;
  at: number;
}

function sequence(r: Reader, inPlural: boolean): Piece[] {
  const pieces: Piece[] = [];
  let plain = '';
  const flush = () => {
    if (plain) pieces.push(plain);
    plain = '';
  };
  for (; r.at < r.text.length && r.text[r.at] !== '}'; ) {
    const c = r.text[r.at]!;
    if (c === '{') {
      flush();
      pieces.push(argument(r));
    } else if (c === '#' && inPlural) {
      flush();
      pieces.push({ hash: true });
      r.at++;
    } else {
      plain += c;
      r.at++;
    }
  }
  flush();
  return pieces;
}

function argument(r: Reader): Piece {
  const head = /^\{\s*(\w+)\s*(?:,\s*(plural|select)\s*,\s*)?/.exec(r.text.slice(r.at));
  if (!head) throw new Error(`Not readable at ${r.at} in: ${r.text}`);
  r.at += head[0].length;
  const arg = head[1]!;
  if (!head[2]) {
    close(r);
    return { arg };
  }
  const cases = new Map<string, Piece[]>();
  for (let key; (key = /^\s*(=?\w+)\s*\{/.exec(r.text.slice(r.at))); ) {
    r.at += key[0].length;
    cases.set(key[1]!, sequence(r, head[2] === 'plural'));
    close(r);
  }
  r.at += /^\s*/.exec(r.text.slice(r.at))![0].length;
  close(r);
  if (!cases.has('other')) throw new Error(`No "other" in: ${r.text}`);
  return { arg, choose: head[2] as 'plural' | 'select', cases };
}

function close(r: Reader) {
  if (r.text[r.at] !== '}') throw new Error(`A bracket is missing in: ${r.text}`);
  r.at++;
}

/** The message's parts with its arguments in their places; text is text, other arguments (elements) stay what they are. */
export function fill<T>(pieces: Piece[], values: Record<string, T | string | number>, locale: string): (T | string)[] {
  const out: (T | string)[] = [];
  const walk = (pieces: Piece[], count: number | null) => {
    for (const piece of pieces) {
      if (typeof piece === 'string') out.push(piece);
      else if ('hash' in piece) out.push(number(count ?? 0, locale));
      else if ('choose' in piece) {
        const value = values[piece.arg];
        const n = Number(value);
        const chosen =
          piece.choose === 'plural'
            ? (piece.cases.get(`=${n}`) ?? piece.cases.get(rules(locale).select(n)))
            : piece.cases.get(String(value));
        walk(chosen ?? piece.cases.get('other')!, piece.choose === 'plural' ? n : count);
      } else {
        const value = values[piece.arg];
        out.push(typeof value === 'number' ? number(value, locale) : (value ?? `{${piece.arg}}`));
      }
    }
  };
  walk(pieces, null);
  return out;
}

/** The same message with its plain words changed; the names of arguments stay. */
export function reword(pieces: Piece[], change: (plain: string) => string): Piece[] {
  return pieces.map((piece) =>
    typeof piece === 'string'
      ? change(piece)
      : 'choose' in piece
        ? { ...piece, cases: new Map([...piece.cases].map(([key, inner]) => [key, reword(inner, change)])) }
        : piece,
  );
}

const numbers = new Map<string, Intl.NumberFormat>();
const plurals = new Map<string, Intl.PluralRules>();

function number(n: number, locale: string) {
  if (!numbers.has(locale)) numbers.set(locale, new Intl.NumberFormat(locale));
  return numbers.get(locale)!.format(n);
}

function rules(locale: string) {
  if (!plurals.has(locale)) plurals.set(locale, new Intl.PluralRules(locale));
  return plurals.get(locale)!;
}
