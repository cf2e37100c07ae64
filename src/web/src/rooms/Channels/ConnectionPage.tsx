import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api, ask } from '@house/api/client.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { notify } from '@house/parts/notices.ts';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { FieldList, Section } from '@house/parts/Section.tsx';
import { When } from '@house/parts/When.tsx';
import { useMay } from '@house/session.tsx';
import { FormDialog } from '@rooms/Settings/FormDialog.tsx';
import { AccessForm } from './AccessForm.tsx';
import { AdapterFacts } from './AdapterFacts.tsx';
import { AgreementForm } from './AgreementForm.tsx';
import { ChannelFrame } from './ChannelFrame.tsx';
import { adaptersOptions, connectPage, type Connection } from './channels.ts';
import { Handling } from './Handling.tsx';
import { LetIn } from './LetIn.tsx';
import { TestPanel } from './TestPanel.tsx';
import en from './texts.en.ts';

/** How a channel is reached, what is agreed with it, and how its orders are served. */
export default function ConnectionPage() {
  return <ChannelFrame tab="settings">{(c) => <Parts of={c} />}</ChannelFrame>;
}

function Parts({ of: c }: { of: Connection }) {
  const t = useTexts(en);
  const mayWrite = useMay()('settings:write');
  const adapters = useQuery(adaptersOptions);
  const [isRemoving, setRemoving] = useState(false);
  const adapter = adapters.data?.find((a) => a.code === c.adapter);
  return (
    <>
      <ProblemAlert error={adapters.error} again={() => void adapters.refetch()} />
      <Handling code={c.channel} />
      <Section title={t('step.access')} beside={c.adapterName}>
        {adapter && <AdapterFacts adapter={adapter} />}
        {mayWrite && adapter ? (
          <AccessForm key={c.version} channel={c.channel} adapter={adapter} connection={c} confirm={t('save')} onSaved={() => undefined} />
        ) : (
          <FieldList fields={[[t('baseUrl'), c.baseUrl]]} />
        )}
        {mayWrite && adapter?.authorises && <LetIn connection={c} returnTo={`${connectPage(c.channel)}?step=test`} />}
        <TestPanel connection={c} />
      </Section>
      <Section title={t('step.agree')}>
        {mayWrite ? (
          <AgreementForm key={c.version} connection={c} usual={adapter?.serves ?? null} confirm={t('save')} onSaved={() => undefined} />
        ) : (
          <FieldList
            fields={[
              [t('goLive'), c.goLiveAt ? <When key="g" at={c.goLiveAt} as="dateTime" /> : t('goLive.none')],
              [t('serving.mailsBuyer'), t(c.serving.mailsBuyer ? 'who.we' : 'who.channel')],
              [t('serving.refundsItself'), t(c.serving.refundsItself ? 'who.channel' : 'who.we')],
              [t('serving.owesTax'), t(c.serving.owesTax ? 'who.marketplace' : 'who.we')],
            ]}
          />
        )}
      </Section>
      {mayWrite && c.state !== 'live' && (
        <Section title={t('remove.title')}>
          <p className="sy-muted">{t('remove.about')}</p>
          <div>
            <Button variant="default" onClick={() => setRemoving(true)}>
              {t('remove')}
            </Button>
          </div>
        </Section>
      )}
      {isRemoving && <RemoveDialog connection={c} onClose={() => setRemoving(false)} />}
    </>
  );
}

function RemoveDialog({ connection: c, onClose }: { connection: Connection; onClose: () => void }) {
  const t = useTexts(en);
  const queries = useQueryClient();
  const navigate = useNavigate();
  const remove = useMutation({
    mutationFn: () => ask(api.DELETE('/api/v1/connections/{channel}', { params: { path: { channel: c.channel } } })),
    onSuccess: async () => {
      await Promise.all([queries.invalidateQueries({ queryKey: ['connections'] }), queries.invalidateQueries({ queryKey: ['simulators'] })]);
      notify(t('removed', { name: c.channelName }));
      void navigate({ to: '/channels' });
    },
  });
  return (
    <FormDialog title={t('remove.of', { name: c.channelName })} confirm={t('remove')} isDanger onClose={onClose} onSubmit={() => remove.mutate()} isPending={remove.isPending} error={remove.error}>
      <p>{t('remove.what')}</p>
    </FormDialog>
  );
}
