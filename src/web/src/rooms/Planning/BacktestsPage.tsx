import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api, ask } from '@house/api/client.ts';
import { IconPlus } from '@house/icons.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { Status, type Tone } from '@house/parts/Status.tsx';
import { When } from '@house/parts/When.tsx';
import { useActorName } from '@house/useActorName.ts';
import parts from '@house/parts/texts.en.ts';
import type { Wish } from './backtests.ts';
import { Frame } from './Frame.tsx';
import css from './Planning.module.css';
import en from './texts.en.ts';
import { useWishWords } from './useWishWords.ts';

const tones: Record<string, Tone> = { queued: 'neutral', running: 'progress', cancelling: 'warn', done: 'good', failed: 'bad', cancelled: 'neutral' };

/** Every back-test there was, newest first. */
export default function BacktestsPage() {
  const t = useTexts(en);
  const word = useTexts(parts);
  const nameOf = useActorName();
  const words = useWishWords();
  const found = useInfiniteQuery({
    queryKey: ['jobs', 'backtests'],
    queryFn: ({ pageParam, signal }) => ask(api.GET('/api/v1/jobs', { params: { query: { kind: 'routing.backtest', limit: 50, ...(pageParam ? { after: pageParam } : {}) } }, signal })),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    refetchInterval: 15_000,
  });
  const rows = found.data?.pages.flatMap((p) => p.data);
  const make = (
    <Button component={Link} to="/planning/backtests/new" leftSection={<IconPlus size={16} aria-hidden />}>
      {t('backtest.new')}
    </Button>
  );
  return (
    <Frame section="backtests" actions={rows && rows.length > 0 && make}>
      <div className={css.page}>
        <p className={css.about}>{t('backtests.about')}</p>
        <ProblemAlert error={found.error} again={() => void found.refetch()} />
        {rows?.length === 0 && <EmptyState kind="first" title={t('backtest.empty')} text={t('backtest.emptyText')} action={make} />}
        {rows && rows.length > 0 && (
          <ul className={css.list} aria-label={t('backtests')}>
            {rows.map((job) => {
              const wish = job.arguments as unknown as Wish;
              return (
                <li key={job.id}>
                  <div className={css.main}>
                    <Link to={`/planning/backtests/${job.id}`} className="sy-strong">
                      <bdi>{wish.name ?? words(wish)}</bdi>
                    </Link>
                    <span className="sy-muted">
                      {wish.name ? `${words(wish)} · ` : ''}
                      {t.node('backtest.startedBy', { at: <When at={job.createdAt} as="dateTime" />, who: nameOf(job.who) })}
                    </span>
                  </div>
                  <Status tone={tones[job.state] ?? 'neutral'}>{word.maybe(`job.${job.state}`)}</Status>
                </li>
              );
            })}
          </ul>
        )}
        {found.hasNextPage && (
          <div>
            <Button variant="default" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>{t('more')}</Button>
          </div>
        )}
      </div>
    </Frame>
  );
}
