import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import css from './Throughput.module.css';
import en from './texts.en.ts';

const width = 8;
const gap = 2;
const height = 40;

/** How many orders came in each of the last hours, the oldest first: a strip of bars, read out as its sum and its fullest hour. */
export function Throughput({ hours }: { hours: readonly number[] }) {
  const t = useTexts(en);
  const { number } = useFormat();
  const most = Math.max(...hours, 0);
  return (
    <figure className={css.strip}>
      <figcaption className="sy-meta">{t('throughput')}</figcaption>
      <svg className={css.bars} viewBox={`0 0 ${hours.length * (width + gap) - gap} ${height}`} preserveAspectRatio="none" role="img" aria-label={t('throughput.about', { n: hours.reduce((sum, n) => sum + n, 0), most: number(most) })}>
        {hours.map((n, i) => {
          const tall = most === 0 ? 1 : Math.max(1, Math.round((n / most) * height));
          return <rect key={i} x={i * (width + gap)} y={height - tall} width={width} height={tall} className={n === 0 ? css.none : css.some} />;
        })}
      </svg>
      <p className={`sy-meta ${css.ends}`} aria-hidden><span>{t('throughput.from')}</span><span>{t('throughput.to')}</span></p>
    </figure>
  );
}
