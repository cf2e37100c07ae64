import { Button, Checkbox, Select, Textarea, TextInput } from '@mantine/core';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { api, ask, type Schema } from '@house/api/client.ts';
import { ApiError, byField } from '@house/api/problem.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { Consequences } from '@house/parts/Consequences.tsx';
import { notify } from '@house/parts/notices.ts';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { When } from '@house/parts/When.tsx';
import { useMay } from '@house/session.tsx';
import { allNodesOptions } from '@rooms/Nodes/nodes.ts';
import css from './ProductPage.module.css';
import en from './texts.en.ts';

type Stop = Schema['ReadSaleStopView'];

/** The stop of a SKU, or null while it is sold. */
const stopOptions = (sku: string) =>
  queryOptions({
    queryKey: ['products', sku, 'sale-stop'],
    queryFn: async ({ signal }): Promise<Stop | null> => {
      try {
        const stop = await ask(api.GET('/api/v1/products/{sku}/sale-stop', { params: { path: { sku }, query: { limit: 20 } }, signal }));
        return stop.state === 'resumed' ? null : stop;
      } catch (e) {
        if (e instanceof ApiError && e.status === 404) return null;
        throw e;
      }
    },
    // While orders are held or released one sees how far it has come.
    refetchInterval: (q) => (q.state.data?.state === 'running' || q.state.data?.state === 'resuming' ? 2000 : false),
  });

/** The stops of a SKU at single nodes, as far as they last. */
const atNodesOptions = (sku: string) =>
  queryOptions({
    queryKey: ['products', sku, 'sale-stop', 'nodes'],
    queryFn: async ({ signal }) => {
      const found = await ask(api.GET('/api/v1/sale-stops', { params: { query: { sku, limit: 250 } }, signal }));
      const seen = new Set<string>();
      // The newest of a node is what counts there.
      return found.data.filter((s): s is Stop & { node: string } => s.node !== null && !seen.has(s.node) && seen.add(s.node).size > 0).filter((s) => s.state !== 'resumed');
    },
    refetchInterval: (q) => (q.state.data?.some((s) => s.state === 'running' || s.state === 'resuming') ? 2000 : false),
  });

/** Says on a product's page that it is not sold: why, since when, what that held and pulled back; and sells it again. */
export function SaleStopBanner({ sku }: { sku: string }) {
  const may = useMay();
  const { data: stop } = useQuery({ ...stopOptions(sku), enabled: may('inventory:read') });
  return (
    <>
      {stop && <Everywhere sku={sku} stop={stop} />}
      <AtNodes sku={sku} />
    </>
  );
}

/** The nodes at which it is not sold, each with its own way back. */
function AtNodes({ sku }: { sku: string }) {
  const t = useTexts(en);
  const may = useMay();
  const queries = useQueryClient();
  const { data } = useQuery({ ...atNodesOptions(sku), enabled: may('inventory:read') });
  const resume = useMutation({
    mutationFn: (node: string) => ask(api.POST('/api/v1/products/{sku}/resume-sale', { params: { path: { sku }, query: { node } } })),
    onSuccess: async (_, node) => {
      notify(t('stop.resumedAt', { sku, node }));
      await queries.invalidateQueries({ queryKey: stopOptions(sku).queryKey });
    },
  });
  return data?.map((s) => (
    <div key={s.node} className={css.stopped} role="status">
      <div className={css.stopTold}>
        <strong>{t('stop.isAt', { node: s.node })}</strong>
        <span dir="auto">{s.reason}</span>
        <span>
          {t.node('stop.since', { at: <When at={s.startedAt} as="dateTime" /> })} {s.until && t.node('stop.until', { at: <When at={s.until} as="dateTime" /> })}
        </span>
        {resume.variables === s.node && <ProblemAlert error={resume.error} />}
      </div>
      {may('inventory:write') && s.state !== 'resuming' && (
        <Button variant="default" loading={resume.isPending && resume.variables === s.node} onClick={() => resume.mutate(s.node)} aria-label={t('stop.resumeAt', { node: s.node })}>
          {t('stop.resume')}
        </Button>
      )}
    </div>
  ));
}

function Everywhere({ sku, stop }: { sku: string; stop: Stop }) {
  const t = useTexts(en);
  const may = useMay();
  const queries = useQueryClient();
  const resume = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/products/{sku}/resume-sale', { params: { path: { sku } } })),
    onSuccess: async () => {
      notify(t('stop.resumed', { sku }));
      await queries.invalidateQueries({ queryKey: stopOptions(sku).queryKey });
    },
  });
  return (
    <div className={css.stopped} role="status">
      <div className={css.stopTold}>
        <strong>{t('stop.is')}</strong>
        <span dir="auto">{stop.reason}</span>
        <span>
          {t.node('stop.since', { at: <When at={stop.startedAt} as="dateTime" /> })} {stop.until && t.node('stop.until', { at: <When at={stop.until} as="dateTime" /> })}
        </span>
        <span>
          {t('stop.held', { n: stop.ordersHeld })} {stop.releasesPulled > 0 && t('stop.pulled', { n: stop.releasesPulled })} {stop.releasesAsked > 0 && t('stop.asked', { n: stop.releasesAsked })}{' '}
          {stop.state === 'running' && t('stop.running')} {stop.state === 'resuming' && t('stop.resuming')}
        </span>
        {stop.orders.length > 0 && may('orders:read') && (
          <details>
            <summary>{t('stop.orders')}</summary>
            <ul className={css.stopOrders}>
              {stop.orders.map((o) => (
                <li key={o.order}>
                  <Link to={`/orders/${o.order}`}>#{o.number}</Link> {t('stop.units', { n: o.units })}
                </li>
              ))}
            </ul>
            {stop.hasMore && <p>{t('stop.more')}</p>}
          </details>
        )}
        <ProblemAlert error={resume.error} />
      </div>
      {may('inventory:write') && stop.state !== 'resuming' && (
        <Button variant="default" loading={resume.isPending} onClick={() => resume.mutate()}>
          {t('stop.resume')}
        </Button>
      )}
    </div>
  );
}

/** Stops a SKU from sale everywhere at once, or at one node, with a reason that everybody sees. */
export function StopSale({ sku }: { sku: string }) {
  const t = useTexts(en);
  const queries = useQueryClient();
  const { data: stop } = useQuery(stopOptions(sku));
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const [until, setUntil] = useState('');
  const [isPulling, setPulling] = useState(true);
  const [node, setNode] = useState<string | null>(null);
  const may = useMay();
  const { data: nodes } = useQuery({ ...allNodesOptions, enabled: isOpen && may('nodes:read') });
  const save = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/products/{sku}/stop-sale', { params: { path: { sku } }, body: { reason: reason.trim(), releases: isPulling ? 'pull' : 'leave', until: until ? new Date(until).toISOString() : null, node } })),
    onSuccess: async () => {
      notify(node ? t('stop.doneAt', { sku, node }) : t('stop.done', { sku }));
      setOpen(false);
      setNode(null);
      await queries.invalidateQueries({ queryKey: stopOptions(sku).queryKey });
    },
  });
  if (stop !== null) return null;
  const faults = byField(save.error);
  return (
    <>
      <Button variant="default" onClick={() => setOpen(true)}>
        {t('stop')}
      </Button>
      {isOpen && (
        <Consequences
          opened
          isDanger
          onClose={() => setOpen(false)}
          title={node ? t('stop.titleAt', { sku, node }) : t('stop.title', { sku })}
          rows={[
            { what: node ? t('stop.saleAt', { node }) : t('stop.sale'), now: t('stop.sold'), after: t('stop.notSold') },
            { what: t('stop.waiting'), now: t('stop.goOn'), after: t(node ? 'stop.areMoved' : 'stop.areHeld') },
            { what: t('stop.work'), now: t('stop.goOn'), after: t(isPulling ? 'stop.arePulled' : 'stop.goOn') },
          ]}
          confirm={t('stop.go')}
          notYet={reason.trim() === '' ? t('stop.sayWhy') : null}
          onConfirm={() => save.mutate()}
          isPending={save.isPending}
          error={save.error}
        >
          <Textarea label={t('stop.reason')} required value={reason} onChange={(e) => setReason(e.currentTarget.value)} maxLength={500} autosize minRows={2} error={faults['reason']} data-autofocus />
          {nodes && nodes.length > 1 && (
            <Select label={t('stop.where')} placeholder={t('stop.everywhere')} value={node} data={nodes.map((n) => ({ value: n.code, label: `${n.code} ${n.name}` }))} onChange={setNode} searchable clearable clearButtonProps={{ 'aria-label': t('stop.everywhere') }} />
          )}
          <Checkbox label={t('stop.pull')} checked={isPulling} onChange={(e) => setPulling(e.currentTarget.checked)} />
          <TextInput type="datetime-local" label={t('stop.untilWhen')} value={until} onChange={(e) => setUntil(e.currentTarget.value)} error={faults['until']} />
        </Consequences>
      )}
    </>
  );
}
