import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { api, ask } from '@house/api/client.ts';
import { ApiError } from '@house/api/problem.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { usePreference } from '@house/preferences.ts';
import { useMay } from '@house/session.tsx';
import { useUrlState } from '@house/useUrlState.ts';
import { DraftDesk } from './DraftDesk.tsx';
import css from './DraftDesk.module.css';
import en from './texts.en.ts';

/** Where an order is taken by telephone, and where a draft or quote is opened again. */
export default function DraftPage() {
  const { id: named } = useParams({ strict: false });
  const [url, setUrl] = useUrlState();
  const navigate = useNavigate();
  const id = named ?? url['draft'] ?? null;
  // A draft that this desk has made itself goes on where it is: its address changes, what is typed does not.
  const [shown, setShown] = useState<{ id: string | null; round: number; made: string | null }>({ id, round: 0, made: null });
  if (shown.id !== id) setShown(id !== null && id === shown.made ? { ...shown, id } : { id, round: shown.round + 1, made: null });
  const made = (draft: string) => {
    setShown((now) => ({ ...now, made: draft }));
    setUrl({ draft });
  };
  const begin = () => {
    if (id === null) setShown((now) => ({ id, round: now.round + 1, made: null }));
    void navigate({ to: '/orders/new', search: {} as never });
  };
  const open = (draft: string) => void navigate({ to: `/drafts/${draft}` });
  const desk = { onMade: made, onNew: begin, onOpen: open };
  return id !== null && id !== shown.made ? <Opened key={`${shown.round}:${id}`} id={id} {...desk} /> : <Begun key={shown.round} {...desk} />;
}

interface Ways {
  onMade: (draft: string) => void;
  onNew: () => void;
  onOpen: (draft: string) => void;
}

function Opened({ id, ...ways }: { id: string } & Ways) {
  const t = useTexts(en);
  const { data, error, refetch } = useQuery({
    queryKey: ['drafts', id],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/drafts/{id}', { params: { path: { id } }, signal })),
    gcTime: 0,
  });
  const { channels } = useChannels();
  if (error instanceof ApiError && error.status === 404) return <EmptyState kind="nothing" title={t('notFound.title')} text={t('notFound.text')} />;
  if (error && !data) return <div className={css.problem}><ProblemAlert error={error} again={() => void refetch()} /></div>;
  return data ? <DraftDesk start={data} channels={channels ?? []} channel={data.channel} currency={data.currency} {...ways} /> : null;
}

/** A new one begins with what was used last. */
function Begun(ways: Ways) {
  const may = useMay();
  const { channels, isKnown } = useChannels();
  const [lastChannel] = usePreference<string | null>('draft.channel', null);
  const [lastCurrency] = usePreference<string | null>('draft.currency', null);
  const mayLook = may('orders:read') && lastCurrency === null;
  const newest = useQuery({
    queryKey: ['orders', 'newest', 'currency'],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/orders', { params: { query: { limit: 1, fields: 'currency' } }, signal })),
    enabled: mayLook,
    staleTime: Infinity,
    retry: false,
  });
  if (!isKnown || (mayLook && newest.isPending)) return null;
  const codes = channels?.map((c) => c.code) ?? [];
  const channel = lastChannel && (codes.length === 0 || codes.includes(lastChannel)) ? lastChannel : (codes.find((c) => c === 'call-centre') ?? codes[0] ?? 'web');
  return <DraftDesk start={null} channels={channels ?? []} channel={channel} currency={lastCurrency ?? newest.data?.data[0]?.currency ?? 'GBP'} {...ways} />;
}

function useChannels() {
  const may = useMay();
  const found = useQuery({
    queryKey: ['channels', 'all'],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/channels', { params: { query: { limit: 100 } }, signal })),
    enabled: may('settings:read'),
    staleTime: 5 * 60_000,
    retry: false,
  });
  return { channels: found.data?.data, isKnown: !may('settings:read') || !found.isPending };
}
