import { Button, Select } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { api, ask } from '@house/api/client.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { notify } from '@house/parts/notices.ts';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { Section } from '@house/parts/Section.tsx';
import { Status } from '@house/parts/Status.tsx';
import { When } from '@house/parts/When.tsx';
import { useMay } from '@house/session.tsx';
import { Frame, Row, Rows } from '@rooms/Settings/Frame.tsx';
import { LookSettings } from './LookSettings.tsx';
import { MailAccount } from './MailAccount.tsx';
import { MessageDialog } from './MessageDialog.tsx';
import { SentKinds } from './SentKinds.tsx';
import { settingsOptions, states, tones, type Message } from './messages.ts';
import { Wording } from './Wording.tsx';
import en from './texts.en.ts';

/** What customers are told, how it goes out, how it looks, and what was sent. */
export default function MessagesPage() {
  const may = useMay();
  const settings = useQuery(settingsOptions);
  return (
    <Frame section="messages" error={settings.error}>
      <MailAccount />
      {settings.data && <SentKinds settings={settings.data} />}
      <Wording />
      {settings.data && <LookSettings key={settings.data.version} settings={settings.data} />}
      {may('customers:read') && <SentMessages />}
    </Frame>
  );
}

function SentMessages() {
  const t = useTexts(en);
  const may = useMay();
  const queries = useQueryClient();
  const [state, setState] = useState<string | null>(null);
  const [open, setOpen] = useState<Message | null>(null);
  const list = useQuery({ queryKey: ['messages', 'list', state], queryFn: ({ signal }) => ask(api.GET('/api/v1/messages', { params: { query: { limit: 50, ...(state ? { state } : {}) } }, signal })) });
  const resend = useMutation({
    mutationFn: (id: string) => ask(api.POST('/api/v1/messages/{id}/resend', { params: { path: { id } } })),
    onSuccess: async () => {
      setOpen(null);
      await queries.invalidateQueries({ queryKey: ['messages'] });
      notify(t('asked'));
    },
  });
  const messages = list.data?.data ?? [];
  return (
    <Section title={t('sent')}>
      <Select label={t('sent.show')} placeholder={t('sent.every')} clearable clearButtonProps={{ 'aria-label': t('clear') }} value={state} onChange={setState} data={states.map((s) => ({ value: s, label: t.maybe(`state.${s}`) }))} maw={240} mb="sm" />
      <ProblemAlert error={list.error ?? resend.error} />
      {list.data && messages.length === 0 && <p className="sy-muted">{t('sent.none')}</p>}
      {messages.length > 0 && (
        <Rows label={t('sent')}>
          {messages.map((m) => (
            <Row
              key={m.id as string}
              name={m.subject ?? t.maybe(`kind.${m.kind}`)}
              beside={
                <>
                  <Status tone={tones[m.state]}>{t.maybe(`state.${m.state}`)}</Status> <When at={m.settledAt ?? m.createdAt} />
                </>
              }
              end={
                <>
                  <Link to={`/orders/${m.order as string}`}>
                    {t('sent.order')}
                  </Link>
                  <Button size="compact-sm" variant="default" onClick={() => setOpen(m)}>
                    {t('show')}
                  </Button>
                </>
              }
            >
              {m.to ?? t.maybe(`kind.${m.kind}`)}
              {m.reason && ` · ${t.maybe(`reason.${m.reason}`)}`}
              {m.state === 'failed' && m.fault && ` · ${m.fault}`}
            </Row>
          ))}
        </Rows>
      )}
      {open && <MessageDialog message={open} onClose={() => setOpen(null)} onResend={may('orders:write') ? () => resend.mutate(open.id as string) : undefined} isPending={resend.isPending} />}
    </Section>
  );
}
