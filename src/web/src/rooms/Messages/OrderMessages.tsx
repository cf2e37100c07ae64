import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '@house/api/client.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { notify } from '@house/parts/notices.ts';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { Section } from '@house/parts/Section.tsx';
import { Status } from '@house/parts/Status.tsx';
import { When } from '@house/parts/When.tsx';
import { useMay } from '@house/session.tsx';
import { MessageDialog } from './MessageDialog.tsx';
import css from './Messages.module.css';
import { orderLinkOptions, orderMessagesOptions, tones } from './messages.ts';
import en from './texts.en.ts';

/** What the customer was told of this order, and the page on which they see it themselves. */
export function OrderMessages({ id, hasAddress }: { id: string; hasAddress: boolean }) {
  const t = useTexts(en);
  const may = useMay();
  const queries = useQueryClient();
  const link = useQuery(orderLinkOptions(id));
  const list = useQuery({ ...orderMessagesOptions(id), enabled: may('customers:read') });
  const [open, setOpen] = useState<string | null>(null);
  const at = { params: { path: { id } } };
  const fresh = () => Promise.all([queries.invalidateQueries({ queryKey: ['order-messages', id] }), queries.invalidateQueries({ queryKey: ['order-link', id] })]);
  const copy = useMutation({
    mutationFn: async () => {
      const url = link.data?.url ?? (await ask(api.POST('/api/v1/orders/{id}/tracking-link', at))).url ?? '';
      await navigator.clipboard.writeText(url);
    },
    onSuccess: async () => {
      await fresh();
      notify(t('link.copied'));
    },
  });
  const make = useMutation({ mutationFn: () => ask(api.POST('/api/v1/orders/{id}/tracking-link', at)), onSuccess: fresh });
  const revoke = useMutation({
    mutationFn: () => ask(api.DELETE('/api/v1/orders/{id}/tracking-link', at)),
    onSuccess: async () => {
      await fresh();
      notify(t('link.revoked'));
    },
  });
  const send = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/orders/{id}/messages', { ...at, body: { kind: 'trackingLink' } })),
    onSuccess: async () => {
      await fresh();
      notify(t('asked'));
    },
  });
  const resend = useMutation({
    mutationFn: (message: string) => ask(api.POST('/api/v1/messages/{id}/resend', { params: { path: { id: message } } })),
    onSuccess: async () => {
      setOpen(null);
      await fresh();
      notify(t('asked'));
    },
  });
  const mayWrite = may('orders:write');
  const messages = list.data?.data ?? [];
  const shown = messages.find((m) => m.id === open);
  const url = link.data?.url;
  return (
    <Section
      title={t('order.title')}
      actions={
        mayWrite &&
        hasAddress && (
          <Button size="compact-sm" variant="default" onClick={() => send.mutate()} loading={send.isPending}>
            {t('link.send')}
          </Button>
        )
      }
    >
      <ProblemAlert error={link.error ?? list.error ?? copy.error ?? make.error ?? revoke.error ?? send.error ?? resend.error} />
      <div className={css.entry}>
        <span className={css.what}>
          {url ? (
            <a href={url} target="_blank" rel="noreferrer">
              {t('link.open')}
            </a>
          ) : (
            <span className="sy-muted">{t('link.none')}</span>
          )}
          {url && <span className="sy-muted">{t('link.views', { n: link.data?.views ?? 0 })}</span>}
          {url && link.data?.expiresAt && <span className="sy-muted">{t.node('link.until', { when: <When at={link.data.expiresAt} as="date" /> })}</span>}
        </span>
        <span className={css.what}>
          {url && (
            <Button size="compact-sm" variant="default" onClick={() => copy.mutate()} loading={copy.isPending}>
              {t('link.copy')}
            </Button>
          )}
          {!url && mayWrite && (
            <Button size="compact-sm" variant="default" onClick={() => make.mutate()} loading={make.isPending}>
              {t('link.make')}
            </Button>
          )}
          {url && mayWrite && (
            <Button size="compact-sm" variant="subtle" onClick={() => revoke.mutate()} loading={revoke.isPending}>
              {t('link.revoke')}
            </Button>
          )}
        </span>
      </div>
      {list.data && messages.length === 0 && <p className="sy-muted">{t('order.none')}</p>}
      {messages.length > 0 && (
        <ul className={css.list} aria-label={t('order.title')}>
          {messages.map((m) => (
            <li key={m.id as string} className={css.entry}>
              <span className={css.what}>
                <strong>{t.maybe(`kind.${m.kind}`)}</strong> <Status tone={tones[m.state]}>{t.maybe(`state.${m.state}`)}</Status>
                <When at={m.settledAt ?? m.createdAt} />
                {m.reason && <span className="sy-muted">{t.maybe(`reason.${m.reason}`)}</span>}
                {m.state === 'failed' && m.fault && <span className="sy-muted">{m.fault}</span>}
              </span>
              <span className={css.what}>
                <Button size="compact-sm" variant="default" onClick={() => setOpen(m.id as string)} aria-label={t('showThis', { kind: t.maybe(`kind.${m.kind}`) })}>
                  {t('show')}
                </Button>
                {mayWrite && m.state !== 'waiting' && hasAddress && (
                  <Button size="compact-sm" variant="default" onClick={() => resend.mutate(m.id as string)} loading={resend.isPending && resend.variables === m.id} aria-label={t('resendThis', { kind: t.maybe(`kind.${m.kind}`) })}>
                    {t('resend')}
                  </Button>
                )}
              </span>
            </li>
          ))}
        </ul>
      )}
      {shown && <MessageDialog message={shown} onClose={() => setOpen(null)} onResend={mayWrite && hasAddress ? () => resend.mutate(shown.id as string) : undefined} isPending={resend.isPending} />}
    </Section>
  );
}
