import { Button, SegmentedControl } from '@mantine/core';
import { useCallback, useMemo } from 'react';
import { Link } from '@tanstack/react-router';
import { api, ask, type Schema } from '@house/api/client.ts';
import { IconBarcode } from '@house/icons.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { useLive } from '@house/live.ts';
import { DataTable, type Column } from '@house/parts/DataTable.tsx';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { Status, type Tone } from '@house/parts/Status.tsx';
import { useList } from '@house/parts/useList.ts';
import { When } from '@house/parts/When.tsx';
import { usePreference } from '@house/preferences.ts';
import { useMay } from '@house/session.tsx';
import { useUrlState } from '@house/useUrlState.ts';
import { Frame } from './Frame.tsx';
import en from './texts.en.ts';
import { useWarehouseNode } from './useWarehouseNode.ts';
import css from './Warehouse.module.css';

type Delivery = Schema['DeliverySummary'];

export const deliveryTones: Record<Schema['DeliveryView']['state'], Tone> = { open: 'progress', closed: 'good', cancelled: 'neutral' };
export const titleOf = (d: Pick<Delivery, 'id' | 'reference' | 'supplier'>): string => d.reference ?? d.supplier ?? `…${d.id.slice(-6)}`;

/** What has come and what is being counted at the dock; the handheld books it in. */
export default function DeliveriesPage() {
  const t = useTexts(en);
  const may = useMay();
  const { node: here } = useWarehouseNode();
  const [, setWorkplace] = usePreference<string | null>('handheldNode', null);
  return (
    <Frame section="deliveries" actions={may('inventory:receive') && <Button component={Link} to="/handheld/receive" onClick={() => here !== null && setWorkplace(here)} leftSection={<IconBarcode size={16} aria-hidden />}>{t('deliveries.receive')}</Button>}>
      {(node) => (
        <div className={css.page} key={node}>
          <Deliveries node={node} />
        </div>
      )}
    </Frame>
  );
}

function Deliveries({ node }: { node: string }) {
  const t = useTexts(en);
  const { number } = useFormat();
  const [url, setUrl] = useUrlState();
  const state = (['closed', 'cancelled', 'all'] as const).find((s) => s === url['state']) ?? 'open';
  const list = useList<Delivery>({
    key: ['warehouse', 'deliveries', node, state],
    fetch: ({ limit, after }, signal) => ask(api.GET('/api/v1/deliveries', { params: { query: { node, limit, ...(after ? { after } : {}), ...(state === 'all' ? {} : { state }) } }, signal })),
    limit: 25,
  });
  const again = useCallback(() => list.refetch(), [list]);
  useLive(again, again);
  const columns = useMemo<Column<Delivery>[]>(
    () => [
      { id: 'supplier', header: t('deliveries.supplier'), width: 200, spare: 2, cell: (d) => (d.supplier === null ? <span className="sy-muted">{d.isBlind ? t('deliveries.blind') : '–'}</span> : <bdi className="sy-clip">{d.supplier}</bdi>) },
      { id: 'state', header: t('state'), width: 128, cell: (d) => <Status tone={deliveryTones[d.state]}>{t(`delivery.state.${d.state}`)}</Status> },
      { id: 'expected', header: t('deliveries.expected'), width: 104, align: 'end', cell: (d) => (d.isBlind ? <span className="sy-muted">–</span> : number(d.expected)) },
      { id: 'received', header: t('deliveries.received'), width: 104, align: 'end', cell: (d) => number(d.received) },
      { id: 'opened', header: t('deliveries.opened'), width: 136, cell: (d) => <When at={d.openedAt} /> },
      { id: 'closed', header: t('deliveries.closed'), width: 136, cell: (d) => (d.closedAt === null ? <span className="sy-muted">–</span> : <When at={d.closedAt} />) },
    ],
    [t, number],
  );
  return (
    <>
      <div className={css.acts}>
        <SegmentedControl size="xs" aria-label={t('state')} value={state} onChange={(v) => setUrl({ state: v === 'open' ? undefined : v, after: undefined })} data={[...(['open', 'closed', 'cancelled'] as const).map((value) => ({ value, label: t(`delivery.state.${value}`) })), { value: 'all', label: t('all') }]} />
      </div>
      <DataTable<Delivery>
        label={t('deliveries')}
        list={list}
        columns={columns}
        rowId={(d) => d.id}
        rowName={(d) => titleOf(d)}
        rowLink={(d) => `/warehouse/deliveries/${d.id}`}
        nameHeader={t('deliveries.reference')}
        nameWidth={168}
        card={(d) => (
          <>
            <span className="sy-row sy-spread">
              <bdi className="sy-clip">{d.supplier ?? (d.isBlind ? t('deliveries.blind') : '')}</bdi>
              <Status tone={deliveryTones[d.state]}>{t(`delivery.state.${d.state}`)}</Status>
            </span>
            <span className="sy-muted">{d.isBlind ? t('units.n', { n: d.received }) : t('progress', { done: d.received, of: d.expected })}</span>
          </>
        )}
        empty={<EmptyState kind={state === 'open' ? 'done' : 'nothing'} title={t(state === 'open' ? 'deliveries.noneOpen' : 'deliveries.none')} {...(state === 'open' ? { text: t('deliveries.noneOpenText') } : {})} />}
      />
    </>
  );
}
