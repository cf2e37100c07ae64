import { Button, TextInput } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { api, ask, type Schema } from '@house/api/client.ts';
import { IconDownload } from '@house/icons.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { Consequences } from '@house/parts/Consequences.tsx';
import { FileButton } from '@house/parts/FileButton.tsx';
import { notify } from '@house/parts/notices.ts';
import { PageHead } from '@house/parts/PageHead.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { ScrollPanel } from '@house/parts/ScrollPanel.tsx';
import { FieldList, Section } from '@house/parts/Section.tsx';
import { Status } from '@house/parts/Status.tsx';
import { When } from '@house/parts/When.tsx';
import { useMay } from '@house/session.tsx';
import { useActorName } from '@house/useActorName.ts';
import { lotTones } from './lots.ts';
import css from './Lots.module.css';
import shares from './Shares.module.css';
import en from './texts.en.ts';
import { pageOf } from './stock.ts';

type Page = Schema['ReadLotResponse'];

/** One lot: where it lies, how it came there, which orders hold it; and taking it out of sale everywhere at once. */
export default function LotPage() {
  const { sku = '', lot = '' } = useParams({ strict: false });
  return <Lot key={`${sku}/${lot}`} sku={sku} lot={lot} />;
}

function Lot({ sku, lot }: { sku: string; lot: string }) {
  const t = useTexts(en);
  const may = useMay();
  const nameOf = useActorName();
  const { number, date } = useFormat();
  const [isDeciding, setDeciding] = useState(false);
  const { data, error, refetch } = useQuery({
    queryKey: ['lots', 'one', sku, lot],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/inventory/lots/show', { params: { query: { sku, lot } }, signal })),
  });
  const l = data?.lot;
  return (
    <>
      <PageHead
        title={t('lot.title', { lot })}
        beside={l && <Status tone={lotTones[l.state] ?? 'neutral'}>{t.maybe(`lot.state.${l.state}`)}</Status>}
        actions={
          l && (
            <>
              {data.held.pickedOrders + data.held.shippedOrders > 0 && (
                <FileButton path={`/api/v1/inventory/lots/orders.csv?sku=${encodeURIComponent(sku)}&lot=${encodeURIComponent(lot)}`} save variant="default" leftSection={<IconDownload size={16} aria-hidden />}>
                  {t('lot.export')}
                </FileButton>
              )}
              {may('inventory:write') && (
                l.state === 'recalled'
                  ? <Button onClick={() => setDeciding(true)}>{t('lot.release')}</Button>
                  : <Button color="danger" onClick={() => setDeciding(true)}>{t('lot.recall')}</Button>
              )}
            </>
          )
        }
      />
      <div className={shares.page}>
        <ProblemAlert error={error} again={() => void refetch()} />
        {data && l && (
          <>
            <FieldList
              fields={[
                [t('lot.product'), <span key="p"><Link to={pageOf(l.sku)} className="sy-code">{l.sku}</Link> <bdi>{l.name}</bdi></span>],
                [t('lot.lastDay'), l.expiresOn ? date(`${l.expiresOn}T12:00:00Z`, 'UTC') : t('lot.noExpiry')],
                [t('lot.first'), l.firstReceivedAt ? <When key="f" at={l.firstReceivedAt} as="dateTime" /> : null],
                [t('lot.why'), l.state === 'recalled' ? l.reason : null],
              ]}
            />
            <Section title={t('lot.where')} beside={t('lots.units', { n: l.units })}>
              {data.places.length === 0 ? <p className="sy-muted">{t('lot.nowhere')}</p> : (
                <ScrollPanel label={t('lot.where')}>
                  <table className={css.table} aria-label={t('lot.where')}>
                    <thead><tr><th scope="col">{t('lots.node')}</th><th scope="col">{t('lot.bin')}</th><th scope="col">{t('lot.zone')}</th><th scope="col" className={css.end}>{t('lot.unitsHead')}</th></tr></thead>
                    <tbody>
                      {data.places.map((p) => (
                        <tr key={`${p.node}/${p.bin}`}>
                          <td>{p.node}</td>
                          <th scope="row">{p.bin === 'PICKED' ? t('lot.inTotes') : <Link to={`/warehouse/bins/${encodeURIComponent(p.bin)}?node=${encodeURIComponent(p.node)}`} className="sy-code">{p.bin}</Link>}</th>
                          <td>{p.zone ?? '–'}</td>
                          <td className={css.end}>{number(p.units)}</td>
                        </tr>
                      ))}
                    </tbody>
                  </table>
                </ScrollPanel>
              )}
            </Section>
            <Orders sku={sku} lot={lot} />
            <Section title={t('lot.traces')}>
              {data.traces.length === 0 ? <p className="sy-muted">{t('lot.noTraces')}</p> : (
                <ul className={shares.rows} aria-label={t('lot.traces')}>
                  {data.traces.map((m, i) => (
                    <li key={i} className={shares.row}>
                      <div className={shares.main}>
                        <span>{t(m.kind === 'received' ? 'lot.trace.received' : 'lot.trace.moved', { n: number(m.units), from: m.from ?? '', to: m.to })}</span>
                        <span className="sy-muted">{m.node}{m.kind === 'received' && m.from && <> · <bdi>{m.from}</bdi></>} · {nameOf(m.actor)} · <When at={m.at} /></span>
                      </div>
                    </li>
                  ))}
                </ul>
              )}
            </Section>
            {isDeciding && <Decide page={data} onClose={() => setDeciding(false)} />}
          </>
        )}
      </div>
    </>
  );
}

function Orders({ sku, lot }: { sku: string; lot: string }) {
  const t = useTexts(en);
  const may = useMay();
  const { number } = useFormat();
  const found = useInfiniteQuery({
    queryKey: ['lots', 'orders', sku, lot],
    queryFn: ({ pageParam, signal }) => ask(api.GET('/api/v1/inventory/lots/orders', { params: { query: { sku, lot, limit: 50, ...(pageParam ? { after: pageParam } : {}) } }, signal })),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  });
  const rows = found.data?.pages.flatMap((p) => p.data);
  const sees = may('customers:read');
  return (
    <Section title={t('lot.orders')}>
      <ProblemAlert error={found.error} again={() => void found.refetch()} />
      {rows?.length === 0 && <p className="sy-muted">{t('lot.noOrders')}</p>}
      {rows && rows.length > 0 && (
        <ScrollPanel label={t('lot.orders')}>
          <table className={css.table} aria-label={t('lot.orders')}>
            <thead><tr><th scope="col">{t('lot.order')}</th>{sees && <th scope="col">{t('lot.customer')}</th>}<th scope="col">{t('lots.node')}</th><th scope="col" className={css.end}>{t('lot.unitsHead')}</th><th scope="col">{t('lot.held')}</th></tr></thead>
            <tbody>
              {rows.map((h) => (
                <tr key={`${h.fulfilment}/${h.line}/${h.serial ?? ''}`}>
                  <th scope="row"><Link to={`/orders/${h.order}`}>#{h.number}</Link></th>
                  {sees && (
                    <td>
                      <bdi>{h.customer?.name ?? '–'}</bdi>
                      {h.customer?.email && <><br /><a href={`mailto:${h.customer.email}`}>{h.customer.email}</a></>}
                      {h.customer?.phone && <><br /><a href={`tel:${h.customer.phone.replace(/\s/g, '')}`}>{h.customer.phone}</a></>}
                    </td>
                  )}
                  <td>{h.node}</td>
                  <td className={css.end}>{number(h.quantity)}</td>
                  <td>{h.shipped === h.quantity ? t('lot.shipped') : h.shipped > 0 ? t('lot.part', { n: number(h.shipped), of: number(h.quantity) }) : <Status tone="warn" isPlain>{t('lot.picked')}</Status>}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollPanel>
      )}
      {found.hasNextPage && <div><Button variant="default" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>{t('lots.more')}</Button></div>}
    </Section>
  );
}

/** What the recall does, before it does it: units at each node, and orders by how far they are. */
function Decide({ page, onClose }: { page: Page; onClose: () => void }) {
  const t = useTexts(en);
  const queries = useQueryClient();
  const { number } = useFormat();
  const [reason, setReason] = useState('');
  const { lot: l, held } = page;
  const isRecall = l.state !== 'recalled';
  const body = { sku: l.sku, lot: l.lot, reason: reason.trim() };
  const act = useMutation({
    mutationFn: () => ask(isRecall ? api.POST('/api/v1/inventory/lots/recall', { body }) : api.POST('/api/v1/inventory/lots/release', { body })),
    onSuccess: () => {
      notify(t(isRecall ? 'lot.isRecalled' : 'lot.isReleased', { lot: l.lot }));
      void queries.invalidateQueries({ queryKey: ['lots'] });
      void queries.invalidateQueries({ queryKey: ['stock'] });
      onClose();
    },
  });
  const sold = t('lot.sold');
  const blocked = t('lot.blocked');
  const was = l.state === 'expired' ? blocked : sold;
  return (
    <Consequences
      opened
      onClose={onClose}
      title={t(isRecall ? 'lot.recallOf' : 'lot.releaseOf', { lot: l.lot, sku: l.sku })}
      rows={[
        ...l.nodes.map((n) => ({ what: t('lot.at', { n: n.units, node: n.node }), now: isRecall ? was : blocked, after: isRecall ? blocked : sold })),
        ...(held.pickedOrders > 0 ? [{ what: t('lot.pickedOrders', { n: held.pickedOrders }), now: isRecall ? t('lot.leaves') : t('lot.staysBack'), after: isRecall ? t('lot.staysBack') : t('lot.leaves') }] : []),
        ...(held.shippedOrders > 0 ? [{ what: t('lot.shippedOrders', { n: held.shippedOrders }), now: t('lots.units', { n: held.shippedUnits }), after: isRecall ? t('lot.toTell') : number(held.shippedUnits) }] : []),
      ]}
      confirm={t(isRecall ? 'lot.recallN' : 'lot.releaseN', { n: l.units })}
      isDanger={isRecall}
      onConfirm={() => act.mutate()}
      isPending={act.isPending}
      notYet={reason.trim() === '' ? t('lot.noReason') : null}
      error={act.error}
    >
      <TextInput label={t('lot.reason')} description={t('lot.reasonHint')} value={reason} onChange={(e) => setReason(e.currentTarget.value)} maxLength={200} required data-autofocus />
    </Consequences>
  );
}
