import type { Schema } from '@house/api/client.ts';

export type BinItem = Schema['WriteBinsItem'];

/** Bins of some aisles that are alike: as many bays a block, as many levels, on one side or both. */
export interface Rows {
  fromAisle: number;
  toAisle: number;
  bays: number;
  levels: number;
  sides: 'both' | 'left' | 'right';
  zone: string;
  kind: NonNullable<BinItem['kind']>;
  capacityUnits: number | null;
  /** {aisle}, {block}, {bay} and {level} stand for their numbers, {letter} for the aisle as a letter. */
  pattern: string;
}

export const mostBins = 2_000;

const letter = (aisle: number): string => (aisle < 26 ? '' : letter(Math.floor(aisle / 26) - 1)) + String.fromCharCode(65 + (aisle % 26));
const two = (n: number): string => String(n).padStart(2, '0');

/** The bins of such rows in the order one walks past them; codes that come twice are the pattern's fault. */
export function binsOfRows(rows: Rows, layout: { blocks: number; blockLengthMm: number }): BinItem[] {
  const bins: BinItem[] = [];
  const sides = rows.sides === 'both' ? (['left', 'right'] as const) : [rows.sides];
  const bay = layout.blockLengthMm / rows.bays;
  for (let aisle = rows.fromAisle - 1; aisle < rows.toAisle; aisle++)
    for (let block = 0; block < layout.blocks; block++)
      for (let i = 0; i < rows.bays; i++)
        for (const [s, side] of sides.entries())
          for (let level = 0; level < rows.levels; level++) {
            if (bins.length > mostBins) return bins;
            const numbers: Record<string, string> = { aisle: two(aisle + 1), letter: letter(aisle), block: String(block + 1), bay: two(i * sides.length + s + 1), level: String(level + 1) };
            bins.push({
              code: rows.pattern.replace(/\{(\w+)\}/g, (all, name: string) => numbers[name] ?? all),
              zone: rows.zone.trim() || null,
              walkOrder: ((aisle * layout.blocks + block) * rows.bays + i) * 4 + s * 2 + Math.min(level, 1),
              kind: rows.kind,
              aisle,
              block,
              positionMm: Math.round((i + 0.5) * bay),
              side,
              level,
              storageClass: null,
              capacityUnits: rows.capacityUnits,
              capacityGrams: null,
              capacityCm3: null,
              isClosed: false,
            });
          }
  return bins;
}
