import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { ApiError } from '@house/api/problem.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { PageHead } from '@house/parts/PageHead.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { NodeForm } from './NodeForm.tsx';
import css from './NodePage.module.css';
import { keptName, nodeOptions, workOptions } from './nodes.ts';
import en from './texts.en.ts';

/** Changes a node. What was not saved waits here until it is. */
export default function EditNodePage() {
  const t = useTexts(en);
  const { code = '' } = useParams({ strict: false });
  const node = useQuery(nodeOptions(code));
  const work = useQuery(workOptions(code));
  const error = node.error ?? work.error;
  if (error instanceof ApiError && error.status === 404)
    return (
      <>
        <PageHead title={t('title')} />
        <EmptyState kind="nothing" title={t('notFound.title')} text={t('notFound.text')} action={<Link to="/nodes">{t('notFound.back')}</Link>} />
      </>
    );
  if (error && !(node.data && work.data)) return <div className={css.problem}><ProblemAlert error={error} again={() => void node.refetch()} /></div>;
  if (!node.data || !work.data) return null;
  return <NodeForm key={node.data.code} name={keptName(node.data.code)} stored={{ node: node.data, work: work.data }} />;
}
