import { Button } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Fragment, useState } from 'react';
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
import { OrderTimeline } from '@rooms/Orders/OrderTimeline.tsx';
import css from './CustomerPage.module.css';
import en from './texts.en.ts';

/** All they ever ordered, from whichever channel it came, newest first. */
export function CustomerOrders({ id }: { id: string }) {
  const t = useTexts(en);
  const word = useTexts(words);
  const may = useMay();
  const channelName = useChannelName();
  const [shown, setShown] = useState<string | null>(null);
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
                {may('orders:read') && <th scope="col"><span className="sy-hidden">{t('story')}</span></th>}
              </tr>
            </thead>
            <tbody>
              {orders.map((o) => (
                <Fragment key={o.id}>
                  <tr>
                    <td className="sy-nowrap">{may('orders:read') ? <Link to={`/orders/${o.id}`}>#{o.number}</Link> : `#${o.number}`}</td>
                    <td><When at={o.placedAt} /></td>
                    <td className={css.wide}><bdi>{channelName(o.channel)}</bdi></td>
                    <td><Status tone={toneOfOrder(o.state)}>{word.maybe(`status.${o.state}`)}</Status></td>
                    {withAmounts && <td className="sy-number"><Money minor={o.totalMinor} currency={o.currency} /></td>}
                    {may('orders:read') && (
                      <td className="sy-number">
                        <Button variant="subtle" size="compact-sm" aria-expanded={shown === o.id} onClick={() => setShown(shown === o.id ? null : o.id)}>
                          {t('story')} <span className="sy-hidden">#{o.number}</span>
                        </Button>
                      </td>
                    )}
                  </tr>
                  {shown === o.id && (
                    <tr>
                      <td colSpan={withAmounts ? 6 : 5}><OrderStory id={o.id} /></td>
                    </tr>
                  )}
                </Fragment>
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

/** From the cart to what came back: the order's own timeline. */
function OrderStory({ id }: { id: string }) {
  const order = useQuery({ queryKey: ['orders', id, 'story'], queryFn: ({ signal }) => ask(api.GET('/api/v1/orders/{id}', { params: { path: { id } }, signal })) });
  if (order.error) return <ProblemAlert error={order.error} again={() => void order.refetch()} />;
  return order.data ? <OrderTimeline order={order.data} /> : <div aria-busy />;
}
