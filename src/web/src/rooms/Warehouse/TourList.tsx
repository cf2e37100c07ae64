import type { ReactNode } from 'react';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { colourOf } from './FloorPicture.tsx';
import en from './texts.en.ts';
import css from './Warehouse.module.css';
import { metres } from './waves.ts';

export interface TourRow {
  id: string;
  no: number;
  zone: string | null;
  releases: number;
  stops: number;
  units: number;
  walkMm: number | null;
  seconds: number;
  end?: ReactNode;
  below?: ReactNode;
}

interface Props {
  tours: readonly TourRow[];
  chosen: string | null;
  onChoose: (id: string | null) => void;
}

/** Tours with the colours they are drawn in; one that is chosen stands out in the picture. */
export function TourList({ tours, chosen, onChoose }: Props) {
  const t = useTexts(en);
  const { number, span } = useFormat();
  return (
    <ol className={css.list} aria-label={t('tours')}>
      {tours.map((tour, i) => (
        <li key={tour.id} data-chosen={chosen === tour.id || undefined}>
          <div className={css.main}>
            <button type="button" className={css.tourName} aria-pressed={chosen === tour.id} onClick={() => onChoose(chosen === tour.id ? null : tour.id)}>
              <span className={css.swatch} data-colour={colourOf(i)} aria-hidden />
              {tour.zone === null ? t('tour', { no: tour.no }) : t('tour.zone', { no: tour.no, zone: tour.zone })}
            </button>
            <span className="sy-muted">
              {t('tour.what', { releases: tour.releases, stops: tour.stops, units: tour.units })}
              {' · '}
              {tour.walkMm === null ? '' : `${t('metres', { m: number(metres(tour.walkMm)) })} · `}
              {span(tour.seconds * 1000)}
            </span>
          </div>
          {tour.end}
          {tour.below && <div className={css.wide}>{tour.below}</div>}
        </li>
      ))}
    </ol>
  );
}
