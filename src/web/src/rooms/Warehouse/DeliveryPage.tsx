import { Button, TextInput } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useCallback, useState } from 'react';
import { api, ask, type Schema } from '@house/api/client.ts';
import { IconBarcode } from '@house/icons.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { useLive } from '@house/live.ts';
import { notify } from '@house/parts/notices.ts';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { ScrollPanel } from '@house/parts/ScrollPanel.tsx';
import { FieldList, Section } from '@house/parts/Section.tsx';
import { Status } from '@house/parts/Status.tsx';
import { When } from '@house/parts/When.tsx';
import { useMay } from '@house/session.tsx';
import { useActorName } from '@house/useActorName.ts';
import { FormDialog } from '@rooms/Settings/FormDialog.tsx';
import { deliveryTones, titleOf } from './DeliveriesPage.tsx';
import { Frame } from './Frame.tsx';
import en from './texts.en.ts';
import css from './Warehouse.module.css';

type Receipt = Schema['ReceiptView'];

/** One delivery: what was expected, what came, who booked it in; what came over, short and damaged is seen at a glance. */
export default function DeliveryPage() {
  const { id = '' } = useParams({ strict: false });
  const t = useTexts(en);
  const may = useMay();
  const queries = useQueryClient();
  const { data, error, refetch } = useQuery({
    queryKey: ['warehouse', 'delivery', id],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/deliveries/{id}/goods', { params: { path: { id } }, signal })),
  });
  const again = useCallback(() => void queries.invalidateQueries({ queryKey: ['warehouse', 'delivery', id] }), [queries, id]);
  useLive(again, again);
  const delivery = data?.delivery;
  return (
    <Frame
      section="deliveries"
      title={delivery ? titleOf(delivery) : t('delivery')}
      of={delivery?.node ?? ''}
      beside={delivery && <Status tone={deliveryTones[delivery.state]}>{t(`delivery.state.${delivery.state}`)}</Status>}
      actions={
        delivery?.state === 'open' &&
        may('inventory:receive') && (
          <Button component={Link} to={`/handheld/receive?delivery=${delivery.id}`} leftSection={<IconBarcode size={16} aria-hidden />}>
            {t('deliveries.goOn')}
          </Button>
        )
      }
    >
      {() => (
        <div className={css.page}>
          <ProblemAlert error={error} again={() => void refetch()} />
          {data && <Contents data={data} />}
        </div>
      )}
    </Frame>
  );
}

function Contents({ data: { delivery: d, goods } }: { data: Schema['ReadDeliveryGoodsResponse'] }) {
  const t = useTexts(en);
  const nameOf = useActorName();
  const { number } = useFormat();
  const names = new Map(goods.map((g) => [g.sku, g.name]));
  const sum = (of: (l: Schema['DeliveryLineView']) => number) => d.lines.reduce((n, l) => n + of(l), 0);
  const [short, over, damaged] = [sum((l) => l.open), d.isBlind ? 0 : sum((l) => l.over), sum((l) => l.damaged)];
  return (
    <>
      <dl className={css.figures}>
        {!d.isBlind && <div><dt>{t('deliveries.expected')}</dt><dd>{number(sum((l) => l.expected))}</dd></div>}
        <div><dt>{t('deliveries.received')}</dt><dd>{number(sum((l) => l.received))}</dd></div>
        {!d.isBlind && <div><dt>{t(d.state === 'open' ? 'deliveries.toCome' : 'deliveries.short')}</dt><dd data-tone={d.state === 'closed' && short > 0 ? 'warn' : undefined}>{number(short)}</dd></div>}
        {!d.isBlind && <div><dt>{t('deliveries.over')}</dt><dd data-tone={over > 0 ? 'warn' : undefined}>{number(over)}</dd></div>}
        <div><dt>{t('deliveries.damaged')}</dt><dd data-tone={damaged > 0 ? 'bad' : undefined}>{number(damaged)}</dd></div>
      </dl>
      <FieldList
        fields={[
          [t('deliveries.supplier'), d.supplier && <bdi>{d.supplier}</bdi>],
          [t('node'), d.node],
          [t('deliveries.opened'), t.node('deliveries.by', { who: <bdi>{nameOf(d.openedBy)}</bdi>, at: <When at={d.openedAt} /> })],
          [t('deliveries.closed'), d.closedAt && t.node('deliveries.by', { who: <bdi>{nameOf(d.closedBy ?? '')}</bdi>, at: <When at={d.closedAt} /> })],
        ]}
      />
      <Section title={t('deliveries.lines')} {...(d.isBlind ? { beside: t('deliveries.blind') } : {})}>
        {d.lines.length === 0 ? (
          <p className={`sy-panel ${css.empty}`}>{t('deliveries.noLines')}</p>
        ) : (
          <ScrollPanel label={t('deliveries.lines')}>
            <table className={css.table} aria-label={t('deliveries.lines')}>
              <thead>
                <tr>
                  <th scope="col">{t('product')}</th>
                  {!d.isBlind && <th scope="col" className={css.end}>{t('deliveries.expected')}</th>}
                  <th scope="col" className={css.end}>{t('deliveries.good')}</th>
                  <th scope="col" className={css.end}>{t('deliveries.damaged')}</th>
                  {!d.isBlind && <th scope="col">{t('deliveries.difference')}</th>}
                </tr>
              </thead>
              <tbody>
                {d.lines.map((l) => (
                  <tr key={l.sku}>
                    <th scope="row">
                      <Link to={`/inventory/${encodeURIComponent(l.sku)}`}>{l.sku}</Link> <bdi className="sy-muted">{names.get(l.sku)}</bdi>
                    </th>
                    {!d.isBlind && <td className={css.end}>{number(l.expected)}</td>}
                    <td className={css.end}>{number(l.good)}</td>
                    <td className={css.end}>{number(l.damaged)}</td>
                    {!d.isBlind && (
                      <td>
                        {l.over > 0 ? <Status tone="warn" isPlain>{t('deliveries.nOver', { n: l.over })}</Status>
                          : l.open > 0 ? d.state === 'open' ? <span className="sy-muted">{t('deliveries.nToCome', { n: l.open })}</span> : <Status tone="warn" isPlain>{t('deliveries.nShort', { n: l.open })}</Status>
                          : <Status tone="good" isPlain>{t('deliveries.asTold')}</Status>}
                      </td>
                    )}
                  </tr>
                ))}
              </tbody>
            </table>
          </ScrollPanel>
        )}
      </Section>
      <Receipts delivery={d} />
    </>
  );
}

/** Every entry of every receiver; one that was wrong is taken back while the delivery is open. */
function Receipts({ delivery }: { delivery: Schema['DeliveryView'] }) {
  const t = useTexts(en);
  const may = useMay();
  const nameOf = useActorName();
  const { number, date } = useFormat();
  const [undone, setUndone] = useState<Receipt | null>(null);
  const found = useInfiniteQuery({
    queryKey: ['warehouse', 'delivery', delivery.id, 'receipts'],
    queryFn: ({ pageParam, signal }) => ask(api.GET('/api/v1/deliveries/{id}/receipts', { params: { path: { id: delivery.id }, query: { limit: 50, ...(pageParam ? { after: pageParam } : {}) } }, signal })),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  });
  const rows = found.data?.pages.flatMap((p) => p.data);
  return (
    <Section title={t('receipts')}>
      <ProblemAlert error={found.error} again={() => void found.refetch()} />
      {rows?.length === 0 && <p className={`sy-panel ${css.empty}`}>{t('receipts.none')}</p>}
      {rows && rows.length > 0 && (
        <ul className={css.list} aria-label={t('receipts')}>
          {rows.map((r) => (
            <li key={r.id}>
              <div className={css.main}>
                <span>
                  <span className="sy-strong">{number(r.quantity)} × <span className="sy-code">{r.sku}</span></span>{' '}
                  {r.condition === 'damaged' && <Status tone="bad" isPlain>{t('deliveries.damaged')}</Status>} {r.undoneAt !== null && <Status tone="neutral" isPlain>{t('receipts.undone')}</Status>}
                </span>
                <span className="sy-muted">
                  {[r.lot && t('lot', { lot: r.lot }), r.expiry && t('receipts.expiry', { day: date(r.expiry, 'UTC') }), r.bin && t('receipts.bin', { bin: r.bin })].filter(Boolean).join(' · ')}
                </span>
              </div>
              <span className="sy-muted">{t.node('deliveries.by', { who: <bdi>{nameOf(r.receivedBy)}</bdi>, at: <When at={r.receivedAt} /> })}</span>
              {delivery.state === 'open' && r.undoneAt === null && may('inventory:receive') && (
                <Button size="compact-sm" variant="default" onClick={() => setUndone(r)} aria-label={t('receipts.undoOf', { n: r.quantity, sku: r.sku })}>
                  {t('receipts.undo')}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {found.hasNextPage && <div><Button variant="default" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>{t('more')}</Button></div>}
      {undone && <Undo delivery={delivery.id} receipt={undone} onClose={() => setUndone(null)} />}
    </Section>
  );
}

function Undo({ delivery, receipt, onClose }: { delivery: string; receipt: Receipt; onClose: () => void }) {
  const t = useTexts(en);
  const queries = useQueryClient();
  const [reason, setReason] = useState('');
  const send = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/deliveries/{id}/receipts/{receipt}/undo', { params: { path: { id: delivery, receipt: receipt.id } }, body: { reason } })),
    onSuccess: () => {
      notify(t('receipts.isUndone', { n: receipt.quantity, sku: receipt.sku }));
      void queries.invalidateQueries({ queryKey: ['warehouse'] });
      void queries.invalidateQueries({ queryKey: ['stock'] });
      onClose();
    },
  });
  return (
    <FormDialog title={t('receipts.undoTitle', { n: receipt.quantity, sku: receipt.sku })} confirm={t('receipts.undo')} onClose={onClose} onSubmit={() => send.mutate()} isPending={send.isPending} error={send.error} shown={['/reason']}>
      <TextInput label={t('receipts.why')} value={reason} required maxLength={500} data-autofocus onChange={(e) => setReason(e.currentTarget.value)} />
    </FormDialog>
  );
}
