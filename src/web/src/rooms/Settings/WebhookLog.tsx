import { Button, Modal, Select } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask, type Schema } from '@house/api/client.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { notify } from '@house/parts/notices.ts';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { Status, type Tone } from '@house/parts/Status.tsx';
import { When } from '@house/parts/When.tsx';
import { useMay } from '@house/session.tsx';
import { Row, Rows } from './Frame.tsx';
import type { Webhook } from './WebhooksPage.tsx';
import css from './Settings.module.css';
import en from './texts.en.ts';

type Delivery = Schema['ReadDeliveriesDeliveryView'];
const tones: Record<Delivery['state'], Tone> = { waiting: 'progress', delivered: 'good', failed: 'bad', discarded: 'neutral' };
const states = ['waiting', 'delivered', 'failed', 'discarded'];

/** What was sent to an address and what it answered; each can be sent again. */
export function WebhookLog({ hook, onClose }: { hook: Webhook; onClose: () => void }) {
  const t = useTexts(en);
  const may = useMay();
  const queries = useQueryClient();
  const id = hook.id as string;
  const [state, setState] = useState<string | null>(null);
  const [open, setOpen] = useState<string | null>(null);
  const log = useQuery({
    queryKey: ['webhooks', id, 'log', state],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/webhooks/{id}/deliveries', { params: { path: { id }, query: { limit: 50, ...(state ? { state } : {}) } }, signal })),
  });
  const resend = useMutation({
    mutationFn: (event: string) => ask(api.POST('/api/v1/webhooks/{id}/deliveries/{event}/resend', { params: { path: { id, event } } })),
    onSuccess: async () => {
      notify(t('hooks.resent'));
      await queries.invalidateQueries({ queryKey: ['webhooks', id] });
    },
  });
  return (
    <Modal opened onClose={onClose} title={t('hooks.logOf', { url: hook.url })} size="min(920px, 100%)" closeButtonProps={{ 'aria-label': t('close') }}>
      <div className="sy-stack">
        <Select label={t('hooks.show')} placeholder={t('hooks.every')} clearable clearButtonProps={{ 'aria-label': t('clear') }} value={state} onChange={setState} data={states.map((s) => ({ value: s, label: t.maybe(`hooks.delivery.${s}`) }))} data-autofocus />
        {may('webhooks:manage') && <ResendSince id={id} />}
        <ProblemAlert error={log.error ?? resend.error} />
        {log.data?.data.length === 0 && <p className="sy-muted">{t('hooks.nothingSent')}</p>}
        {log.data && log.data.data.length > 0 && (
          <Rows label={t('hooks.log')}>
            {log.data.data.map((d) => (
              <Row
                key={d.event}
                name={d.kind}
                beside={
                  <>
                    <Status tone={tones[d.state]}>{t.maybe(`hooks.delivery.${d.state}`)}</Status> <When at={d.lastTriedAt ?? d.queuedAt} />
                  </>
                }
                end={
                  <>
                    <Button size="compact-sm" variant="default" aria-expanded={open === d.event} onClick={() => setOpen(open === d.event ? null : d.event)}>
                      {t('hooks.attempts')}
                    </Button>
                    {may('webhooks:manage') && d.state !== 'waiting' && (
                      <Button size="compact-sm" variant="default" loading={resend.isPending && resend.variables === d.event} onClick={() => resend.mutate(d.event)}>
                        {t('hooks.resend')}
                      </Button>
                    )}
                  </>
                }
              >
                {t('hooks.triedTimes', { n: d.attempts })}
                {d.status !== null && ` · ${t('hooks.answered', { status: String(d.status) })}`}
                {d.error && ` · ${d.error}`}
                {open === d.event && <Attempts id={id} event={d.event} />}
              </Row>
            ))}
          </Rows>
        )}
      </div>
    </Modal>
  );
}

const hours = [1, 24, 7 * 24, 30 * 24];

/** All that failed lately goes out once more, with the same ids and contents. */
function ResendSince({ id }: { id: string }) {
  const t = useTexts(en);
  const queries = useQueryClient();
  const [span, setSpan] = useState('24');
  const [from, setFrom] = useState('failed');
  const resend = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/webhooks/{id}/resend', { params: { path: { id } }, body: { since: new Date(Date.now() - Number(span) * 3_600_000).toISOString(), until: null, states: [from] } })),
    onSuccess: async () => queries.invalidateQueries({ queryKey: ['webhooks', id] }),
  });
  return (
    <form
      className={css.fields}
      onSubmit={(e) => {
        e.preventDefault();
        resend.mutate();
      }}
    >
      <Select label={t('hooks.again')} value={from} allowDeselect={false} onChange={(v) => setFrom(v ?? 'failed')} data={['failed', 'discarded', 'delivered'].map((s) => ({ value: s, label: t.maybe(`hooks.delivery.${s}`) }))} />
      <Select label={t('hooks.againSince')} value={span} allowDeselect={false} onChange={(v) => setSpan(v ?? '24')} data={hours.map((h) => ({ value: String(h), label: h < 24 ? t('hooks.hours', { n: h }) : t('keys.days', { n: h / 24 }) }))} />
      <div className={css.bottom}>
        <Button type="submit" variant="default" loading={resend.isPending}>
          {t('hooks.resend')}
        </Button>
      </div>
      <ProblemAlert error={resend.error} />
      {resend.data && <p role="status">{t(resend.data.hasMore ? 'hooks.resentMore' : 'hooks.resentN', { n: resend.data.count })}</p>}
    </form>
  );
}

function Attempts({ id, event }: { id: string; event: string }) {
  const t = useTexts(en);
  const { data, error } = useQuery({
    queryKey: ['webhooks', id, 'attempts', event],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/webhooks/{id}/deliveries/{event}', { params: { path: { id, event } }, signal })),
  });
  if (error) return <ProblemAlert error={error} />;
  return (
    <>
      {data?.attempts.map((a) => (
        <span key={a.number} className={css.attempt}>
          <When at={a.at} as="dateTime" /> · {t('hooks.took', { n: a.durationMs })}
          {a.status !== null && ` · ${t('hooks.answered', { status: String(a.status) })}`}
          {a.error && ` · ${a.error}`}
          {a.response && <pre className={css.plain}>{a.response}</pre>}
        </span>
      ))}
    </>
  );
}
