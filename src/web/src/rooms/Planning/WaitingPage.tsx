import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { api, ask, type Schema } from '@house/api/client.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { DataTable, type Column } from '@house/parts/DataTable.tsx';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { Status } from '@house/parts/Status.tsx';
import { useList } from '@house/parts/useList.ts';
import { When } from '@house/parts/When.tsx';
import { useMay } from '@house/session.tsx';
import { useUrlState } from '@house/useUrlState.ts';
import { PrioritiseOrder } from '@rooms/Orders/PrioritiseOrder.tsx';
import { Frame } from './Frame.tsx';
import css from './Planning.module.css';
import en from './texts.en.ts';

type Parked = Schema['ListParkedParked'];
const queues = ['backorder', 'preorder', 'unfillable', 'pickupRejected'] as const;

/** What waits until something happens: for goods that come, for a day, for somebody to find another way. Who is served first stands first. */
export default function WaitingPage() {
  const t = useTexts(en);
  const may = useMay();
  const queries = useQueryClient();
  const { number } = useFormat();
  const [url, setUrl] = useUrlState();
  const queue = queues.find((q) => q === url['queue']) ?? 'backorder';
  const sku = url['sku'];
  const counts = useQuery({ queryKey: ['planning', 'parked', 'counts'], queryFn: ({ signal }) => ask(api.GET('/api/v1/parking-queues', { signal })), refetchInterval: 60_000 });
  const list = useList<Parked>({
    key: ['planning', 'parked', queue, sku ?? ''],
    fetch: ({ limit, after }, signal) => ask(api.GET('/api/v1/parking-queues/{queue}', { params: { path: { queue }, query: { limit, ...(after ? { after } : {}), ...(sku ? { sku } : {}) } }, signal })),
  });
  const [ranked, setRanked] = useState<Parked | null>(null);
  const mayRank = may('orders:write');
  const columns = useMemo<Column<Parked>[]>(
    () => [
      {
        id: 'sku',
        header: t('goods'),
        cell: (p) => (
          <span className="sy-row">
            <Link className={`${css.above} sy-code`} to="." search={((now: object) => ({ ...now, sku: p.sku, after: undefined })) as never} title={t('waiting.only', { sku: p.sku })}>
              {p.sku}
            </Link>
            <span className="sy-muted sy-clip" dir="auto">{p.name}</span>
          </span>
        ),
      },
      { id: 'units', header: t('units'), width: 72, align: 'end', cell: (p) => number(p.units) },
      {
        id: 'priority',
        header: t('priority'),
        width: 88,
        align: 'end',
        cell: (p) =>
          mayRank ? (
            <Button size="compact-sm" variant="subtle" className={css.above!} onClick={() => setRanked(p)} aria-label={t('priority.of', { number: p.orderNumber, priority: p.priority })}>
              {number(p.priority)}
            </Button>
          ) : (
            number(p.priority)
          ),
      },
      { id: 'expected', header: t('waiting.expected'), width: 152, cell: (p) => <Expected parked={p} /> },
      ...(queue === 'backorder' || queue === 'preorder'
        ? [{ id: 'supply', header: t('waiting.supply'), width: 176, spare: 1 as const, cell: (p: Parked) => <Supply parked={p} /> }]
        : [{ id: 'reason', header: t('waiting.reason'), width: 288, spare: 1 as const, cell: (p: Parked) => <span dir="auto" title={p.reason ?? undefined}>{p.reason ?? '–'}</span> }]),
      { id: 'placed', header: t('placed'), width: 88, spare: 2, cell: (p) => <When at={p.placedAt} /> },
    ],
    [t, number, queue, mayRank],
  );
  return (
    <Frame section="waiting">
      <nav className={css.queues} aria-label={t('waiting.queues')}>
        {queues.map((q) => {
          const count = counts.data?.queues.find((c) => c.queue === q);
          return (
            <Link key={q} to="." search={{ queue: q } as never} className={css.queue} aria-current={q === queue ? 'page' : undefined}>
              {t(`parked.${q}`)}
              {count && <span className={css.count}>{number(count.lines)}</span>}
              {count && count.overdue > 0 && <Status tone="bad" isPlain>{t('waiting.overdue', { n: count.overdue })}</Status>}
            </Link>
          );
        })}
      </nav>
      <div className={css.bar}>
        <p>{t(`parked.${queue}.about`)}</p>
        {sku && (
          <Button size="compact-sm" variant="light" onClick={() => setUrl({ sku: undefined, after: undefined })}>
            {t('waiting.all', { sku })}
          </Button>
        )}
      </div>
      <DataTable<Parked>
        label={t(`parked.${queue}`)}
        list={list}
        columns={columns}
        rowId={(p) => `${p.orderId}.${p.line}`}
        rowName={(p) => `#${p.orderNumber}`}
        rowLink={(p) => `/orders/${p.orderId}`}
        nameHeader={t('order')}
        nameWidth={128}
        card={(p) => (
          <>
            <span className="sy-clip">{t('waiting.line', { n: number(p.units), what: p.name ?? p.sku })}</span>
            <span className="sy-row sy-spread">
              <Expected parked={p} />
              {mayRank && (
                <Button size="compact-sm" variant="default" className={css.above!} onClick={() => setRanked(p)} aria-label={t('priority.of', { number: p.orderNumber, priority: p.priority })}>
                  {t('priority.is', { priority: p.priority })}
                </Button>
              )}
            </span>
          </>
        )}
        cardEnd={(p) => <When at={p.placedAt} />}
        empty={
          sku ? (
            <EmptyState kind="filtered" title={t('waiting.emptySku', { sku })} action={<Button variant="default" onClick={() => setUrl({ sku: undefined })}>{t('waiting.all', { sku })}</Button>} />
          ) : (
            <EmptyState kind="done" title={t(`parked.${queue}.empty`)} />
          )
        }
      />
      {ranked && (
        <PrioritiseOrder
          order={{ id: ranked.orderId, number: ranked.orderNumber, priority: ranked.priority }}
          onClose={() => {
            setRanked(null);
            void queries.invalidateQueries({ queryKey: ['planning'] });
          }}
        />
      )}
    </Frame>
  );
}

function Expected({ parked: p }: { parked: Parked }) {
  const t = useTexts(en);
  if (p.releaseAt) return <span>{t.node('waiting.release', { at: <When at={p.releaseAt} as="date" /> })}</span>;
  if (p.expectedAt === null) return <span className="sy-muted">{t('waiting.unknown')}</span>;
  if (p.isOverdue) return <Status tone="bad" isPlain>{t.node('waiting.was', { at: <When at={p.expectedAt} as="date" /> })}</Status>;
  return <When at={p.expectedAt} as="date" />;
}

function Supply({ parked: p }: { parked: Parked }) {
  const t = useTexts(en);
  const { number } = useFormat();
  if (p.inboundQuantity === 0) return <Status tone="warn" isPlain>{t('waiting.noSupply')}</Status>;
  return <span>{t.node('waiting.inbound', { n: number(p.inboundQuantity), at: <When at={p.nextInboundAt} as="date" /> })}</span>;
}

