import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api, ask } from '@house/api/client.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { Money } from '@house/parts/Money.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { Section } from '@house/parts/Section.tsx';
import { Status } from '@house/parts/Status.tsx';
import { When } from '@house/parts/When.tsx';
import { useMay } from '@house/session.tsx';
import { useChannelName } from '@house/useChannelName.ts';
import { toneOfOrder } from '@house/words/status.ts';
import words from '@house/words/texts.en.ts';
import css from './CustomerPage.module.css';
import en from './texts.en.ts';

/** All they ever ordered, from whichever channel it came, newest first. */
export function CustomerOrders({ id }: { id: string }) {
  const t = useTexts(en);
  const word = useTexts(words);
  const may = useMay();
  const channelName = useChannelName();
  const found = useInfiniteQuery({
    queryKey: ['customers', id, 'orders'],
    queryFn: ({ pageParam, signal }) =>
      ask(api.GET('/api/v1/customers/{id}/orders', { params: { path: { id }, query: { limit: 25, ...(pageParam ? { after: pageParam } : {}) } }, signal })),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  });
  const orders = found.data?.pages.flatMap((page) => page.data);
  const withAmounts = orders?.some((o) => typeof (o.totalMinor as number | undefined) === 'number');
  return (
    <Section title={t('allOrders')}>
      {found.error && <ProblemAlert error={found.error} again={() => void found.refetch()} />}
      {orders?.length === 0 && <p className="sy-muted">{t('noOrders')}</p>}
      {orders && orders.length > 0 && (
        <div className={css.scroll}>
          <table className="sy-table">
            <thead>
              <tr>
                <th scope="col">{t('order')}</th>
                <th scope="col">{t('placed')}</th>
                <th scope="col" className={css.wide}>{t('channel')}</th>
                <th scope="col">{t('state')}</th>
                {withAmounts && <th scope="col" className="sy-number">{t('total')}</th>}
              </tr>
            </thead>
            <tbody>
              {orders.map((o) => (
                <tr key={o.id}>
                  <td className="sy-nowrap">{may('orders:read') ? <Link to={`/orders/${o.id}`}>#{o.number}</Link> : `#${o.number}`}</td>
                  <td><When at={o.placedAt} /></td>
                  <td className={css.wide}><bdi>{channelName(o.channel)}</bdi></td>
                  <td><Status tone={toneOfOrder(o.state)}>{word.maybe(`status.${o.state}`)}</Status></td>
                  {withAmounts && <td className="sy-number"><Money minor={o.totalMinor} currency={o.currency} /></td>}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {found.hasNextPage && (
        <div>
          <Button variant="default" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
            {t('more')}
          </Button>
        </div>
      )}
    </Section>
  );
}
