import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api, ask } from '@house/api/client.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { When } from '@house/parts/When.tsx';
import css from './SkuPage.module.css';
import en from './texts.en.ts';

/** The orders that wait for a SKU, in the order in which they are served. */
export function Waiting({ sku }: { sku: string }) {
  const t = useTexts(en);
  const { number } = useFormat();
  const { data, error } = useQuery({
    queryKey: ['stock', sku, 'waiting'],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/inventory/{sku}/waiting', { params: { path: { sku }, query: { limit: 50 } }, signal })),
  });
  if (error) return <ProblemAlert error={error} />;
  return (
    <ol className={css.entries}>
      {data?.data.map((w) => (
        <li key={`${w.orderId}${w.line}`} className={css.holder}>
          <span className={css.quantity}>{number(w.unallocated + w.backordered + w.preordered)}</span>
          <span className="sy-grow">
            <Link to="/orders/$id" params={{ id: w.orderId }}>
              {t('holder.order', { number: w.orderNumber })}
            </Link>
          </span>
          <span className="sy-meta">{w.expectedAt ? t.node('waiter.expected', { when: <When at={w.expectedAt} as="date" /> }) : t('waiter.unknown')}</span>
        </li>
      ))}
    </ol>
  );
}
