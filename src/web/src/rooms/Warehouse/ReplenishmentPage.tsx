import { Button, NativeSelect, SegmentedControl, TextInput } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useCallback, useState } from 'react';
import { api, ask, type Schema } from '@house/api/client.ts';
import { IconPlus } from '@house/icons.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { useLive } from '@house/live.ts';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { notify } from '@house/parts/notices.ts';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { Section } from '@house/parts/Section.tsx';
import { Status } from '@house/parts/Status.tsx';
import { useMay } from '@house/session.tsx';
import { useActorName } from '@house/useActorName.ts';
import { useUrlState } from '@house/useUrlState.ts';
import { FaceDialog, type FaceDraft } from './FaceDialog.tsx';
import { Frame } from './Frame.tsx';
import { SuggestFaces } from './SuggestFaces.tsx';
import en from './texts.en.ts';
import css from './Warehouse.module.css';
import { operativesOptions } from './waves.ts';

type Need = Schema['RefillNeed'];
type Source = Schema['RefillSource'];

/** Pick faces that are to be filled, those that orders wait for first; and how full each face is kept. */
export default function ReplenishmentPage() {
  const t = useTexts(en);
  const may = useMay();
  const [url, setUrl] = useUrlState();
  const [edited, setEdited] = useState<FaceDraft | null>(null);
  const [isSuggesting, setSuggesting] = useState(false);
  const isFaces = url['show'] === 'faces';
  return (
    <Frame
      section="replenishment"
      actions={
        may('fulfilment:manage') && (
          <>
            <Button variant="default" onClick={() => setSuggesting(true)}>{t('faces.suggest')}</Button>
            <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setEdited({ sku: '', bin: '', min: null, max: null, isNew: true })}>{t('faces.new')}</Button>
          </>
        )
      }
    >
      {(node) => (
        <div className={css.page} key={node}>
          <div className={css.acts}>
            <SegmentedControl size="xs" aria-label={t('state')} value={isFaces ? 'faces' : 'fill'} onChange={(v) => setUrl({ show: v === 'faces' ? 'faces' : undefined, query: undefined })} data={[{ value: 'fill', label: t('refill.toFill') }, { value: 'faces', label: t('faces') }]} />
          </div>
          {isFaces ? <Faces node={node} onEdit={setEdited} /> : <ToFill node={node} onEdit={setEdited} onSuggest={() => setSuggesting(true)} />}
          {edited && <FaceDialog node={node} face={edited} onClose={() => setEdited(null)} />}
          {isSuggesting && <SuggestFaces node={node} onClose={() => setSuggesting(false)} />}
        </div>
      )}
    </Frame>
  );
}

function ToFill({ node, onEdit, onSuggest }: { node: string; onEdit: (face: FaceDraft) => void; onSuggest: () => void }) {
  const t = useTexts(en);
  const may = useMay();
  const queries = useQueryClient();
  const { number } = useFormat();
  const again = useCallback(() => void queries.invalidateQueries({ queryKey: ['warehouse', 'refills'] }), [queries]);
  useLive(again, again);
  const { data, error, refetch } = useQuery({
    queryKey: ['warehouse', 'refills', node],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/nodes/{code}/refills', { params: { path: { code: node } }, signal })),
    refetchInterval: 30_000,
  });
  const plan = useMutation({
    mutationFn: (skus: string[] | null) => ask(api.POST('/api/v1/nodes/{code}/refills', { params: { path: { code: node } }, body: { skus, operative: null } })),
    onSuccess: (answer) => {
      notify(t('refill.made', { n: answer.needs.length }));
      again();
    },
  });
  const planned = data?.needs.filter((n) => n.sources.some((s) => s.state === 'planned')) ?? [];
  if (data?.faces === 0)
    return <EmptyState kind="first" title={t('faces.empty')} text={t('faces.emptyText')} action={may('fulfilment:manage') && <Button onClick={onSuggest}>{t('faces.suggest')}</Button>} />;
  return (
    <Section
      title={t('refill.toFill')}
      beside={data && data.needs.length > 0 && (data.urgent > 0 ? t('refill.countUrgent', { n: data.needs.length, urgent: data.urgent }) : t('refill.count', { n: data.needs.length }))}
    >
      <p className={css.about}>{t('refill.about')}</p>
      <ProblemAlert error={error} again={() => void refetch()} />
      <ProblemAlert error={plan.error} what={t('refill.notMade')} />
      {data?.needs.length === 0 && <EmptyState kind="done" title={t('refill.none')} text={t('refill.noneText', { n: data.faces })} />}
      {planned.length > 0 && may('fulfilment:manage') && (
        <div><Button variant="default" loading={plan.isPending} onClick={() => plan.mutate(null)}>{t('refill.makeAll', { n: planned.length })}</Button></div>
      )}
      {data && data.needs.length > 0 && (
        <ul className={css.list} aria-label={t('refill.toFill')}>
          {data.needs.map((n) => (
            <li key={n.sku}>
              <div className={css.main}>
                <span><Link to={`/inventory/${encodeURIComponent(n.sku)}`} className="sy-strong">{n.sku}</Link> <bdi className="sy-muted">{n.name}</bdi></span>
                <span className="sy-muted">
                  <Link to={`/warehouse/bins/${encodeURIComponent(n.bin)}`}><bdi className="sy-code">{n.bin}</bdi></Link>
                  {' · '}{t('refill.level', { units: number(n.units), min: number(n.min), max: number(n.max) })}
                  {n.wanted > 0 && ` · ${t('refill.wanted', { n: n.wanted })}`}
                </span>
              </div>
              <Status tone={n.isUrgent ? 'bad' : n.reason === 'minimum' ? 'warn' : 'neutral'} isPlain>{t.maybe(`refill.reason.${n.reason}`)}</Status>
              <div className={css.main}>
                {n.sources.map((s) => <From key={`${s.from}/${s.lot ?? ''}`} source={s} sku={n.sku} isWish={n.reason === 'topUp'} />)}
                {n.lacking > 0 && <span><Status tone="warn" isPlain>{t('refill.lacking', { n: n.lacking })}</Status></span>}
              </div>
              {may('fulfilment:manage') && (
                <span className={css.acts}>
                  <Give node={node} need={n} />
                  <Button size="compact-sm" variant="default" onClick={() => onEdit({ sku: n.sku, bin: n.bin, min: n.min, max: n.max, isNew: false })} aria-label={`${t('faces.minMax')}, ${t('faces.editOf', { sku: n.sku })}`}>{t('faces.minMax')}</Button>
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
      {data?.hasMore && <p className="sy-muted">{t('refill.more')}</p>}
    </Section>
  );
}

/** "8 from R-2 · lot SOON · Ann". */
function From({ source: s, sku, isWish }: { source: Source; sku: string; isWish: boolean }) {
  const t = useTexts(en);
  const may = useMay();
  const nameOf = useActorName();
  const queries = useQueryClient();
  const { number } = useFormat();
  const cancel = useMutation({
    mutationFn: (id: string) => ask(api.POST('/api/v1/refills/{id}/cancel', { params: { path: { id } } })),
    onSettled: () => void queries.invalidateQueries({ queryKey: ['warehouse', 'refills'] }),
  });
  const who = s.operative ? (s.operativeName ?? nameOf(s.operative)) : null;
  return (
    <span>
      {t.node('refill.from', { n: number(s.quantity), bin: <bdi className="sy-code">{s.from}</bdi> })}
      <span className="sy-muted">
        {s.lot && ` · ${t('refill.lot', { lot: s.lot })}`}
        {' · '}
        {s.state === 'planned' ? t('refill.planned') : s.state === 'taken' ? t('refill.taken', { who: who ?? '' }) : who ? t('refill.for', { who }) : t('tour.anybody')}
      </span>
      {isWish && s.id && may('fulfilment:manage') && (
        <> <Button size="compact-sm" variant="subtle" loading={cancel.isPending} onClick={() => cancel.mutate(s.id!)} aria-label={t('refill.cancelOf', { sku })}>{t('refill.cancel')}</Button></>
      )}
      <ProblemAlert error={cancel.error} what={t('refill.cancelOf', { sku })} />
    </span>
  );
}

/** Makes what is planned and gives all of a face's open tasks to one person. */
function Give({ node, need }: { node: string; need: Need }) {
  const t = useTexts(en);
  const queries = useQueryClient();
  const people = useQuery(operativesOptions(node));
  const open = need.sources.filter((s) => s.state !== 'taken');
  const given = open.length > 0 && open.every((s) => s.operative === open[0]!.operative) ? (open[0]!.operative ?? '') : '';
  const give = useMutation({
    mutationFn: async (operative: string) => {
      if (operative !== '') return ask(api.POST('/api/v1/nodes/{code}/refills', { params: { path: { code: node } }, body: { skus: [need.sku], operative } }));
      for (const s of open) if (s.id) await ask(api.POST('/api/v1/refills/{id}/give', { params: { path: { id: s.id } }, body: { operative: null } }));
      return null;
    },
    onSettled: () => void queries.invalidateQueries({ queryKey: ['warehouse', 'refills'] }),
  });
  if (open.length === 0 || !people.data || people.data.operatives.length === 0) return null;
  return (
    <NativeSelect
      size="xs"
      aria-label={t('refill.give', { sku: need.sku })}
      value={given}
      disabled={give.isPending}
      onChange={(e) => give.mutate(e.currentTarget.value)}
      data={[{ value: '', label: t('tour.anybody') }, ...people.data.operatives.map((o) => ({ value: o.actor, label: o.name }))]}
    />
  );
}

function Faces({ node, onEdit }: { node: string; onEdit: (face: FaceDraft) => void }) {
  const t = useTexts(en);
  const may = useMay();
  const queries = useQueryClient();
  const { number } = useFormat();
  const [url, setUrl] = useUrlState();
  const query = url['query'] ?? '';
  const found = useInfiniteQuery({
    queryKey: ['warehouse', 'faces', node, query],
    queryFn: ({ pageParam, signal }) => ask(api.GET('/api/v1/nodes/{code}/faces', { params: { path: { code: node }, query: { limit: 50, ...(query ? { query } : {}), ...(pageParam ? { after: pageParam } : {}) } }, signal })),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    placeholderData: (before) => before,
  });
  const fill = useMutation({
    mutationFn: (sku: string) => ask(api.POST('/api/v1/nodes/{code}/refills', { params: { path: { code: node } }, body: { skus: [sku], operative: null } })),
    onSuccess: (answer, sku) => {
      const made = answer.needs[0]?.sources.length ?? 0;
      notify(made > 0 ? t('refill.topped', { sku }) : t('refill.nothingToTop', { sku }));
      void queries.invalidateQueries({ queryKey: ['warehouse', 'refills'] });
    },
  });
  const rows = found.data?.pages.flatMap((p) => p.data);
  return (
    <Section title={t('faces')}>
      <TextInput aria-label={t('faces.search')} placeholder={t('faces.search')} value={query} onChange={(e) => setUrl({ query: e.currentTarget.value || undefined }, true)} maxLength={200} />
      <ProblemAlert error={found.error ?? fill.error} again={() => void found.refetch()} />
      {rows?.length === 0 && <EmptyState kind={query ? 'filtered' : 'first'} title={t(query ? 'faces.noneFound' : 'faces.empty')} text={query ? undefined : t('faces.emptyText')} />}
      {rows && rows.length > 0 && (
        <ul className={css.list} aria-label={t('faces')}>
          {rows.map((f) => (
            <li key={f.sku}>
              <div className={css.main}>
                <span><Link to={`/inventory/${encodeURIComponent(f.sku)}`} className="sy-strong">{f.sku}</Link> <bdi className="sy-muted">{f.name}</bdi></span>
                <span className="sy-muted">
                  <Link to={`/warehouse/bins/${encodeURIComponent(f.bin)}`}><bdi className="sy-code">{f.bin}</bdi></Link>
                  {f.zone && <> · <bdi>{f.zone}</bdi></>} · {t('refill.level', { units: number(f.units), min: number(f.min), max: number(f.max) })}
                </span>
              </div>
              {f.units < f.min && <Status tone="warn" isPlain>{t('refill.reason.minimum')}</Status>}
              {may('fulfilment:manage') && (
                <span className={css.acts}>
                  <Button size="compact-sm" variant="default" disabled={fill.isPending || f.units >= f.max} onClick={() => fill.mutate(f.sku)} aria-label={t('refill.fillOf', { sku: f.sku })}>{t('refill.fill')}</Button>
                  <Button size="compact-sm" variant="default" onClick={() => onEdit({ ...f, isNew: false })} aria-label={`${t('edit')}, ${t('faces.editOf', { sku: f.sku })}`}>{t('edit')}</Button>
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
      {found.hasNextPage && <div><Button variant="default" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>{t('more')}</Button></div>}
    </Section>
  );
}
