import { Button } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { api, ask } from '@house/api/client.ts';
import { ApiError } from '@house/api/problem.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { Money } from '@house/parts/Money.tsx';
import { notify } from '@house/parts/notices.ts';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { Section } from '@house/parts/Section.tsx';
import { Status } from '@house/parts/Status.tsx';
import { useMay, useSession } from '@house/session.tsx';
import { Frame } from './Frame.tsx';
import { OrderTable } from './OrderTable.tsx';
import css from './Planning.module.css';
import { hasSavings, unitsByNode, type Place, type Run } from './replans.ts';
import en from './texts.en.ts';

/** One run: what it saved, and every order it moved or would move, from where to where. */
export default function ReplanPage() {
  const t = useTexts(en);
  const may = useMay();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { number, dateTime } = useFormat();
  const { session } = useSession();
  const currency = session.baseCurrency ?? 'GBP';
  const { id = '' } = useParams({ strict: false });
  const found = useInfiniteQuery({
    queryKey: ['planning', 'replans', id],
    queryFn: ({ pageParam, signal }) => ask(api.GET('/api/v1/routing/replans/{id}', { params: { path: { id }, query: { limit: 100, ...(pageParam ? { after: pageParam } : {}) } }, signal })),
    initialPageParam: '',
    getNextPageParam: (page) => page.moves?.next ?? null,
  });
  const run: Run | undefined = found.data?.pages[0];
  const moves = found.data?.pages.flatMap((p) => p.moves?.data ?? []) ?? [];
  const carryOut = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/routing/replan', { body: { isDryRun: false } })),
    onSuccess: async (made) => {
      await queries.invalidateQueries({ queryKey: ['planning'] });
      notify(t('replan.moved', { n: made.ordersMoved }));
      void navigate({ to: `/planning/replans/${made.id}` });
    },
  });
  if (found.error instanceof ApiError && found.error.status === 404)
    return <EmptyState kind="nothing" isPage title={t('replan.notFound')} action={<Link to="/planning/replans">{t('replan.all')}</Link>} />;
  const withAmounts = run !== undefined && hasSavings(run);
  return (
    <Frame
      section="replans"
      title={run ? t('replan.of', { at: dateTime(run.startedAt) }) : t('replans')}
      beside={run?.isDryRun && <Status tone="neutral">{t('replan.isDry')}</Status>}
      actions={
        run?.isDryRun && run.ordersMoved > 0 && run.detail === null && may('fulfilment:manage') && (
          <Button loading={carryOut.isPending} onClick={() => carryOut.mutate()}>
            {t('replan.run')}
          </Button>
        )
      }
    >
      <div className={css.page}>
        <ProblemAlert error={found.error ?? carryOut.error} />
        {run && (
          <>
            <p className={css.sentence}>{sentence(run)}</p>
            <dl className={css.figures}>
              <div>
                <dt>{t('replan.seen')}</dt>
                <dd>{number(run.ordersSeen)}</dd>
              </div>
              <div>
                <dt>{t(run.isDryRun ? 'replan.ordersWould' : 'replan.ordersMoved')}</dt>
                <dd>{number(run.ordersMoved)}</dd>
                {run.ordersPassed > 0 && <dd>{t('replan.passed', { n: run.ordersPassed })}</dd>}
              </div>
              {withAmounts && (
                <>
                  <div>
                    <dt>{t('replan.before')}</dt>
                    <dd><Money minor={run.costBeforeMinor} currency={currency} /></dd>
                  </div>
                  <div>
                    <dt>{t('replan.oneByOne')}</dt>
                    <dd><Money minor={run.oneByOneMinor} currency={currency} /></dd>
                  </div>
                  <div>
                    <dt>{t('replan.after')}</dt>
                    <dd><Money minor={run.costAfterMinor} currency={currency} /></dd>
                  </div>
                  <div>
                    <dt>{t('replan.saved')}</dt>
                    <dd data-tone={run.savedMinor > 0 ? 'good' : undefined}><Money minor={run.savedMinor} currency={currency} /></dd>
                    {run.savedByTogetherMinor > 0 && <dd>{t.node('replan.ofTogether', { amount: <Money minor={run.savedByTogetherMinor} currency={currency} /> })}</dd>}
                  </div>
                </>
              )}
            </dl>
            <Section title={t('replan.moves')} beside={run.isProven ? t('replan.proven') : undefined}>
              {moves.length === 0 ? (
                <p className="sy-muted">{t('replan.noMoves')}</p>
              ) : (
                <OrderTable
                  what={t('replan.moves')}
                  rows={moves}
                  orderOf={(m) => ({ id: m.order, number: m.orderNumber })}
                  columns={[
                    { head: t('replan.from'), cell: (m) => <Places of={m.from} /> },
                    { head: t('replan.to'), cell: (m) => <Places of={m.to} /> },
                    withAmounts && { head: t('replan.saves'), isEnd: true, cell: (m) => <Money minor={m.costBeforeMinor - m.costAfterMinor} currency={currency} /> },
                  ]}
                  hasWhy
                  more={found.hasNextPage && { isLoading: found.isFetchingNextPage, fetch: () => void found.fetchNextPage() }}
                />
              )}
            </Section>
          </>
        )}
      </div>
    </Frame>
  );

  function sentence(r: Run) {
    if (r.finishedAt === null) return t('replan.stillRunning');
    if (r.ordersMoved === 0) return t('replan.nothing');
    return t(r.isDryRun ? 'replan.wouldMove' : 'replan.moved', { n: r.ordersMoved });
  }
}

function Places({ of }: { of: readonly Place[] }) {
  const t = useTexts(en);
  const { number } = useFormat();
  return (
    <ul className={css.parts}>
      {unitsByNode(of).map((p) => (
        <li key={p.node}>{t.node('replan.place', { units: number(p.units), node: <bdi className="sy-strong">{p.node}</bdi>, service: <bdi className="sy-muted">{p.services.join(', ')}</bdi> })}</li>
      ))}
    </ul>
  );
}
