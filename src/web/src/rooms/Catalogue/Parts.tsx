import { useQueries } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api, ask } from '@house/api/client.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { Section } from '@house/parts/Section.tsx';
import { useMay } from '@house/session.tsx';
import { makesOf, pageOf, type Product } from './product.ts';
import css from './ProductPage.module.css';
import en from './texts.en.ts';

const mostAsked = 20;

/** What is in a bundle, and how many can be made of what there is. */
export function Parts({ product }: { product: Product }) {
  const t = useTexts(en);
  const may = useMay();
  const { number } = useFormat();
  const maySeeStock = may('inventory:read') && product.components.length <= mostAsked;
  const stocks = useQueries({
    queries: product.components.map((c) => ({
      queryKey: ['stock', c.sku],
      queryFn: ({ signal }: { signal: AbortSignal }) => ask(api.GET('/api/v1/inventory', { params: { query: { sku: c.sku } }, signal })),
      enabled: maySeeStock,
    })),
  });
  const parts = product.components.map((c, i) => ({ ...c, available: (stocks[i]?.data as unknown as { atp?: number | null } | undefined)?.atp ?? null }));
  const made = makesOf(parts);
  return (
    <Section title={t('parts')} beside={made && t('canMake', { n: made.makes })}>
      <table className="sy-table">
        <thead>
          <tr>
            <th scope="col">{t('sku')}</th>
            <th scope="col" className="sy-number">{t('quantity')}</th>
            {maySeeStock && <th scope="col" className="sy-number">{t('available')}</th>}
            {maySeeStock && <th scope="col" className="sy-number">{t('enoughFor')}</th>}
          </tr>
        </thead>
        <tbody>
          {parts.map((c) => (
            <tr key={c.sku}>
              <td><Link to={pageOf(c.sku)} className="sy-code">{c.sku}</Link></td>
              <td className="sy-number">{number(c.quantity)}</td>
              {maySeeStock && <td className="sy-number">{c.available === null ? '–' : number(c.available)}</td>}
              {maySeeStock && <td className="sy-number">{c.available === null ? '–' : number(Math.max(0, Math.floor(c.available / c.quantity)))}</td>}
            </tr>
          ))}
        </tbody>
      </table>
      {made && parts.length > 1 && <p className={css.makes}>{t.node('limitedBy', { sku: <Link to={pageOf(made.limit)} className="sy-code">{made.limit}</Link> })}</p>}
    </Section>
  );
}
