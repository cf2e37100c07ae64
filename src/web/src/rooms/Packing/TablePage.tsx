import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { ApiError } from '@house/api/problem.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import css from './Packing.module.css';
import { TableDesk } from './TableDesk.tsx';
import { cartonOptions, tableOptions } from './table.ts';
import en from './texts.en.ts';

/** One release at the packing table. */
export default function TablePage() {
  const t = useTexts(en);
  const { id = '' } = useParams({ strict: false });
  const table = useQuery({ ...tableOptions(id), refetchOnWindowFocus: true });
  const carton = useQuery(cartonOptions(id));
  if (table.error instanceof ApiError && table.error.status === 404)
    return <EmptyState kind="nothing" isPage title={t('notFound')} text={t('notFoundText')} action={<Link to="/packing">{t('back')}</Link>} />;
  if (table.error && !table.data) return <div className={css.problem}><ProblemAlert error={table.error} again={() => void table.refetch()} /></div>;
  if (!table.data) return null;
  return <TableDesk key={id} id={id} table={table.data} carton={carton.data} />;
}
