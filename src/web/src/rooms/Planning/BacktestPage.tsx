import { Button, Progress } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { api, ask } from '@house/api/client.ts';
import { ApiError } from '@house/api/problem.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { Status } from '@house/parts/Status.tsx';
import { BacktestOutcome } from './BacktestOutcome.tsx';
import { isEnded } from './backtests.ts';
import { Frame } from './Frame.tsx';
import css from './Planning.module.css';
import en from './texts.en.ts';
import { useWishWords } from './useWishWords.ts';

/** One back-test: how far it is, and in the end what would have been otherwise. */
export default function BacktestPage() {
  const t = useTexts(en);
  const { number } = useFormat();
  const words = useWishWords();
  const queries = useQueryClient();
  const { id = '' } = useParams({ strict: false });
  const { data: test, error, refetch } = useQuery({
    queryKey: ['backtests', id],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/routing/backtests/{id}', { params: { path: { id } }, signal })),
    refetchInterval: (q) => (q.state.data && isEnded(q.state.data) ? false : 1000),
  });
  const cancel = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/jobs/{id}/cancel', { params: { path: { id } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['backtests', id] }),
  });
  if (error instanceof ApiError && error.status === 404)
    return <EmptyState kind="nothing" isPage title={t('backtest.notFound')} text={t('backtest.notFoundText')} action={<Link to="/planning/backtests">{t('backtest.all')}</Link>} />;
  const again = (
    <Button component={Link} to="/planning/backtests/new" variant="default">
      {t('backtest.another')}
    </Button>
  );
  return (
    <Frame section="backtests" title={test?.name ?? t('backtest.one')} actions={test && isEnded(test) && again}>
      <div className={css.page}>
        <ProblemAlert error={error ?? cancel.error} again={() => void refetch()} />
        {test && <p className={css.about}>{words(test.wish)}</p>}
        {test && !isEnded(test) && (
          <div className="sy-stack" role="status">
            <span className="sy-row sy-spread">
              <span>{test.state === 'queued' ? t('backtest.queued') : test.state === 'cancelling' ? t('backtest.cancelling') : t('backtest.done', { done: number(test.progress.done), total: number(test.progress.total ?? test.progress.done) })}</span>
              {test.state !== 'cancelling' && (
                <Button size="compact-sm" variant="default" loading={cancel.isPending} onClick={() => cancel.mutate()}>{t('backtest.cancel')}</Button>
              )}
            </span>
            <Progress value={test.progress.total ? (100 * test.progress.done) / test.progress.total : 0} aria-label={t('backtest.progress')} transitionDuration={0} />
          </div>
        )}
        {test?.state === 'cancelled' && <EmptyState kind="nothing" title={t('backtest.cancelled')} action={again} />}
        {test?.state === 'failed' && (
          <div className="sy-stack">
            <Status tone="bad">{t('backtest.failed')}</Status>
            <p dir="auto">{test.error?.detail}</p>
          </div>
        )}
        {test?.result && <BacktestOutcome id={id} test={test} result={test.result} />}
      </div>
    </Frame>
  );
}
