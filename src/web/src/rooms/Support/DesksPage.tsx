import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '@house/api/client.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { notify } from '@house/parts/notices.ts';
import { Status } from '@house/parts/Status.tsx';
import { When } from '@house/parts/When.tsx';
import { useMay } from '@house/session.tsx';
import { Frame, Row, Rows } from '@rooms/Settings/Frame.tsx';
import { CallsDialog } from './CallsDialog.tsx';
import { DeskDialog } from './DeskDialog.tsx';
import { TicketsDialog } from './TicketsDialog.tsx';
import { isFailing, type Desk } from './desks.ts';
import en from './texts.en.ts';

/** The help desks that agents work in: what they may do from there, and which troubles open a ticket. */
export default function DesksPage() {
  const t = useTexts(en);
  const queries = useQueryClient();
  const mayWrite = useMay()('settings:write');
  const [dialog, setDialog] = useState<{ kind: 'edit'; desk: Desk | null } | { kind: 'calls' | 'tickets'; desk: Desk } | null>(null);
  const desks = useQuery({ queryKey: ['support-desks'], queryFn: ({ signal }) => ask(api.GET('/api/v1/support-desks', { signal })) });
  const test = useMutation({
    mutationFn: (d: Desk) => ask(api.POST('/api/v1/support-desks/{code}/test', { params: { path: { code: d.code } } })),
    onSuccess: async (said, d) => {
      await queries.invalidateQueries({ queryKey: ['support-desks'] });
      notify(said.ok ? t('test.good', { name: d.name, who: said.account?.who ?? '' }) : t('test.bad', { name: d.name, why: said.fault ? t.maybe(`fault.${said.fault}`) : '' }));
    },
  });
  const list = desks.data?.data;
  const make = mayWrite && <Button onClick={() => setDialog({ kind: 'edit', desk: null })}>{t('new')}</Button>;
  return (
    <Frame section="support" error={desks.error ?? test.error} actions={list && list.length > 0 && make}>
      {list?.length === 0 && <EmptyState kind="first" title={t('none')} text={t('noneText')} action={make} />}
      {list && list.length > 0 && (
        <Rows label={t('desks')}>
          {list.map((d) => (
            <Row
              key={d.code}
              name={d.name}
              beside={
                <>
                  <span className="sy-muted">{d.adapterName}</span>{' '}
                  {d.state === 'paused' && <Status tone="neutral">{t('paused')}</Status>}
                  {d.state === 'active' && isFailing(d) && <Status tone="bad">{t('failing')}</Status>}
                  {d.tickets.parked > 0 && <Status tone="bad">{t('parked', { n: d.tickets.parked })}</Status>}
                </>
              }
              end={
                <>
                  <Button size="compact-sm" variant="default" aria-label={t('ticketsOf', { name: d.name })} onClick={() => setDialog({ kind: 'tickets', desk: d })}>
                    {t('tickets')}
                  </Button>
                  {mayWrite && (
                    <>
                      <Button
                        size="compact-sm"
                        variant="default"
                        aria-label={t('testOf', { name: d.name })}
                        loading={test.isPending && test.variables === d}
                        onClick={() => test.mutate(d)}
                      >
                        {t('test')}
                      </Button>
                      <Button size="compact-sm" variant="default" aria-label={t('callsOf', { name: d.name })} onClick={() => setDialog({ kind: 'calls', desk: d })}>
                        {t('calls')}
                      </Button>
                      <Button size="compact-sm" variant="default" aria-label={t('changeOf', { name: d.name })} onClick={() => setDialog({ kind: 'edit', desk: d })}>
                        {t('change')}
                      </Button>
                    </>
                  )}
                </>
              }
            >
              {t('openTickets', { n: d.tickets.open + d.tickets.waiting })}
              {!d.takesCalls && ` · ${t('noCalls')}`}
              {isFailing(d) && d.failedAt && (
                <>
                  {' · '}
                  {d.said} (<When at={d.failedAt} />)
                </>
              )}
            </Row>
          ))}
        </Rows>
      )}
      {dialog?.kind === 'edit' && <DeskDialog desk={dialog.desk} taken={(list ?? []).map((d) => d.code)} onClose={() => setDialog(null)} />}
      {dialog?.kind === 'calls' && <CallsDialog desk={dialog.desk} onClose={() => setDialog(null)} />}
      {dialog?.kind === 'tickets' && <TicketsDialog desk={dialog.desk} mayWrite={mayWrite} onClose={() => setDialog(null)} />}
    </Frame>
  );
}
