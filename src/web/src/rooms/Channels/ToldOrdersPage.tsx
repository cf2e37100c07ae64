import { Button } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '@house/api/client.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { notify } from '@house/parts/notices.ts';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { Status } from '@house/parts/Status.tsx';
import { When } from '@house/parts/When.tsx';
import { useMay } from '@house/session.tsx';
import { useUrlState } from '@house/useUrlState.ts';
import { Row, Rows } from '@rooms/Settings/Frame.tsx';
import { ChannelFrame } from './ChannelFrame.tsx';
import { toldTones, type Connection, type ToldOrder } from './channels.ts';
import css from './Channels.module.css';
import { OrderLink } from './OrderLink.tsx';
import { SearchBox } from './SearchBox.tsx';
import { States } from './States.tsx';
import en from './texts.en.ts';
import { ToldOrderDialog } from './ToldOrderDialog.tsx';
import { useReplay } from './useReplay.ts';

const states = ['all', 'parked', 'waiting', 'taken', 'ignored'] as const;

/** The orders a channel told of, what became of each, and the way to take one in again. */
export default function ToldOrdersPage() {
  return <ChannelFrame tab="orders">{(c) => <Orders of={c} />}</ChannelFrame>;
}

function Orders({ of: c }: { of: Connection }) {
  const t = useTexts(en);
  const queries = useQueryClient();
  const mayReplay = useMay()('orders:write');
  const [url, setUrl] = useUrlState();
  const state = states.find((s) => s === url['state']) ?? 'all';
  const q = url['q'] ?? '';
  const [open, setOpen] = useState<string | null>(null);
  const list = useInfiniteQuery({
    queryKey: ['connections', c.channel, 'orders', state, q],
    queryFn: ({ pageParam, signal }) =>
      ask(api.GET('/api/v1/connections/{channel}/orders', { params: { path: { channel: c.channel }, query: { limit: 50, ...(state === 'all' ? {} : { state }), ...(q ? { q } : {}), ...(pageParam ? { after: pageParam } : {}) } }, signal })),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    refetchInterval: 15_000,
  });
  const all = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/connections/{channel}/orders/replay', { params: { path: { channel: c.channel } } })),
    onSuccess: async (done) => {
      await queries.invalidateQueries({ queryKey: ['connections'] });
      notify(t('replayed', { n: done.orders }));
    },
  });
  const rows = list.data?.pages.flatMap((p) => p.data);
  return (
    <>
      <div className={css.bar}>
        <States label={t('orders.filter')} states={states} current={state} nameOf={(s) => t(`orders.${s}`)} countOf={(s) => (s === 'parked' ? c.health.ordersParked : s === 'waiting' ? c.health.ordersWaiting : undefined)} onChange={(s) => setUrl({ state: s === 'all' ? undefined : s }, true)} />
        <SearchBox key={q} label={t('orders.search')} value={q} onSearch={(words) => setUrl({ q: words || undefined }, true)} />
        {mayReplay && c.health.ordersParked > 0 && (
          <Button variant="default" loading={all.isPending} onClick={() => all.mutate()}>
            {t('replayAll', { n: c.health.ordersParked })}
          </Button>
        )}
      </div>
      <ProblemAlert error={all.error} what={t('notReplayed')} />
      <ProblemAlert error={list.error} what={t('notLoaded')} again={() => void list.refetch()} />
      {rows?.length === 0 && (state === 'parked' && !q ? <EmptyState kind="done" title={t('orders.noneParked')} /> : <EmptyState kind={state === 'all' && !q ? 'first' : 'filtered'} title={t('orders.none')} text={t('orders.noneText')} />)}
      {rows && rows.length > 0 && (
        <Rows label={t('tab.orders')}>
          {rows.map((o) => (
            <Told key={o.externalId} of={o} connection={c} mayReplay={mayReplay} onOpen={() => setOpen(o.externalId)} />
          ))}
        </Rows>
      )}
      {list.hasNextPage && (
        <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('more')}
        </Button>
      )}
      {open !== null && <ToldOrderDialog connection={c} externalId={open} onClose={() => setOpen(null)} />}
    </>
  );
}

function Told({ of: o, connection, mayReplay, onOpen }: { of: ToldOrder; connection: Connection; mayReplay: boolean; onOpen: () => void }) {
  const t = useTexts(en);
  const replay = useReplay(connection);
  const name = o.number ?? o.externalId;
  return (
    <Row
      name={name}
      beside={
        <>
          <Status tone={toldTones[o.state]}>{t(`told.${o.state}`)}</Status> {o.isBefore && <Status tone="neutral" isPlain>{t('isBefore')}</Status>} <When at={o.toldAt ?? o.changedAt} />
        </>
      }
      end={
        <>
          {o.orderId && <OrderLink id={o.orderId as string} number={o.orderNumber} />}
          <Button size="compact-sm" variant="default" aria-label={t('showOf', { number: name })} onClick={onOpen}>
            {t('show')}
          </Button>
          {mayReplay && o.state === 'parked' && (
            <Button size="compact-sm" variant="default" loading={replay.isPending} aria-label={t('replayOf', { number: name })} onClick={() => replay.mutate(o.externalId)}>
              {t('replay')}
            </Button>
          )}
        </>
      }
    >
      {o.said && <span dir="auto">{o.said}</span>}
      {o.said && o.tries > 1 && ` · ${t('tries', { n: o.tries })}`}
      <ProblemAlert error={replay.error} what={t('notReplayed')} />
    </Row>
  );
}
