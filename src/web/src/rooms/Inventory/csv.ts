/** Rows of cells out of a CSV text with commas; quoted cells may hold commas, quotes and line breaks. */
export function readCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let isQuoted = false;
  const endCell = () => {
    row.push(cell);
    cell = '';
  };
  const endRow = () => {
    endCell();
    if (row.length > 1 || row[0] !== '') rows.push(row);
    row = [];
  };
  for (let i = text.startsWith('\uFEFF') ? 1 : 0; i < text.length; i++) {
    const c = text[i]!;
    if (isQuoted && c === '"' && text[i + 1] === '"') {
      cell += c;
      i++;
    } else if (c === '"') isQuoted = !isQuoted;
    else if (!isQuoted && c === ',') endCell();
    else if (!isQuoted && c === '\n') endRow();
    else if (isQuoted || c !== '\r') cell += c;
  }
  if (cell !== '' || row.length > 0) endRow();
  return rows;
}

export const writeCsv = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => row.map((cell) => (/[",\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',') + '\r\n').join('');

/** What the server puts in front of a row that failed. */
const told = 4;

export interface BadRow {
  line: string;
  /** Our names of the columns at fault. */
  fields: string[];
  reason: string;
  cells: string[];
}

/** The error file: the headers of the file that was sent, and its rows that failed. */
export function readErrors(text: string): { headers: string[]; rows: BadRow[] } {
  const [head = [], ...rows] = readCsv(text);
  const headers = head.slice(told);
  return {
    headers,
    rows: rows.map(([line = '', fields = '', , reason = '', ...cells]) => ({
      line,
      fields: fields.split('; ').filter(Boolean),
      reason,
      cells: headers.map((_, i) => cells[i] ?? ''),
    })),
  };
}
