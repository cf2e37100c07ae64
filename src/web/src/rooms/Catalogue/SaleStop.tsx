import { Button, Checkbox, Textarea, TextInput } from '@mantine/core';
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

/** Says on a product's page that it is not sold: why, since when, what that held and pulled back; and sells it again. */
export function SaleStopBanner({ sku }: { sku: string }) {
  const t = useTexts(en);
  const may = useMay();
  const queries = useQueryClient();
  const { data: stop } = useQuery({ ...stopOptions(sku), enabled: may('inventory:read') });
  const resume = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/products/{sku}/resume-sale', { params: { path: { sku } } })),
    onSuccess: async () => {
      notify(t('stop.resumed', { sku }));
      await queries.invalidateQueries({ queryKey: stopOptions(sku).queryKey });
    },
  });
  if (!stop) return null;
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

/** Stops a SKU from sale everywhere at once, with a reason that everybody sees. */
export function StopSale({ sku }: { sku: string }) {
  const t = useTexts(en);
  const queries = useQueryClient();
  const { data: stop } = useQuery(stopOptions(sku));
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const [until, setUntil] = useState('');
  const [isPulling, setPulling] = useState(true);
  const save = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/products/{sku}/stop-sale', { params: { path: { sku } }, body: { reason: reason.trim(), releases: isPulling ? 'pull' : 'leave', until: until ? new Date(until).toISOString() : null } })),
    onSuccess: async () => {
      notify(t('stop.done', { sku }));
      setOpen(false);
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
          title={t('stop.title', { sku })}
          rows={[
            { what: t('stop.sale'), now: t('stop.sold'), after: t('stop.notSold') },
            { what: t('stop.waiting'), now: t('stop.goOn'), after: t('stop.areHeld') },
            { what: t('stop.work'), now: t('stop.goOn'), after: t(isPulling ? 'stop.arePulled' : 'stop.goOn') },
          ]}
          confirm={t('stop.go')}
          notYet={reason.trim() === '' ? t('stop.sayWhy') : null}
          onConfirm={() => save.mutate()}
          isPending={save.isPending}
          error={save.error}
        >
          <Textarea label={t('stop.reason')} required value={reason} onChange={(e) => setReason(e.currentTarget.value)} maxLength={500} autosize minRows={2} error={faults['reason']} data-autofocus />
          <Checkbox label={t('stop.pull')} checked={isPulling} onChange={(e) => setPulling(e.currentTarget.checked)} />
          <TextInput type="datetime-local" label={t('stop.untilWhen')} value={until} onChange={(e) => setUntil(e.currentTarget.value)} error={faults['until']} />
        </Consequences>
      )}
    </>
  );
}
