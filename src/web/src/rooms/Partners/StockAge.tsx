import type { Schema } from '@house/api/client.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { When } from '@house/parts/When.tsx';
import css from './Partners.module.css';
import en from './texts.en.ts';

/** How old the levels of a site are; where its rule believes them less, by how much. */
export function StockAge({ stock }: { stock: Schema['StockSnapshot'] | null | undefined }) {
  const t = useTexts(en);
  const { number } = useFormat();
  if (!stock) return <span className="sy-muted">{t('stock.never')}</span>;
  const isDoubted = stock.trustPercent < 100;
  return (
    <span className={css.stockAge} data-tone={isDoubted ? 'warn' : undefined}>
      {t.node('stock.age', { when: <When at={stock.asOf} /> })}
      {isDoubted && <span> · {t('stock.trust', { n: number(stock.trustPercent) })}</span>}
    </span>
  );
}
