import { Button, NativeSelect } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, Navigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { api, ask } from '@house/api/client.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { DataTable, type Column } from '@house/parts/DataTable.tsx';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { Money } from '@house/parts/Money.tsx';
import { Status } from '@house/parts/Status.tsx';
import { useList } from '@house/parts/useList.ts';
import { Due, When } from '@house/parts/When.tsx';
import { useMay, useSession } from '@house/session.tsx';
import { useUrlState } from '@house/useUrlState.ts';
import words from '@house/words/texts.en.ts';
import { allNodesOptions } from '@rooms/Nodes/nodes.ts';
import { PrioritiseOrder } from '@rooms/Orders/PrioritiseOrder.tsx';
import { Frame } from './Frame.tsx';
import css from './Planning.module.css';
import { blockOf, type Queued } from './queue.ts';
import { ReleaseNow } from './ReleaseNow.tsx';
import { sections } from './sections.ts';
import en from './texts.en.ts';

/** The orders between placing and release; whoever may not see them comes to the first part of planning that is theirs. */
export default function QueuePage() {
  const may = useMay();
  const first = sections.find((s) => may(s.permission));
  return may('fulfilment:read') || !first ? <Queue /> : <Navigate to={first.path} replace />;
}

function Queue() {
  const t = useTexts(en);
  const may = useMay();
  const queries = useQueryClient();
  const { number } = useFormat();
  const { session } = useSession();
  const currency = session.baseCurrency ?? 'GBP';
  const [url, setUrl] = useUrlState();
  const node = url['node'];
  const { data: nodes = [] } = useQuery({ ...allNodesOptions, enabled: may('nodes:read') });
  const list = useList<Queued>({
    key: ['planning', 'queue', node ?? ''],
    fetch: ({ limit, after }, signal) => ask(api.GET('/api/v1/routing/queue', { params: { query: { limit, ...(after ? { after } : {}), ...(node ? { node } : {}) } }, signal })),
  });
  const [dialog, setDialog] = useState<{ kind: 'priority' | 'release'; of: Queued } | null>(null);
  const close = () => {
    setDialog(null);
    void queries.invalidateQueries({ queryKey: ['planning'] });
  };
  const withCosts = list.rows?.some((q) => typeof q.costMinor === 'number') ?? false;
  const mayRelease = may('fulfilment:manage');
  const mayRank = may('orders:write');
  const columns = useMemo<Column<Queued>[]>(
    () => [
      { id: 'from', header: t('queue.from'), cell: (q) => <From queued={q} /> },
      { id: 'shipBy', header: t('shipBy'), width: 152, cell: (q) => <Due at={q.shipBy} /> },
      { id: 'wave', header: t('queue.wave'), width: 184, cell: (q) => <Waits queued={q} /> },
      { id: 'priority', header: t('priority'), width: 80, align: 'end', spare: 1, cell: (q) => <Rank queued={q} mayRank={mayRank} onRank={() => setDialog({ kind: 'priority', of: q })} /> },
      ...(withCosts ? [{ id: 'cost', header: t('queue.cost'), width: 88, align: 'end' as const, spare: 2 as const, cell: (q: Queued) => <Money minor={q.costMinor} currency={currency} /> }] : []),
      { id: 'moves', header: t('queue.moves'), width: 88, align: 'end', spare: 3, cell: (q) => (q.moves > 0 ? number(q.moves) : <span className="sy-muted">–</span>) },
      { id: 'placed', header: t('placed'), width: 88, spare: 2, cell: (q) => <When at={q.placedAt} /> },
      {
        id: 'acts',
        header: t('queue.acts'),
        width: 264,
        cell: (q) => (
          <span className={css.acts}>
            <Button size="compact-sm" variant="default" component={Link} to={`/orders/${q.order}/routing`} aria-label={t('queue.whyOf', { number: q.orderNumber })}>
              {t('queue.why')}
            </Button>
            {mayRelease && blockOf(q) === null && (
              <Button size="compact-sm" variant="default" onClick={() => setDialog({ kind: 'release', of: q })} aria-label={t('release.of', { number: q.orderNumber })}>
                {t('release')}
              </Button>
            )}
          </span>
        ),
      },
    ],
    [t, withCosts, currency, number, mayRelease, mayRank],
  );
  return (
    <Frame section="queue">
      <div className={css.bar}>
        <p>{t('queue.about')}</p>
        {nodes.length > 1 && (
          <NativeSelect aria-label={t('node')} value={node ?? ''} onChange={(e) => setUrl({ node: e.currentTarget.value || undefined, after: undefined }, true)} data={[{ value: '', label: t('allNodes') }, ...nodes.map((n) => ({ value: n.code, label: `${n.code} · ${n.name}` }))]} />
        )}
      </div>
      <DataTable<Queued>
        label={t('queue')}
        list={list}
        columns={columns}
        rowId={(q) => q.order}
        rowName={(q) => `#${q.orderNumber}`}
        rowLink={(q) => `/orders/${q.order}`}
        nameHeader={t('order')}
        nameWidth={112}
        card={(q) => (
          <>
            <From queued={q} />
            <span className="sy-row sy-spread">
              <Due at={q.shipBy} />
              <Waits queued={q} />
            </span>
            {mayRelease && blockOf(q) === null && (
              <span className={css.acts}>
                <Button size="compact-sm" variant="default" onClick={() => setDialog({ kind: 'release', of: q })} aria-label={t('release.of', { number: q.orderNumber })}>
                  {t('release')}
                </Button>
              </span>
            )}
          </>
        )}
        cardEnd={(q) => (withCosts ? <Money minor={q.costMinor} currency={currency} /> : null)}
        empty={node ? <EmptyState kind="filtered" title={t('queue.emptyNode', { node })} action={<Button variant="default" onClick={() => setUrl({ node: undefined })}>{t('allNodes')}</Button>} /> : <EmptyState kind="done" title={t('queue.empty')} text={t('queue.emptyText')} />}
      />
      {dialog?.kind === 'priority' && <PrioritiseOrder order={{ id: dialog.of.order, number: dialog.of.orderNumber, priority: dialog.of.priority }} onClose={close} />}
      {dialog?.kind === 'release' && <ReleaseNow queued={dialog.of} onClose={close} />}
    </Frame>
  );
}

/** From where, by what: BHM · evri-standard. */
function From({ queued: q }: { queued: Queued }) {
  const { list } = useFormat();
  return <bdi className="sy-clip">{list(q.nodes.map((n) => (n.service ? `${n.node} · ${n.service}` : n.node)))}</bdi>;
}

/** What it waits for: a hold, a person, its grace period, or the next time its node is given work. */
function Waits({ queued: q }: { queued: Queued }) {
  const t = useTexts(en);
  const word = useTexts(words);
  const block = blockOf(q);
  if (block?.kind === 'hold') return <Status tone="hold" isPlain title={q.holds.map((h) => h.reason).join('\n')}>{t('queue.held', { kind: word.maybe(`hold.${q.holds[0]!.kind}`) })}</Status>;
  if (block?.kind === 'unconfirmed') return <span className="sy-muted">{t('queue.unconfirmed')}</span>;
  if (block?.kind === 'preorder') return <When at={q.releaseAt} as="date" />;
  const wave = q.nodes.map((n) => n.nextWave).filter((w) => w !== null).sort()[0];
  if (q.isUrgent) return <Status tone="warn" isPlain>{t('queue.urgent')}</Status>;
  if (block?.kind === 'grace') return <span>{t.node('queue.grace', { at: <When at={q.graceUntil} as="time" /> })}</span>;
  if (wave) return <When at={wave} as="short" />;
  return <span className="sy-muted">{t(q.release === 'manual' ? 'queue.byHand' : 'queue.soon')}</span>;
}

function Rank({ queued: q, mayRank, onRank }: { queued: Queued; mayRank: boolean; onRank: () => void }) {
  const t = useTexts(en);
  const { number } = useFormat();
  if (!mayRank) return <>{number(q.priority)}</>;
  return (
    <Button size="compact-sm" variant="subtle" className={css.above!} onClick={onRank} aria-label={t('priority.of', { number: q.orderNumber, priority: q.priority })}>
      {number(q.priority)}
    </Button>
  );
}
