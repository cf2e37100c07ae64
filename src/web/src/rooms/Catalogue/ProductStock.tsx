import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api, ask } from '@house/api/client.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { Section } from '@house/parts/Section.tsx';
import { When } from '@house/parts/When.tsx';
import css from './ProductPage.module.css';
import en from './texts.en.ts';

/** How much is there and how much of it may still be promised, at a glance. */
export function ProductStock({ sku }: { sku: string }) {
  const t = useTexts(en);
  const { number } = useFormat();
  const { data, error, refetch } = useQuery({
    queryKey: ['stock', sku],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/inventory', { params: { query: { sku } }, signal })),
  });
  const stock = data && 'total' in data ? (data as unknown as Stock) : null;
  return (
    <Section
      title={t('stock')}
      actions={<Link to={`/inventory/${encodeURIComponent(sku)}`}>{t('stock.open')}</Link>}
    >
      {error && <ProblemAlert error={error} again={() => void refetch()} />}
      {stock && stock.nodes.length === 0 && <p className="sy-muted">{t('stock.none')}</p>}
      {stock && stock.nodes.length > 0 && (
        <div className={css.scroll}>
          <table className="sy-table">
            <thead>
              <tr>
                <th scope="col">{t('node')}</th>
                <th scope="col" className="sy-number">{t('onHand')}</th>
                <th scope="col" className="sy-number">{t('allocated')}</th>
                <th scope="col" className="sy-number">{t('available')}</th>
              </tr>
            </thead>
            <tbody>
              {stock.nodes.map((n) => (
                <tr key={n.node}>
                  <td>{n.node}</td>
                  <td className="sy-number">{number(n.onHand)}</td>
                  <td className="sy-number">{number(n.allocated)}</td>
                  <td className="sy-number">{number(n.available)}</td>
                </tr>
              ))}
              <tr className="sy-strong">
                <td>{t('all')}</td>
                <td className="sy-number">{number(stock.total.onHand)}</td>
                <td className="sy-number">{number(stock.total.allocated)}</td>
                <td className="sy-number">{number(stock.total.available)}</td>
              </tr>
            </tbody>
          </table>
        </div>
      )}
      {stock && stock.waiting > 0 && <p>{t('waiting', { n: stock.waiting })}</p>}
      {stock?.inbound.slice(0, 5).map((i) => (
        <p key={i.dueAt} className="sy-muted">
          {t.node('inbound', { n: number(i.quantity), date: <When at={i.dueAt} as="date" /> })}
        </p>
      ))}
    </Section>
  );
}

/** The answer for one SKU; the document tells only of the page for many. */
interface Stock {
  total: Count;
  waiting: number;
  inbound: { dueAt: string; quantity: number }[];
  nodes: (Count & { node: string })[];
}
interface Count {
  onHand: number;
  allocated: number;
  available: number;
}
