/** A level as a file has it. */
export interface Level {
  sku: string;
  onHand: number;
}

export type Fault = { kind: 'columns' } | { kind: 'rows' } | { kind: 'number'; row: number; text: string } | { kind: 'repeated'; row: number; sku: string } | { kind: 'many'; most: number };
export const mostRows = 10_000;

const skuNames = ['sku', 'item'];
const unitNames = ['on_hand', 'onhand', 'quantity', 'qty', 'level', 'stock'];

/** Levels of a CSV file: comma, semicolon or tab, with a head. What cannot be read is told by its row; nothing is guessed. */
export function levelsOf(text: string): { levels: Level[] } | { fault: Fault } {
  const rows = rowsOf(text.replace(/^\uFEFF/, '')).filter((r) => r.some((c) => c.trim() !== ''));
  const head = (rows[0] ?? []).map((c) => c.trim().toLowerCase().replaceAll(/[\s-]+/g, '_'));
  const [sku, units] = [head.findIndex((c) => skuNames.includes(c)), head.findIndex((c) => unitNames.includes(c))];
  if (sku < 0 || units < 0) return { fault: { kind: 'columns' } };
  if (rows.length === 1) return { fault: { kind: 'rows' } };
  if (rows.length - 1 > mostRows) return { fault: { kind: 'many', most: mostRows } };
  const levels: Level[] = [];
  const seen = new Set<string>();
  for (const [i, row] of rows.slice(1).entries()) {
    const [name, said] = [(row[sku] ?? '').trim(), (row[units] ?? '').trim()];
    if (!/^\d{1,10}(\.0+)?$/.test(said) || name === '') return { fault: { kind: 'number', row: i + 2, text: name === '' ? `„${said}“` : said || '–' } };
    if (seen.has(name.toUpperCase())) return { fault: { kind: 'repeated', row: i + 2, sku: name } };
    seen.add(name.toUpperCase());
    levels.push({ sku: name, onHand: Number(said) });
  }
  return { levels };
}

function rowsOf(text: string): string[][] {
  const first = text.slice(0, text.search(/[\r\n]|$/));
  const mark = [',', ';', '\t'].sort((a, b) => first.split(b).length - first.split(a).length)[0]!;
  const rows: string[][] = [];
  let [row, cell, isQuoted]: [string[], string, boolean] = [[], '', false];
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!;
    if (isQuoted) {
      if (c !== '"') cell += c;
      else if (text[i + 1] === '"') cell += text[i++]!;
      else isQuoted = false;
    } else if (c === '"' && cell === '') isQuoted = true;
    else if (c === mark) [row, cell] = [[...row, cell], ''];
    else if (c === '\n' || c === '\r') {
      if (c === '\r' && text[i + 1] === '\n') i++;
      rows.push([...row, cell]);
      [row, cell] = [[], ''];
    } else cell += c;
  }
  if (cell !== '' || row.length > 0) rows.push([...row, cell]);
  return rows;
}

/** A cell that a spreadsheet takes for a text, whatever it begins with. */
const cellOf = (text: string): string => {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

export const csvOf = (head: readonly string[], rows: readonly (readonly (string | number)[])[]): string => [head, ...rows].map((r) => r.map((c) => (typeof c === 'number' ? c : cellOf(c))).join(',')).join('\r\n') + '\r\n';
