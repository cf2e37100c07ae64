import { Button, Checkbox, NativeSelect, NumberInput, SegmentedControl, Select, Switch, TextInput } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useCallback, useState } from 'react';
import { api, ask, ifMatch, type Schema } from '@house/api/client.ts';
import { byField } from '@house/api/problem.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { useLive } from '@house/live.ts';
import { Consequences } from '@house/parts/Consequences.tsx';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { notify } from '@house/parts/notices.ts';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { Section } from '@house/parts/Section.tsx';
import { Status } from '@house/parts/Status.tsx';
import { When } from '@house/parts/When.tsx';
import { useMay, useSession } from '@house/session.tsx';
import { useActorName } from '@house/useActorName.ts';
import { useColleagues } from '@house/useColleagues.ts';
import { useUrlState } from '@house/useUrlState.ts';
import { FormDialog } from '@rooms/Settings/FormDialog.tsx';
import { Frame } from './Frame.tsx';
import en from './texts.en.ts';
import css from './Warehouse.module.css';
import { pictureOptions } from './waves.ts';

type Count = Schema['CountView'];
type View = 'open' | 'approval' | 'done';

/** Shelves that are to be counted, those that somebody found other than the books say first; what differs too much waits for approval. */
export default function CountsPage() {
  const t = useTexts(en);
  const may = useMay();
  const [dialog, setDialog] = useState<'plan' | 'settings' | null>(null);
  return (
    <Frame
      section="counts"
      actions={
        <>
          {may('inventory:approve') && <Button variant="default" onClick={() => setDialog('settings')}>{t('counts.settings')}</Button>}
          {may('inventory:write') && <Button onClick={() => setDialog('plan')}>{t('counts.plan')}</Button>}
        </>
      }
    >
      {(node) => (
        <div className={css.page} key={node}>
          <Counts node={node} />
          {dialog === 'plan' && <Plan node={node} onClose={() => setDialog(null)} />}
          {dialog === 'settings' && <Settings node={node} onClose={() => setDialog(null)} />}
        </div>
      )}
    </Frame>
  );
}

function useCounts(node: string, query: { state?: string; stage?: string; planned?: boolean; assignee?: string }, isOn = true) {
  return useInfiniteQuery({
    queryKey: ['warehouse', 'counts', node, query],
    queryFn: ({ pageParam, signal }) => ask(api.GET('/api/v1/counts', { params: { query: { node, limit: 50, ...query, ...(pageParam ? { after: pageParam } : {}) } }, signal })),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    enabled: isOn,
  });
}

function Counts({ node }: { node: string }) {
  const t = useTexts(en);
  const { session } = useSession();
  const queries = useQueryClient();
  const [url, setUrl] = useUrlState();
  const view: View = url['show'] === 'approval' ? 'approval' : url['show'] === 'done' ? 'done' : 'open';
  const isMine = url['mine'] === '1';
  const me = session.user?.userName;
  const mine = isMine && me ? { assignee: me } : {};
  const again = useCallback(() => void queries.invalidateQueries({ queryKey: ['warehouse', 'counts'] }), [queries]);
  useLive(again, again);
  return (
    <>
      <div className={css.acts}>
        <SegmentedControl size="xs" aria-label={t('state')} value={view} onChange={(v) => setUrl({ show: v === 'open' ? undefined : v })} data={(['open', 'approval', 'done'] as const).map((value) => ({ value, label: t(`counts.${value}`) }))} />
        {view === 'open' && me && <Checkbox label={t('counts.mine')} checked={isMine} onChange={(e) => setUrl({ mine: e.currentTarget.checked ? '1' : undefined })} />}
      </div>
      {view === 'open' && (
        <>
          <List title={t('counts.flagged')} about={t('counts.flaggedAbout')} node={node} query={{ planned: false, ...mine }} view={view} />
          <List title={t('counts.planned')} node={node} query={{ planned: true, ...mine }} view={view} />
        </>
      )}
      {view === 'approval' && <List title={t('counts.approval')} about={t('counts.approvalAbout')} node={node} query={{ stage: 'approval' }} view={view} />}
      {view === 'done' && <List title={t('counts.done')} node={node} query={{ state: 'done' }} view={view} />}
    </>
  );
}

function List({ title, about, node, query, view }: { title: string; about?: string; node: string; query: Parameters<typeof useCounts>[1]; view: View }) {
  const t = useTexts(en);
  const found = useCounts(node, query);
  const [entered, setEntered] = useState<Count | null>(null);
  const [decided, setDecided] = useState<Count | null>(null);
  // What waits for approval is not to be counted for now.
  const rows = found.data?.pages.flatMap((p) => p.data).filter((c) => view !== 'open' || c.stage !== 'approval');
  return (
    <Section title={title} beside={about}>
      <ProblemAlert error={found.error} again={() => void found.refetch()} />
      {rows?.length === 0 && view === 'open' && <p className={`sy-panel ${css.empty}`}>{t('counts.none')}</p>}
      {rows?.length === 0 && view !== 'open' && <EmptyState kind={view === 'done' ? 'nothing' : 'done'} title={t(view === 'done' ? 'counts.noneDone' : 'counts.noneToApprove')} />}
      {rows && rows.length > 0 && (
        <ul className={css.list} aria-label={title}>
          {rows.map((count) => (
            <Row key={count.id} count={count} view={view} onEnter={() => setEntered(count)} onDecide={() => setDecided(count)} />
          ))}
        </ul>
      )}
      {found.hasNextPage && <div><Button variant="default" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>{t('more')}</Button></div>}
      {entered && <Enter count={entered} onClose={() => setEntered(null)} />}
      {decided && <Decide count={decided} onClose={() => setDecided(null)} />}
    </Section>
  );
}

function Row({ count: c, view, onEnter, onDecide }: { count: Count; view: View; onEnter: () => void; onDecide: () => void }) {
  const t = useTexts(en);
  const may = useMay();
  const nameOf = useActorName();
  const { number, list } = useFormat();
  return (
    <li>
      <div className={css.main}>
        <span>
          <Link to={`/inventory/${encodeURIComponent(c.sku)}`} className="sy-strong">{c.sku}</Link> <bdi className="sy-muted">{c.name}</bdi>
        </span>
        <span className="sy-muted">
          {c.bins.length > 0 ? list([...c.bins]) : t('counts.noBin')}
          {' · '}
          {c.plan === null ? c.reason : t.maybe(`plan.${c.plan}`)}
          {c.pending > 0 && ` · ${t('counts.pending', { n: c.pending })}`}
        </span>
      </div>
      {view === 'done' ? (
        <span>
          {t('counts.was', { n: number(c.counted ?? 0) })}{' '}
          <Status tone={c.variance === 0 ? 'good' : 'warn'} isPlain>{c.variance === 0 ? t('counts.same') : t('counts.variance', { n: (c.variance ?? 0) > 0 ? `+${number(c.variance ?? 0)}` : number(c.variance ?? 0) })}</Status>{' '}
          <span className="sy-muted">{t.node('counts.by', { who: <bdi>{nameOf(c.doneBy ?? '')}</bdi>, at: <When at={c.doneAt} /> })}</span>
        </span>
      ) : (
        <span className={css.acts}>
          {c.stage === 'recount' && <Status tone="warn" isPlain>{t('counts.again')}</Status>}
          {view === 'open' && c.expected !== null && <span className="sy-muted">{t('counts.books', { n: number(c.expected) })}</span>}
          {view === 'open' && may('inventory:write') && <Assign count={c} />}
          {view === 'open' && may('inventory:write') && <Button size="compact-sm" variant="default" onClick={onEnter} aria-label={t('counts.enterOf', { sku: c.sku })}>{t('counts.enter')}</Button>}
          {view === 'approval' && <span>{t('counts.proposed', { n: number(c.proposed ?? 0), books: number(c.expected ?? 0) })}</span>}
          {view === 'approval' && may('inventory:approve') && <Button size="compact-sm" variant="default" onClick={onDecide} aria-label={t('counts.decideOf', { sku: c.sku })}>{t('counts.decide')}</Button>}
        </span>
      )}
    </li>
  );
}

function Assign({ count }: { count: Count }) {
  const t = useTexts(en);
  const queries = useQueryClient();
  const colleagues = useColleagues();
  const send = useMutation({
    mutationFn: (assignee: string) => ask(api.POST('/api/v1/counts/assign', { body: { counts: [count.id], assignee: assignee || null } })),
    onSettled: () => void queries.invalidateQueries({ queryKey: ['warehouse', 'counts'] }),
  });
  if (colleagues.length === 0) return null;
  return (
    <NativeSelect
      size="xs"
      aria-label={t('counts.assign', { sku: count.sku })}
      value={count.assignee ?? ''}
      disabled={send.isPending}
      onChange={(e) => send.mutate(e.currentTarget.value)}
      data={[{ value: '', label: t('tour.anybody') }, ...colleagues.map((c) => ({ value: c.userName, label: c.displayName }))]}
    />
  );
}

/** One shelf, one number. What the books say is not asked for and not shown, where counting is blind. */
function Enter({ count, onClose }: { count: Count; onClose: () => void }) {
  const t = useTexts(en);
  const queries = useQueryClient();
  const { number, list } = useFormat();
  const [units, setUnits] = useState<number | null>(null);
  const send = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/counts/{id}/result', { params: { path: { id: count.id } }, body: { quantity: units } })),
    onSuccess: (done) => {
      notify(done.state === 'done' ? t('counts.entered', { sku: done.sku, n: number(done.counted ?? 0) }) : t(done.stage === 'recount' ? 'counts.toRepeat' : 'counts.toApprove', { sku: done.sku }));
      void queries.invalidateQueries({ queryKey: ['warehouse', 'counts'] });
      void queries.invalidateQueries({ queryKey: ['stock'] });
      onClose();
    },
  });
  const faults = byField(send.error);
  return (
    <FormDialog title={t('counts.enterOf', { sku: count.sku })} confirm={t('counts.enter')} onClose={onClose} onSubmit={() => units !== null && send.mutate()} isPending={send.isPending} error={send.error} shown={['/quantity']}>
      <p>
        <bdi>{count.name}</bdi>
        <br />
        <span className="sy-muted">{count.bins.length > 0 ? list([...count.bins]) : t('counts.noBin')}</span>
      </p>
      <NumberInput label={t('counts.units')} description={t('counts.unitsHint')} value={units ?? ''} onChange={(v) => setUnits(v === '' ? null : Number(v))} min={0} allowDecimal={false} allowNegative={false} required inputMode="numeric" error={faults['quantity']} data-autofocus />
    </FormDialog>
  );
}

function Decide({ count, onClose }: { count: Count; onClose: () => void }) {
  const t = useTexts(en);
  const queries = useQueryClient();
  const nameOf = useActorName();
  const { number } = useFormat();
  const params = { params: { path: { id: count.id } } };
  const after = () => {
    void queries.invalidateQueries({ queryKey: ['warehouse', 'counts'] });
    void queries.invalidateQueries({ queryKey: ['stock'] });
    onClose();
  };
  const approve = useMutation({ mutationFn: () => ask(api.POST('/api/v1/counts/{id}/approve', params)), onSuccess: (done) => (notify(t('counts.approved', { sku: done.sku, n: number(done.counted ?? 0) })), after()) });
  const again = useMutation({ mutationFn: () => ask(api.POST('/api/v1/counts/{id}/recount', { ...params, body: {} })), onSuccess: () => (notify(t('counts.toRepeat', { sku: count.sku })), after()) });
  const by = (count.proposed ?? 0) - (count.expected ?? 0);
  return (
    <Consequences
      opened
      onClose={onClose}
      title={t('counts.decideOf', { sku: count.sku })}
      rows={[
        { what: t('counts.first', { who: nameOf(count.firstBy ?? '') }), now: '', after: number(count.first ?? 0) },
        { what: t('counts.second', { who: nameOf(count.proposedBy ?? '') }), now: '', after: number(count.proposed ?? 0) },
        { what: t('counts.onBooks'), now: number(count.expected ?? 0), after: number(count.proposed ?? 0) },
      ]}
      confirm={t('counts.approve', { n: by > 0 ? `+${number(by)}` : number(by) })}
      onConfirm={() => approve.mutate()}
      isPending={approve.isPending}
      error={approve.error ?? again.error}
    >
      <div>
        <Button variant="default" loading={again.isPending} onClick={() => again.mutate()}>{t('counts.onceMore')}</Button>
      </div>
    </Consequences>
  );
}

function Plan({ node, onClose }: { node: string; onClose: () => void }) {
  const t = useTexts(en);
  const may = useMay();
  const queries = useQueryClient();
  const colleagues = useColleagues();
  const [by, setBy] = useState('age');
  const [place, setPlace] = useState('');
  const [most, setMost] = useState<number | null>(20);
  const [assignee, setAssignee] = useState('');
  const picture = useQuery({ ...pictureOptions(node), enabled: may('inventory:read') });
  const needsPlace = by === 'zone' || by === 'bin';
  const body = { node, by, place: needsPlace ? place.trim() || null : null, most: most ?? 20, assignee: assignee || null };
  const look = useQuery({
    queryKey: ['warehouse', 'counts', 'look', body],
    queryFn: ({ signal }) => ask(api.POST('/api/v1/counts/plan', { body: { ...body, dryRun: true }, signal })),
    enabled: !needsPlace || place.trim() !== '',
    retry: false,
  });
  const send = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/counts/plan', { body: { ...body, dryRun: false } })),
    onSuccess: (answer) => {
      notify(t('counts.arePlanned', { n: answer.items.length }));
      void queries.invalidateQueries({ queryKey: ['warehouse', 'counts'] });
      onClose();
    },
  });
  const faults = byField(send.error);
  const items = look.data?.items;
  return (
    <FormDialog title={t('counts.plan')} confirm={t('counts.planN', { n: items?.length ?? 0 })} onClose={onClose} onSubmit={() => items && items.length > 0 && send.mutate()} isPending={send.isPending} error={send.error} shown={['/place', '/most']}>
      <Select label={t('counts.which')} value={by} onChange={(v) => setBy(v ?? 'age')} allowDeselect={false} data={(['sold', 'age', 'zone', 'bin', 'random'] as const).map((value) => ({ value, label: t(`plan.${value}`) }))} />
      {by === 'zone' && <Select label={t('zone')} value={place || null} onChange={(v) => setPlace(v ?? '')} data={[...(picture.data?.zones ?? [])]} error={faults['place']} />}
      {by === 'bin' && <TextInput label={t('bin')} value={place} onChange={(e) => setPlace(e.currentTarget.value)} maxLength={64} error={faults['place']} />}
      <NumberInput label={t('wave.most')} value={most ?? ''} onChange={(v) => setMost(v === '' ? null : Number(v))} min={1} max={500} allowDecimal={false} allowNegative={false} error={faults['most']} />
      <Select label={t('counts.who')} value={assignee} onChange={(v) => setAssignee(v ?? '')} allowDeselect={false} data={[{ value: '', label: t('tour.anybody') }, ...colleagues.map((c) => ({ value: c.userName, label: c.displayName }))]} />
      <p className="sy-muted" role="status">
        {items === undefined ? '' : items.length === 0 ? t('counts.nothingToPlan') : t('counts.wouldBe', { n: items.length, first: items.slice(0, 3).map((i) => i.sku).join(', ') })}
      </p>
    </FormDialog>
  );
}

function Settings({ node, onClose }: { node: string; onClose: () => void }) {
  const { data, error, refetch } = useQuery({
    queryKey: ['warehouse', 'count-settings', node],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/nodes/{code}/count-settings', { params: { path: { code: node } }, signal })),
  });
  if (error) return <ProblemAlert error={error} again={() => void refetch()} />;
  return data ? <EditSettings key={data.version} node={node} settings={data} onClose={onClose} /> : null;
}

function EditSettings({ node, settings, onClose }: { node: string; settings: Schema['WriteCountSettingsResponse']; onClose: () => void }) {
  const t = useTexts(en);
  const queries = useQueryClient();
  const [limit, setLimit] = useState<number | null>(settings.limitUnits);
  const [isBlind, setBlind] = useState(settings.isBlind);
  const send = useMutation({
    mutationFn: () => ask(api.PUT('/api/v1/nodes/{code}/count-settings', { params: { path: { code: node } }, body: { limitUnits: limit, isBlind }, headers: ifMatch(settings.version) })),
    onSuccess: () => {
      notify(t('counts.settingsSaved', { node }));
      void queries.invalidateQueries({ queryKey: ['warehouse'] });
      onClose();
    },
  });
  return (
    <FormDialog title={t('counts.settings')} confirm={t('save')} onClose={onClose} onSubmit={() => send.mutate()} isPending={send.isPending} error={send.error}>
      <NumberInput label={t('counts.limit')} description={t('counts.limitHint')} value={limit ?? ''} onChange={(v) => setLimit(v === '' ? null : Number(v))} min={0} allowDecimal={false} allowNegative={false} data-autofocus />
      <Switch label={t('counts.blind')} description={t('counts.blindHint')} checked={isBlind} onChange={(e) => setBlind(e.currentTarget.checked)} />
    </FormDialog>
  );
}
