import type { Schema } from '@house/api/client.ts';

export type Placed = Schema['SuggestCartonPlacedItem'];

/** An item of a picture: which it is in the order they go in, and the colour of its line. */
export interface Drawn {
  no: number;
  tone: number;
  item: Placed;
}

/** Items that lie beside each other, none above another: what the packer puts in before the next. */
export type Layer = Drawn[];

const tones = 6;

/** The box as it fills, from the bottom up: an item is one layer above the highest it lies over. */
export function layersOf(items: readonly Placed[]): Layer[] {
  const lines = [...new Set(items.map((i) => i.line))];
  const levels: { drawn: Drawn; level: number }[] = [];
  const upwards = items.map((item, i) => ({ item, no: i + 1, tone: (lines.indexOf(item.line) % tones) + 1 })).sort((a, b) => a.item.z - b.item.z || a.no - b.no);
  for (const drawn of upwards) {
    const below = levels.filter((l) => overlap(l.drawn.item, drawn.item) && l.drawn.item.z + l.drawn.item.heightMm <= drawn.item.z);
    levels.push({ drawn, level: below.reduce((most, l) => Math.max(most, l.level + 1), 0) });
  }
  const layers: Layer[] = [];
  for (const { drawn, level } of levels) (layers[level] ??= []).push(drawn);
  return layers.map((layer) => layer.sort((a, b) => a.no - b.no));
}

const overlap = (a: Placed, b: Placed) => a.x < b.x + b.lengthMm && b.x < a.x + a.lengthMm && a.y < b.y + b.widthMm && b.y < a.y + a.widthMm;

/** "1–3, 5": which numbers of the picture are which product. */
export function spans(numbers: readonly number[]): string {
  const sorted = [...numbers].sort((a, b) => a - b);
  const parts: string[] = [];
  for (let i = 0; i < sorted.length; i++) {
    let end = i;
    while (end + 1 < sorted.length && sorted[end + 1] === sorted[end]! + 1) end++;
    parts.push(end === i ? String(sorted[i]) : `${sorted[i]}–${sorted[end]}`);
    i = end;
  }
  return parts.join(', ');
}
