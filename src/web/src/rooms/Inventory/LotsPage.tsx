import { Button, NativeSelect, SegmentedControl, TextInput } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api, ask, type Schema } from '@house/api/client.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { PageHead } from '@house/parts/PageHead.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { Status } from '@house/parts/Status.tsx';
import { useMay } from '@house/session.tsx';
import { useUrlState } from '@house/useUrlState.ts';
import { lotPage, lotTones } from './lots.ts';
import css from './Shares.module.css';
import lots from './Lots.module.css';
import en from './texts.en.ts';

const views = ['all', 'soon', 'expired', 'recalled'] as const;
const soonDays = 30;

/** Lots of products whose lots are kept: how long they may be sold, where they lie, and what was recalled. */
export default function LotsPage() {
  const t = useTexts(en);
  const may = useMay();
  const [url, setUrl] = useUrlState();
  const view = views.find((v) => v === url['show']) ?? 'all';
  const query = url['query'] ?? '';
  const node = url['node'] ?? '';
  const nodes = useQuery({ queryKey: ['lots', 'nodes'], queryFn: ({ signal }) => ask(api.GET('/api/v1/nodes', { params: { query: { limit: 250 } }, signal })), enabled: may('nodes:read'), staleTime: 300_000 });
  const found = useInfiniteQuery({
    queryKey: ['lots', 'list', view, query, node],
    queryFn: ({ pageParam, signal }) =>
      ask(
        api.GET('/api/v1/inventory/lots', {
          params: {
            query: {
              limit: 50,
              ...(query ? { query } : {}),
              ...(node ? { node } : {}),
              ...(view === 'expired' || view === 'recalled' ? { state: view } : view === 'soon' ? { state: 'open', within: soonDays } : {}),
              ...(pageParam ? { after: pageParam } : {}),
            },
          },
          signal,
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    placeholderData: (before) => before,
  });
  const rows = found.data?.pages.flatMap((p) => p.data);
  const isFiltered = view !== 'all' || query !== '' || node !== '';
  return (
    <>
      <PageHead title={t('lots')} />
      <div className={css.page}>
        <div className={lots.tools}>
          <SegmentedControl size="xs" aria-label={t('lots.show')} value={view} onChange={(v) => setUrl({ show: v === 'all' ? undefined : v })} data={views.map((value) => ({ value, label: t(`lots.${value}`) }))} />
          <TextInput className={lots.search!} aria-label={t('lots.search')} placeholder={t('lots.search')} value={query} onChange={(e) => setUrl({ query: e.currentTarget.value || undefined }, true)} maxLength={200} />
          {(nodes.data?.data.length ?? 0) > 1 && (
            <NativeSelect aria-label={t('lots.node')} value={node} onChange={(e) => setUrl({ node: e.currentTarget.value || undefined })} data={[{ value: '', label: t('lots.anyNode') }, ...nodes.data!.data.map((n) => ({ value: n.code, label: n.name }))]} />
          )}
        </div>
        <ProblemAlert error={found.error} again={() => void found.refetch()} />
        {rows?.length === 0 && <EmptyState kind={isFiltered ? (view === 'recalled' || view === 'expired' ? 'done' : 'filtered') : 'first'} title={t(isFiltered ? 'lots.none' : 'lots.empty')} text={isFiltered ? undefined : t('lots.emptyText')} />}
        {rows && rows.length > 0 && <ul className={css.rows} aria-label={t('lots')}>{rows.map((l) => <Row key={`${l.sku}/${l.lot}`} lot={l} />)}</ul>}
        {found.hasNextPage && <div><Button variant="default" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>{t('lots.more')}</Button></div>}
      </div>
    </>
  );
}

function Row({ lot: l }: { lot: Schema['LotView'] }) {
  const t = useTexts(en);
  const { number, date } = useFormat();
  return (
    <li className={css.row}>
      <div className={css.main}>
        <span><Link to={lotPage(l.sku, l.lot)} className={css.name}><bdi>{l.lot}</bdi></Link> <span className="sy-code">{l.sku}</span> <bdi className="sy-muted">{l.name}</bdi></span>
        <span className="sy-muted">
          {l.expiresOn ? t('lot.expires', { at: date(`${l.expiresOn}T12:00:00Z`, 'UTC') }) : t('lot.noExpiry')}
          {l.nodes.length > 0 && ` · ${l.nodes.map((n) => `${n.node} ${number(n.units)}`).join(', ')}`}
          {l.state === 'recalled' && l.reason && <> · <bdi>{l.reason}</bdi></>}
        </span>
      </div>
      <span className={lots.units}>{t('lots.units', { n: l.units })}</span>
      <Status tone={lotTones[l.state] ?? 'neutral'}>{t.maybe(`lot.state.${l.state}`)}</Status>
    </li>
  );
}
