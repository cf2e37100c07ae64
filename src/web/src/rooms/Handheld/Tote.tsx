import { letterOf } from './walk.ts';
import css from './Handheld.module.css';

// A colour and a shape for each place of the cart: one of them is seen from the corner of the eye, and nobody needs to tell colours apart.
const shapes = [
  'M32 4a28 28 0 1 0 0 56a28 28 0 1 0 0-56z',
  'M6 6h52v52H6z',
  'M32 2L62 32L32 62L2 32z',
  'M18 6h28l14 26l-14 26H18L4 32z',
  'M32 3l28 20l-10 36H14L4 23z',
  'M20 4h24l16 16v24L44 60H20L4 44V20z',
];

export function Tote({ place, isLarge = false }: { place: number; isLarge?: boolean }) {
  const at = (place - 1) % 6;
  return (
    <svg className={isLarge ? css.toteLarge : css.tote} viewBox="0 0 64 64" data-tone={at} aria-hidden>
      <path d={shapes[at]} />
      <text x="32" y="33" textAnchor="middle" dominantBaseline="central">
        {letterOf(place)}
      </text>
    </svg>
  );
}
