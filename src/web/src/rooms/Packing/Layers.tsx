import { useTexts } from '@house/i18n/useTexts.tsx';
import { useFormat } from '@house/i18n/useFormat.ts';
import css from './Layers.module.css';
import { layersOf, spans } from './layers.ts';
import type { Carton, Line } from './table.ts';
import en from './texts.en.ts';

/** The box seen from above, layer by layer from the bottom, with the items numbered as they go in. */
export function Layers({ box, lines }: { box: Carton; lines: readonly Line[] }) {
  const t = useTexts(en);
  const { number } = useFormat();
  const layers = layersOf(box.items);
  const { lengthMm: length, widthMm: width } = box.inner;
  const legend = [...new Map(layers.flat().map((d) => [d.item.line, d.tone]))].map(([line, tone]) => ({
    line, tone, numbers: layers.flat().filter((d) => d.item.line === line).map((d) => d.no),
  }));
  const named = (line: number) => lines.find((l) => l.line === line);
  return (
    <figure className={css.figure}>
      <ol className={css.layers}>
        {layers.map((layer, i) => (
          <li key={i} className={css.layer}>
            <svg viewBox={`-2 -2 ${length + 4} ${width + 4}`} className={css.box} role="img" aria-label={t('layers.of', { n: i + 1, of: layers.length, items: layer.map((d) => `${d.no} ${d.item.sku}`).join(', ') })}>
              <rect x={0} y={0} width={length} height={width} className={css.walls} />
              {layer.map(({ no, tone, item }) => (
                <g key={no}>
                  <rect x={item.x} y={item.y} width={item.lengthMm} height={item.widthMm} className={css.item} data-tone={tone} />
                  <text x={item.x + item.lengthMm / 2} y={item.y + item.widthMm / 2} fontSize={Math.min(item.lengthMm, item.widthMm, length / 3) * 0.5} className={css.no}>
                    {no}
                  </text>
                </g>
              ))}
            </svg>
            <span className="sy-meta">{t('layers.layer', { n: i + 1 })}</span>
          </li>
        ))}
      </ol>
      <figcaption>
        <ul className={css.legend} aria-label={t('layers.legend')}>
          {legend.map(({ line, tone, numbers }) => (
            <li key={line} className={css.entry}>
              <svg viewBox="0 0 10 10" className={css.swatch} aria-hidden>
                <rect x={0.5} y={0.5} width={9} height={9} className={css.item} data-tone={tone} />
              </svg>
              <span className="sy-strong sy-nowrap">{spans(numbers)}</span>
              <span dir="auto" className="sy-clip">{named(line)?.name ?? named(line)?.sku}</span>
            </li>
          ))}
        </ul>
        {box.dunnageMm3 > 0 && <p className="sy-meta">{t('layers.dunnage', { litres: number(Math.round(box.dunnageMm3 / 100_000) / 10) })}</p>}
      </figcaption>
    </figure>
  );
}
