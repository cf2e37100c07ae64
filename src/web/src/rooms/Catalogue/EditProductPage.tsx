import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { ApiError } from '@house/api/problem.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { PageHead } from '@house/parts/PageHead.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import css from './ProductPage.module.css';
import { keptName, productOptions } from './product.ts';
import { ProductForm } from './ProductForm.tsx';
import en from './texts.en.ts';

/** Changes a product. What was not saved waits here until it is. */
export default function EditProductPage() {
  const t = useTexts(en);
  const { sku = '' } = useParams({ strict: false });
  const { data: product, error, refetch } = useQuery(productOptions(sku));
  if (error instanceof ApiError && error.status === 404)
    return (
      <>
        <PageHead title={t('title')} />
        <EmptyState kind="nothing" title={t('notFound.title')} text={t('notFound.text')} action={<Link to="/catalogue">{t('notFound.back')}</Link>} />
      </>
    );
  if (error && !product) return <div className={css.problem}><ProblemAlert error={error} again={() => void refetch()} /></div>;
  if (!product) return null;
  return <ProductForm key={product.sku} name={keptName(product.sku)} product={product} />;
}
