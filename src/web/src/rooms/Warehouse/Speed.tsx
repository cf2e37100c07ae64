import { useQuery } from '@tanstack/react-query';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { Section } from '@house/parts/Section.tsx';
import { speedOptions, type Days } from './figures.ts';
import own from './Figures.module.css';
import en from './texts.en.ts';
import css from './Warehouse.module.css';

/** How long paid orders take until a carrier has them: by the clock, and by the hours in which people work here. */
export function Speed({ node, days }: { node: string; days: Days }) {
  const t = useTexts(en);
  const { number, span } = useFormat();
  const { data, error, refetch } = useQuery(speedOptions(node, days));
  const all = data?.all;
  const time = (seconds: number | null) => (seconds === null ? '–' : span(seconds * 1000));
  const left = data ? (['preorders', 'cancelled', 'unpaid'] as const).filter((what) => data[what] > 0) : [];
  return (
    <Section title={t('speed')}>
      <p className={own.told}>{t('speed.about')}</p>
      <ProblemAlert error={error} again={() => void refetch()} />
      {all?.releases === 0 && <p className={`sy-panel ${css.empty}`}>{t('speed.empty')}</p>}
      {all && all.releases > 0 && (
        <dl className={css.figures}>
          <div><dt>{t('speed.median')}</dt><dd>{time(all.median.elapsed)}</dd></div>
          <div><dt>{t('speed.p90')}</dt><dd>{time(all.p90.elapsed)}</dd></div>
          <div><dt>{t('speed.medianOpen')}</dt><dd>{time(all.median.open)}</dd></div>
          <div><dt>{t('speed.p90Open')}</dt><dd>{time(all.p90.open)}</dd></div>
          <div><dt>{t('speed.releases')}</dt><dd>{number(all.releases)}</dd></div>
        </dl>
      )}
      {data && (left.length > 0 || data.all.held > 0) && (
        <ul className={own.left} aria-label={t('speed.left')}>
          {data.all.held > 0 && <li>{t('speed.held', { n: data.all.held, time: time(data.all.heldSeconds) })}</li>}
          {left.map((what) => <li key={what}>{t(`speed.${what}`, { n: data[what] })}</li>)}
        </ul>
      )}
    </Section>
  );
}
