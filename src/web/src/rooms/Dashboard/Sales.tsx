import { NativeSelect } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useSpeech, useTexts } from '@house/i18n/useTexts.tsx';
import { Money } from '@house/parts/Money.tsx';
import { Section } from '@house/parts/Section.tsx';
import { channelsOf, currenciesOf, daysOf, type Dashboard, type Measure } from './dashboard.ts';
import css from './DashboardPage.module.css';
import en from './texts.en.ts';

// The drawing library is heavy and only this part needs it.
const Bars = lazy(() => import('./Bars.tsx'));

/** Sales of whole days: as a picture, and as the table the picture was drawn from. */
export function Sales({ dashboard }: { dashboard: Dashboard }) {
  const t = useTexts(en);
  const format = useFormat();
  const { locale } = useSpeech();
  const [chosen, setChosen] = useState<Measure>('orders');
  const currencies = currenciesOf(dashboard.channels);
  const by = chosen === 'orders' || chosen === 'units' || currencies.includes(chosen) ? chosen : 'orders';
  const write = (n: number) => (by === 'orders' || by === 'units' ? format.number(n) : format.money(n, by));
  const dayName = (date: string) => format.date(`${date}T00:00:00Z`, 'UTC');
  const short = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' });
  if (dashboard.trend.length === 0)
    return (
      <Section title={t('sales')}>
        <p className="sy-muted">{t('sales.none')}</p>
      </Section>
    );
  const measure = (
    <NativeSelect
      aria-label={t('measure')}
      value={by}
      onChange={(e) => setChosen(e.currentTarget.value)}
      data={[
        { value: 'orders', label: t('orders') },
        { value: 'units', label: t('units') },
        ...currencies.map((c) => ({ value: c, label: t('taken', { currency: c }) })),
      ]}
    />
  );
  const withAmounts = currencies.length > 0;
  // Where all is sold in the own currency a second column says nothing new.
  const withBase = withAmounts && dashboard.channels.some((c) => c.currency !== c.baseCurrency);
  const days = daysOf(dashboard.trend, by).map((d) => ({ name: short.format(Date.parse(d.date)), value: d.value }));
  return (
    <div className={css.pair}>
      <Section title={t('trend')} beside={t('wholeDays')} actions={measure}>
        <Suspense fallback={<div className={css.chart} />}>
          <Bars rows={days} write={write} label={t('trend')} />
        </Suspense>
        <details className={css.details}>
          <summary>{t('asTable')}</summary>
          <table className="sy-table">
            <thead>
              <tr>
                <th scope="col">{t('day')}</th>
                <th scope="col" className="sy-number">{t('orders')}</th>
                <th scope="col" className="sy-number">{t('units')}</th>
                {withAmounts && <th scope="col" className="sy-number">{t('sum')}</th>}
              </tr>
            </thead>
            <tbody>
              {[...dashboard.trend].reverse().map((d) => (
                <tr key={d.date + d.currency}>
                  <td>{dayName(d.date)}</td>
                  <td className="sy-number">{format.number(d.orders)}</td>
                  <td className="sy-number">{format.number(d.units)}</td>
                  {withAmounts && <td className="sy-number"><Money minor={d.totalMinor} currency={d.currency} /></td>}
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      </Section>
      <Section title={t('channels')} beside={t('wholeDays')}>
        <Suspense fallback={<div className={css.chart} />}>
          <Bars rows={channelsOf(dashboard.channels, by)} write={write} label={t('channels')} isLying />
        </Suspense>
        <div className={css.scroll}>
          <table className="sy-table">
            <thead>
              <tr>
                <th scope="col">{t('channel')}</th>
                <th scope="col" className="sy-number">{t('orders')}</th>
                <th scope="col" className="sy-number">{t('units')}</th>
                {withAmounts && <th scope="col" className="sy-number">{t('sum')}</th>}
                {withBase && <th scope="col" className="sy-number">{t('inBase', { currency: dashboard.channels[0]!.baseCurrency })}</th>}
              </tr>
            </thead>
            <tbody>
              {dashboard.channels.map((c) => (
                <tr key={c.channel + c.currency}>
                  <td>
                    <Link to="/orders" search={{ query: c.query } as never}>
                      <bdi>{c.name}</bdi>
                    </Link>
                  </td>
                  <td className="sy-number">{format.number(c.orders)}</td>
                  <td className="sy-number">{format.number(c.units)}</td>
                  {withAmounts && <td className="sy-number"><Money minor={c.totalMinor} currency={c.currency} /></td>}
                  {withBase && (
                    <td className="sy-number">
                      {c.totalBaseMinor === null ? '–' : <Money minor={c.totalBaseMinor} currency={c.baseCurrency} />}
                      {c.withoutRate > 0 && <div className="sy-muted">{t('withoutRate', { n: c.withoutRate })}</div>}
                    </td>
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </Section>
    </div>
  );
}
