import { Button } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '@house/api/client.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { notify } from '@house/parts/notices.ts';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { useMay } from '@house/session.tsx';
import { useUrlState } from '@house/useUrlState.ts';
import { Rows } from '@rooms/Settings/Frame.tsx';
import { ChannelFrame } from './ChannelFrame.tsx';
import type { Connection, Listing } from './channels.ts';
import css from './Channels.module.css';
import { ListingDialog } from './ListingDialog.tsx';
import { ListingRow } from './ListingRow.tsx';
import { MatchMany } from './MatchMany.tsx';
import { SearchBox } from './SearchBox.tsx';
import { States } from './States.tsx';
import en from './texts.en.ts';

const states = ['unmatched', 'matched', 'failing', 'waiting', 'stopped', 'ignored', 'gone', 'all'] as const;

/** What a channel offers, which of our products each is, and how much of its stock it shows. */
export default function ListingsPage() {
  return <ChannelFrame tab="listings">{(c) => <Listings of={c} />}</ChannelFrame>;
}

function Listings({ of: c }: { of: Connection }) {
  const t = useTexts(en);
  const queries = useQueryClient();
  const mayWrite = useMay()('settings:write');
  const [url, setUrl] = useUrlState();
  // What waits for a person comes first, where there is any. Chosen once, so that the list does not change under a hand.
  const [first] = useState<(typeof states)[number]>(c.health.unmatched > 0 ? 'unmatched' : 'all');
  const state = states.find((s) => s === url['state']) ?? first;
  const q = url['q'] ?? '';
  const [open, setOpen] = useState<Listing | null>(null);
  const [isMatching, setMatching] = useState(false);
  const list = useInfiniteQuery({
    queryKey: ['connections', c.channel, 'listings', state, q],
    queryFn: ({ pageParam, signal }) =>
      ask(api.GET('/api/v1/connections/{channel}/listings', { params: { path: { channel: c.channel }, query: { limit: 25, ...(state === 'all' ? {} : { state }), ...(q ? { q } : {}), ...(pageParam ? { after: pageParam } : {}) } }, signal })),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    refetchInterval: 15_000,
  });
  const at = { params: { path: { channel: c.channel } } };
  const refresh = useMutation({ mutationFn: () => ask(api.POST('/api/v1/connections/{channel}/listings/refresh', at)), onSuccess: () => notify(t('listings.refreshed')) });
  const push = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/connections/{channel}/listings/push', { ...at, body: {} })),
    onSuccess: async (done) => {
      await queries.invalidateQueries({ queryKey: ['connections'] });
      notify(t('listings.pushed', { n: done.listings }));
    },
  });
  const rows = list.data?.pages.flatMap((p) => p.data);
  const unmatched = rows?.filter((l) => l.state === 'unmatched') ?? [];
  return (
    <>
      <div className={css.bar}>
        <States label={t('listings.filter')} states={states} current={state} nameOf={(s) => t(`listings.${s}`)} countOf={(s) => (s === 'unmatched' ? c.health.unmatched : s === 'waiting' ? c.health.stockWaiting : s === 'all' ? c.health.listings : undefined)} onChange={(s) => setUrl({ state: s }, true)} />
        <SearchBox key={q} label={t('listings.search')} value={q} onSearch={(words) => setUrl({ q: words || undefined }, true)} />
      </div>
      {mayWrite && (
        <div className={css.buttons}>
          {unmatched.length > 0 && <Button onClick={() => setMatching(true)}>{t('listings.matchMany')}</Button>}
          <Button variant="default" loading={refresh.isPending} onClick={() => refresh.mutate()}>
            {t('listings.refresh')}
          </Button>
          <Button variant="default" loading={push.isPending} onClick={() => push.mutate()}>
            {t('listings.push')}
          </Button>
        </div>
      )}
      <ProblemAlert error={refresh.error ?? push.error} />
      <ProblemAlert error={list.error} what={t('notLoaded')} again={() => void list.refetch()} />
      {rows?.length === 0 && (state === 'unmatched' && !q && c.health.listings > 0 ? <EmptyState kind="done" title={t('listings.allMatched')} /> : <EmptyState kind={state === 'all' && !q ? 'first' : 'filtered'} title={t('listings.none')} text={t('listings.noneText')} />)}
      {rows && rows.length > 0 && (
        <Rows label={t('tab.listings')}>
          {rows.map((l) => (
            <ListingRow key={l.id} of={l} channel={c.channel} mayWrite={mayWrite} onOpen={() => setOpen(l)} />
          ))}
        </Rows>
      )}
      {list.hasNextPage && (
        <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('more')}
        </Button>
      )}
      {open && <ListingDialog channel={c.channel} listing={open} onClose={() => setOpen(null)} />}
      {isMatching && <MatchMany channel={c.channel} listings={unmatched} onClose={() => setMatching(false)} />}
    </>
  );
}
