import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { ApiError } from '@house/api/problem.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { Code } from '@house/parts/Code.tsx';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { Money } from '@house/parts/Money.tsx';
import { PageHead } from '@house/parts/PageHead.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { FieldList, Section } from '@house/parts/Section.tsx';
import { Status } from '@house/parts/Status.tsx';
import { When } from '@house/parts/When.tsx';
import { useMay, useSession } from '@house/session.tsx';
import { useKept } from '@house/useKeptDraft.ts';
import { keptName, pageOf, pricesOf, productOptions, type Product } from './product.ts';
import css from './ProductPage.module.css';
import { Parts } from './Parts.tsx';
import { Pictures } from './Pictures.tsx';
import { ProductActions } from './ProductActions.tsx';
import { ProductStock } from './ProductStock.tsx';
import { SaleStopBanner, StopSale } from './SaleStop.tsx';
import { Substitutes } from './Substitutes.tsx';
import en from './texts.en.ts';
import { Variants } from './Variants.tsx';

/** One product: what it costs, how it is scanned and handled, what it is made of, how much is there. */
export default function ProductPage() {
  const t = useTexts(en);
  const may = useMay();
  const { sku = '' } = useParams({ strict: false });
  const { data: product, error, refetch } = useQuery(productOptions(sku));
  const kept = useKept(keptName(sku));
  if (error instanceof ApiError && error.status === 404)
    return (
      <>
        <PageHead title={t('title')} />
        <EmptyState kind="nothing" title={t('notFound.title')} text={t('notFound.text')} action={<Link to="/catalogue">{t('notFound.back')}</Link>} />
      </>
    );
  if (error && !product) return <div className={css.problem}><ProblemAlert error={error} again={() => void refetch()} /></div>;
  if (!product) return null;
  return (
    <article className={css.page}>
      <PageHead
        title={product.name}
        beside={
          <>
            <Code>{product.sku}</Code>
            {product.kind !== 'goods' && <span className="sy-muted">{t.maybe(`kind.${product.kind}`)}</span>}
            {!product.isActive && <Status tone="neutral">{t('inactive')}</Status>}
          </>
        }
        actions={
          <>
            {product.kind === 'goods' && may('inventory:write') && <StopSale sku={product.sku} />}
            {may('catalog:write') && <ProductActions product={product} />}
          </>
        }
      />
      {product.kind === 'goods' && <SaleStopBanner sku={product.sku} />}
      {kept && may('catalog:write') && (
        <div className={css.kept} role="status">
          <span>{t.node('keptHere', { when: <When at={new Date(kept.at).toISOString()} as="time" /> })}</span>
          <Link to={`${pageOf(product.sku)}/edit`}>{t('kept.goOn')}</Link>
          <Button size="compact-sm" variant="default" onClick={kept.drop}>{t('kept.discard')}</Button>
        </div>
      )}
      <div className={css.columns}>
        <div className={css.main}>
          {product.description && <p className={css.text} dir="auto">{product.description}</p>}
          {product.kind === 'goods' && may('inventory:read') && <ProductStock sku={product.sku} />}
          {product.components.length > 0 && <Parts product={product} />}
          {may('prices:read') && Boolean(product.prices as unknown) && <Prices product={product} />}
          {(product.kind === 'goods' || product.barcodes.length > 0) && <Barcodes product={product} />}
          {product.kind === 'goods' && <Substitutes sku={product.sku} mayChange={may('catalog:write')} />}
          {product.variantGroup !== null && <Variants product={product} group={product.variantGroup} />}
          {(may('catalog:write') || product.images.length > 0) && <Pictures product={product} mayChange={may('catalog:write')} />}
        </div>
        <Side product={product} />
      </div>
    </article>
  );
}

function Prices({ product }: { product: Product }) {
  const t = useTexts(en);
  const base = useSession().session.baseCurrency;
  if (product.prices.length === 0) return <Section title={t('prices')}><p className="sy-muted">{t('noPrices')}</p></Section>;
  return (
    <Section title={t('prices')}>
      <table className="sy-table">
        <thead>
          <tr>
            <th scope="col">{t('currency')}</th>
            <th scope="col" className="sy-number">{t('price')}</th>
          </tr>
        </thead>
        <tbody>
          {pricesOf(product, base).map((p) => (
            <tr key={p.currency}>
              <td>{p.currency}</td>
              <td className="sy-number"><Money minor={p.priceMinor} currency={p.currency} /></td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}

function Barcodes({ product }: { product: Product }) {
  const t = useTexts(en);
  const { number } = useFormat();
  if (product.barcodes.length === 0) return <Section title={t('barcodes')}><p className="sy-muted">{t('noBarcodes')}</p></Section>;
  return (
    <Section title={t('barcodes')}>
      <table className="sy-table">
        <thead>
          <tr>
            <th scope="col">{t('barcode')}</th>
            <th scope="col">{t('kind')}</th>
            <th scope="col" className="sy-number">{t('perScan')}</th>
          </tr>
        </thead>
        <tbody>
          {product.barcodes.map((b) => (
            <tr key={b.barcode}>
              <td><Code>{b.barcode}</Code></td>
              <td className="sy-muted">{t.maybe(`barcode.${b.kind}`)}</td>
              <td className="sy-number">{number(b.packQuantity)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}

function Side({ product }: { product: Product }) {
  const t = useTexts(en);
  const { number } = useFormat();
  const [image] = product.images;
  const sides = [product.lengthMm, product.widthMm, product.heightMm].filter((x) => x !== null);
  const options = Object.entries(product.variantOptions);
  return (
    <aside className={css.side} aria-label={t('side')}>
      {image && <img className={css.picture} src={image.url} alt={image.alt || product.name} width={image.width} height={image.height} />}
      <Section isSide title={t('handling')}>
        {product.handlingFlags.length === 0 ? <p className="sy-muted">{t('noFlags')}</p> : (
          <ul className={css.flags}>
            {product.handlingFlags.map((f) => <li key={f}><Status tone="warn">{t.maybe(`flag.${f}`)}</Status></li>)}
          </ul>
        )}
        <FieldList
          fields={[
            [t('weight'), product.weightGrams > 0 && t('grams', { n: number(product.weightGrams) })],
            [t('size'), sides.length === 3 && t('mm', { n: sides.map(number).join(' × ') })],
          ]}
        />
      </Section>
      <Section isSide title={t('selling')}>
        <FieldList
          fields={[
            [t('cost'), product.costCurrency && typeof product.costMinor === 'number' && <Money minor={product.costMinor} currency={product.costCurrency} />],
            [t('taxClass'), product.taxClass],
            [t('tags'), product.tags.join(', ')],
            ...options.map(([name, value]) => [name, value] as const),
            [t('backorder'), product.backorder && t.maybe(`backorder.${product.backorder}`)],
            [t('expected'), product.backorderExpectedAt && <When at={product.backorderExpectedAt} as="date" />],
            [t('preorder'), product.preorderReleaseAt && <When at={product.preorderReleaseAt} as="date" />],
            [t('updated'), <When key="u" at={product.updatedAt} as="dateTime" />],
          ]}
        />
      </Section>
    </aside>
  );
}
