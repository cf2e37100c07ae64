import { isGs1, readBarcode, readGs1, type Barcode, type Gs1Scan, type ScanFault } from './gs1.ts';

/** What a command barcode asks for. */
export type ScanCommand = 'skip' | 'short' | 'broken' | 'done' | 'undo' | 'next';

/**
 * Command barcodes begin with DOIT, as no product does, and hold only letters that lie at the same place on English, German and French keyboards:
 * a scanner that types by another layout still says them rightly.
 */
export const commandCodes: Record<ScanCommand, string> = {
  skip: 'DOITSKIP', short: 'DOITSHORT', broken: 'DOITBROKEN', done: 'DOITDONE', undo: 'DOITUNDO', next: 'DOITNEXT',
};

export interface Scan {
  text: string;
  by: 'wedge' | 'camera' | 'typed';
  command?: ScanCommand | undefined;
  /** A GTIN or any other code; of a GS1 code the GTIN in it. Missing where the code has a fault or names no product. */
  barcode?: Barcode | undefined;
  gs1?: Gs1Scan | undefined;
  /** Why it is neither: a digit was misread, or the code is malformed. */
  fault?: ScanFault | undefined;
}

/** What was scanned, without asking anybody. */
export function readScan(scanned: string, by: Scan['by'] = 'wedge', year = new Date().getFullYear()): Scan {
  const text = scanned.trim();
  const command = (Object.keys(commandCodes) as ScanCommand[]).find((c) => commandCodes[c] === text.toUpperCase());
  if (command) return { text, by, command };
  if (!isGs1(text)) {
    const { ok, fault } = readBarcode(text);
    return { text, by, barcode: ok, fault };
  }
  const { ok: gs1, fault } = readGs1(text, year);
  if (!gs1) return { text, by, fault };
  const inside = gs1.gtin === undefined ? undefined : readBarcode(gs1.gtin);
  return { text, by, gs1, barcode: inside?.ok, fault: inside?.fault };
}

/** The key two scans of one thing have in common: the GTIN with zeros before it, else the text in capitals. */
export const keyOf = (scan: Pick<Scan, 'barcode' | 'text'>): string => (scan.barcode?.key ?? scan.text).toUpperCase();
