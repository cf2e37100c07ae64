import type { Schema } from '@house/api/client.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { Money } from '@house/parts/Money.tsx';
import { Section } from '@house/parts/Section.tsx';
import { When } from '@house/parts/When.tsx';
import css from './CustomerPage.module.css';
import en from './texts.en.ts';

/** How much they bought and kept; amounts of two currencies are never added. */
export function CustomerWorth({ history }: { history: Schema['CustomerHistory'] }) {
  const t = useTexts(en);
  const { number } = useFormat();
  const values = history.value.filter((v) => typeof (v.totalMinor as number | undefined) === 'number');
  return (
    <Section title={t('worth')}>
      <dl className={css.figures}>
        <div>
          <dt>{t('orders')}</dt>
          <dd>{number(history.orders)}</dd>
        </div>
        {values.map((v) => (
          <div key={v.currency}>
            <dt>{t('bought', { currency: v.currency })}</dt>
            <dd><Money minor={v.totalMinor} currency={v.currency} /></dd>
            {v.refundedMinor > 0 && (
              <dd className={css.small}>{t.node('refunded', { sum: <Money minor={v.refundedMinor} currency={v.currency} /> })}</dd>
            )}
          </div>
        ))}
        <div>
          <dt>{t('cancelled')}</dt>
          <dd>{number(history.cancelled)}</dd>
        </div>
        <div>
          <dt>{t('returned')}</dt>
          <dd>{number(history.returned)}</dd>
        </div>
        <div>
          <dt>{t('lastOrder')}</dt>
          <dd><When at={history.lastOrderAt} as="date" /></dd>
          {history.firstOrderAt && <dd className={css.small}>{t.node('firstOrder', { date: <When at={history.firstOrderAt} as="date" /> })}</dd>}
        </div>
      </dl>
    </Section>
  );
}
