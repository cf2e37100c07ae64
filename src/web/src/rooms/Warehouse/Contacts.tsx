import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { ScrollPanel } from '@house/parts/ScrollPanel.tsx';
import { Section } from '@house/parts/Section.tsx';
import { When } from '@house/parts/When.tsx';
import { Bar } from './Bar.tsx';
import { contactsOptions, type Days } from './figures.ts';
import own from './Figures.module.css';
import en from './texts.en.ts';
import css from './Warehouse.module.css';

/** How often customers ask where their orders are, of all nodes; and which orders they cannot follow. */
export function Contacts({ days }: { days: Days }) {
  const t = useTexts(en);
  const { number, percent, date } = useFormat();
  const { data, error, refetch } = useQuery(contactsOptions(days));
  const most = Math.max(0, ...(data?.weeks.map((w) => w.per100 ?? 0) ?? []));
  const day = (at: string) => date(`${at}T12:00:00Z`, 'UTC');
  return (
    <Section title={t('contacts')}>
      <p className={own.told}>{t('contacts.about')}</p>
      <ProblemAlert error={error} again={() => void refetch()} />
      {data && data.shippedOrders === 0 && data.contacts === 0 && <p className={`sy-panel ${css.empty}`}>{t('contacts.empty')}</p>}
      {data && (data.shippedOrders > 0 || data.contacts > 0) && (
        <>
          <dl className={css.figures}>
            <div><dt>{t('contacts.per100')}</dt><dd>{data.per100 === null ? '–' : number(data.per100)}</dd></div>
            <div><dt>{t('contacts.where')}</dt><dd>{number(data.whereIsIt)}</dd></div>
            <div><dt>{t('contacts.all')}</dt><dd>{number(data.contacts)}</dd></div>
            <div><dt>{t('contacts.shipped')}</dt><dd>{number(data.shippedOrders)}</dd></div>
            <div><dt>{t('contacts.followed')}</dt><dd data-tone={data.linkShare !== null && data.linkShare < 1 ? 'warn' : undefined}>{data.linkShare === null ? '–' : percent(data.linkShare)}</dd></div>
          </dl>
          <ScrollPanel label={t('contacts.weeks')}>
            <table className={css.table} aria-label={t('contacts.weeks')}>
              <thead>
                <tr>
                  <th scope="col">{t('contacts.week')}</th>
                  <th scope="col" colSpan={2}>{t('contacts.per100')}</th>
                  {(['contacts.where', 'contacts.all', 'contacts.shipped'] as const).map((h) => <th key={h} scope="col" className={css.end}>{t(h)}</th>)}
                </tr>
              </thead>
              <tbody>
                {data.weeks.map((w) => (
                  <tr key={w.from}>
                    <th scope="row">{t('figures.days', { from: day(w.from), to: day(w.to) })}</th>
                    <td className={css.end}>{w.per100 === null ? '–' : number(w.per100)}</td>
                    <td className={own.withBar}><Bar parts={[{ value: w.per100 ?? 0, colour: 2 }]} most={most} /></td>
                    <td className={css.end}>{number(w.whereIsIt)}</td>
                    <td className={css.end}>{number(w.contacts)}</td>
                    <td className={css.end}>{number(w.shippedOrders)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </ScrollPanel>
          {data.missing.length > 0 && (
            <Section isSide title={t('contacts.missing')} beside={number(data.shippedOrders - data.withLink)}>
              <p className={own.told}>{t('contacts.missing.about')}</p>
              <ul className={css.list} aria-label={t('contacts.missing')}>
                {data.missing.slice(0, 20).map((m) => (
                  <li key={m.order}>
                    <span className={css.main}><Link to={`/orders/${m.order}`}>#{m.number}</Link></span>
                    <When at={m.shippedAt} />
                  </li>
                ))}
              </ul>
            </Section>
          )}
        </>
      )}
    </Section>
  );
}
