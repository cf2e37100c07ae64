import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api, ask } from '@house/api/client.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { ScrollPanel } from '@house/parts/ScrollPanel.tsx';
import { Section } from '@house/parts/Section.tsx';
import { Status } from '@house/parts/Status.tsx';
import { useMay } from '@house/session.tsx';
import { matrixOf, pageOf, type Product } from './product.ts';
import css from './ProductPage.module.css';
import en from './texts.en.ts';

/** The same thing in other colours and sizes, as a table; an empty place can be filled. */
export function Variants({ product, group }: { product: Product; group: string }) {
  const t = useTexts(en);
  const may = useMay();
  const { money } = useFormat();
  const query = `variant:"${group.replaceAll(/["\\]/g, '\\$&')}"`;
  const { data, error, refetch } = useQuery({
    queryKey: ['products', 'variants', group],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/products', { params: { query: { query, limit: 200 } }, signal })),
  });
  const variants = data?.data ?? [product];
  const table = matrixOf(variants);
  const shown = (p: Product) => (
    <div key={p.sku}>
      {p.sku === product.sku ? <span className={`sy-code ${css.own}`} aria-current="page">{p.sku}</span> : <Link to={pageOf(p.sku)} className="sy-code">{p.sku}</Link>}{' '}
      {typeof p.prices?.[0]?.priceMinor === 'number' && <span className="sy-muted sy-nowrap">{money(p.prices[0].priceMinor, p.prices[0].currency)}</span>}{' '}
      {!p.isActive && <Status tone="neutral" isPlain>{t('inactive')}</Status>}
    </div>
  );
  return (
    <Section title={t('variants')} beside={<bdi>{group}</bdi>} actions={may('catalog:write') && <Link to="/new/product" search={{ like: product.sku } as never}>{t('variants.add')}</Link>}>
      <ProblemAlert error={error} again={() => void refetch()} />
      <ScrollPanel label={t('variants')}>
        <table className="sy-table">
          <thead>
            <tr>
              <th scope="col">{table.row ?? t('sku')}</th>
              {table.columns.map((c) => <th key={c} scope="col">{c || (table.column ? '–' : t('sku'))}</th>)}
            </tr>
          </thead>
          <tbody>
            {table.rows.map((r) => (
              <tr key={r}>
                <th scope="row">{r || '–'}</th>
                {table.columns.map((c) => {
                  const here = table.cell(r, c);
                  return (
                    <td key={c}>
                      {here.map(shown)}
                      {here.length === 0 && may('catalog:write') && table.row && table.column && r && c && (
                        <Link className="sy-muted" to="/new/product" search={{ like: product.sku, options: JSON.stringify({ ...product.variantOptions, [table.row]: r, [table.column]: c }) } as never} aria-label={t('variants.make', { what: `${r}, ${c}` })}>
                          {t('variants.missing')}
                        </Link>
                      )}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollPanel>
    </Section>
  );
}
