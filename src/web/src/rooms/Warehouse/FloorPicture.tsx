import { useMemo, type MouseEvent } from 'react';
import { useTexts } from '@house/i18n/useTexts.tsx';
import css from './FloorPicture.module.css';
import { bayOf, boxOf, fillOf, lengthOf, placeOf, walkOf, type Picture } from './floor.ts';
import en from './texts.en.ts';

/** A walk that is drawn: the bins in the order they are passed. */
export interface Walk {
  id: string;
  bins: readonly string[];
}

/** What the colour of a bin says. */
export type Colouring = 'plain' | 'zone' | 'fill' | 'wanted';

interface Props {
  picture: Picture;
  colouring?: Colouring;
  walks?: readonly Walk[];
  /** The others fade. */
  chosen?: string | null;
  onBin?: (code: string) => void;
}

const mostColours = 6;
/** Which of the six colours a zone or a walk has. */
export const colourOf = (index: number): number => (index % mostColours) + 1;

/** The floor of a node from above, its front at the bottom: aisles, bins, and walks over them. The tables beside it say the same in words. */
export function FloorPicture({ picture, colouring = 'plain', walks = [], chosen = null, onBin }: Props) {
  const t = useTexts(en);
  const { layout, bins } = picture;
  const drawn = useMemo(() => {
    if (!layout) return null;
    const levels = Math.max(1, ...bins.filter((b) => b.aisle !== null).map((b) => b.level + 1));
    const bay = bayOf(bins, layout);
    return bins.flatMap((bin) => {
      const box = boxOf(bin, layout, levels, bay);
      return box ? [{ bin, box }] : [];
    });
  }, [bins, layout]);
  const byCode = useMemo(() => new Map(bins.map((b) => [b.code, b])), [bins]);
  if (!layout || !drawn) return null;
  const width = (layout.aisles - 1) * layout.aisleSpacingMm;
  const margin = layout.aisleSpacingMm * 0.7;
  const up = (y: number) => layout.lengthMm - y;
  const most = Math.max(1, ...bins.map((b) => b.wanted));
  const toneOf = (bin: (typeof bins)[number]) =>
    colouring === 'zone' ? (bin.zone === null ? 0 : colourOf(picture.zones.indexOf(bin.zone))) : colouring === 'fill' ? fillOf(bin) : colouring === 'wanted' ? (bin.wanted === 0 ? 0 : Math.max(1, Math.ceil((bin.wanted / most) * 5))) : bin.units > 0 ? 1 : 0;
  const lines = walks.map((walk, i) => {
    const points = walkOf(layout, walk.bins.flatMap((b) => placeOf(byCode.get(b)) ?? []));
    // Walks beside each other, so that none hides another.
    const off = ((i % 7) - 3) * layout.aisleSpacingMm * 0.035;
    return { id: walk.id, colour: colourOf(i), length: lengthOf(points), d: points.map((p, j) => `${j === 0 ? 'M' : 'L'}${p.x + off} ${up(p.y) + off}`).join('') };
  });
  const choose = (e: MouseEvent) => {
    const code = (e.target as Element).closest('[data-bin]')?.getAttribute('data-bin');
    if (code) onBin?.(code);
  };
  return (
    // A click on a bin is for the pointer; by the keyboard bins are reached through their list.
    <svg
      className={css.floor}
      viewBox={`${-margin} ${-margin} ${width + 2 * margin} ${layout.lengthMm + 2.2 * margin}`}
      role="img"
      aria-label={t('floor.words', { node: picture.node, aisles: layout.aisles, blocks: layout.blocks, bins: drawn.length, walks: walks.length })}
      data-links={onBin ? true : undefined}
      {...(onBin ? { onClick: choose } : {})}
    >
      {Array.from({ length: layout.aisles }, (_, aisle) => (
        <line key={aisle} className={css.aisle} x1={aisle * layout.aisleSpacingMm} x2={aisle * layout.aisleSpacingMm} y1={0} y2={layout.lengthMm} strokeWidth={layout.aisleSpacingMm * 0.2} />
      ))}
      {Array.from({ length: layout.blocks + 1 }, (_, k) => (
        <line key={k} className={css.aisle} x1={0} x2={width} y1={up(k * layout.blockLengthMm)} y2={up(k * layout.blockLengthMm)} strokeWidth={layout.aisleSpacingMm * 0.2} />
      ))}
      <g data-colouring={colouring}>
        {drawn.map(({ bin, box }) => (
          <rect key={bin.code} className={css.bin} data-bin={bin.code} data-tone={toneOf(bin)} data-closed={bin.isClosed || undefined} x={box.x} y={up(box.y + box.height)} width={box.width} height={box.height}>
            <title>{t('bin.words', { bin: bin.code, zone: bin.zone ?? '–', units: bin.units, wanted: bin.wanted })}</title>
          </rect>
        ))}
      </g>
      {lines.map((line) => (
        <path key={line.id} className={css.walk} d={line.d} data-colour={line.colour} data-faded={(chosen !== null && chosen !== line.id) || undefined} strokeWidth={layout.aisleSpacingMm * 0.07} />
      ))}
      <circle className={css.depot} cx={layout.depotAisle * layout.aisleSpacingMm} cy={layout.lengthMm} r={layout.aisleSpacingMm * 0.2} />
      {Array.from({ length: layout.aisles }, (_, aisle) => (
        <text key={aisle} className={css.name} x={aisle * layout.aisleSpacingMm} y={layout.lengthMm + margin * 1.1} fontSize={layout.aisleSpacingMm * 0.26}>
          {aisle + 1}
        </text>
      ))}
    </svg>
  );
}
