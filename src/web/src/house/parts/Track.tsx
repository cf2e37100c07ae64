import { useTexts } from '../i18n/useTexts.tsx';
import { progress, stages, type Buckets, type Stage } from './buckets.ts';
import css from './Track.module.css';
import en from './texts.en.ts';

interface Props {
  buckets: Buckets;
  /** "3/7" beside the bar. */
  withCount?: boolean;
  isWide?: boolean;
  /** A segment filters. */
  onStage?: (stage: Stage) => void;
}

/** Where the units are: one bar everywhere, with words for readers. */
export function Track({ buckets, withCount = false, isWide = false, onStage }: Props) {
  const t = useTexts(en);
  const parts = stages.flatMap((stage) => (buckets[stage] ? [{ stage, n: buckets[stage] }] : []));
  const { gone, wanted } = progress(buckets);
  const words = parts.map((p) => t('track.part', { n: p.n, stage: t.maybe(`stage.${p.stage}`) })).join(', ');
  return (
    <span className={`${css.track} ${isWide ? css.full : ''}`} title={words}>
      <span className={`${css.bar} ${isWide ? css.wide : ''}`} role={onStage ? 'group' : 'img'} aria-label={words || t('track.none')}>
        {parts.map(({ stage, n }) =>
          onStage ? (
            <button
              key={stage}
              type="button"
              className={css.part}
              data-track-part={stage}
              style={{ flexGrow: n }}
              aria-label={t('track.filter', { n, stage: t.maybe(`stage.${stage}`) })}
              onClick={() => onStage(stage)}
            />
          ) : (
            <span key={stage} className={css.part} data-track-part={stage} style={{ flexGrow: n }} />
          ),
        )}
      </span>
      {withCount && (
        <span className={css.count} aria-hidden>
          {gone}/{wanted}
        </span>
      )}
    </span>
  );
}
