import { useQuery } from '@tanstack/react-query';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { ScrollPanel } from '@house/parts/ScrollPanel.tsx';
import { Section } from '@house/parts/Section.tsx';
import { useActorName } from '@house/useActorName.ts';
import { Bar } from './Bar.tsx';
import { pickFiguresOptions, type Days } from './figures.ts';
import own from './Figures.module.css';
import en from './texts.en.ts';
import css from './Warehouse.module.css';

/** What each picker did, from the log of scans: by this node's clock. */
export function PickFigures({ node, days }: { node: string; days: Days }) {
  const t = useTexts(en);
  const nameOf = useActorName();
  const { number, percent, span } = useFormat();
  const { data, error, refetch } = useQuery(pickFiguresOptions(node, days));
  const most = Math.max(0, ...(data?.operatives.map((o) => o.linesPerHour ?? 0) ?? []));
  return (
    <Section title={t('figures.picked')}>
      <p className={own.told}>{t('figures.picked.about')}</p>
      <ProblemAlert error={error} again={() => void refetch()} />
      {data?.operatives.length === 0 && <p className={`sy-panel ${css.empty}`}>{t('figures.empty')}</p>}
      {data && data.operatives.length > 0 && (
        <ScrollPanel label={t('figures.picked')}>
          <table className={css.table} aria-label={t('figures.picked')}>
            <thead>
              <tr>
                <th scope="col">{t('people.who')}</th>
                <th scope="col" colSpan={2}>{t('figures.perHour')}</th>
                {(['figures.lines', 'units', 'figures.misPicks', 'figures.shorts', 'figures.walk', 'figures.work', 'figures.idle'] as const).map((h) => <th key={h} scope="col" className={css.end}>{t(h)}</th>)}
              </tr>
            </thead>
            <tbody>
              {data.operatives.map((o) => (
                <tr key={o.operative}>
                  <th scope="row"><bdi>{o.name ?? nameOf(o.operative)}</bdi></th>
                  <td className={css.end}>{o.linesPerHour === null ? '–' : number(Math.round(o.linesPerHour))}</td>
                  <td className={own.withBar}><Bar parts={[{ value: o.linesPerHour ?? 0, colour: 1 }]} most={most} /></td>
                  <td className={css.end}>{number(o.lines)}</td>
                  <td className={css.end}>{number(o.units)}</td>
                  <td className={css.end}>{number(o.misPicks)}{o.misPickRate !== null && o.misPicks > 0 && <span className="sy-muted"> · {percent(o.misPickRate)}</span>}</td>
                  <td className={css.end}>{number(o.shorts)}</td>
                  <td className={css.end}>{o.walkMetres === null ? '–' : t('figures.metres', { n: o.walkMetres })}</td>
                  <td className={css.end}>{span(o.workSeconds * 1000)}</td>
                  <td className={css.end}>{span(o.idleSeconds * 1000)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollPanel>
      )}
    </Section>
  );
}
