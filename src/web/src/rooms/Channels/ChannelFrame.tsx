import { Button, Modal } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { api, ask } from '@house/api/client.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { notify } from '@house/parts/notices.ts';
import { PageHead } from '@house/parts/PageHead.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { SectionTabs } from '@house/parts/SectionTabs.tsx';
import { Status } from '@house/parts/Status.tsx';
import { useMay } from '@house/session.tsx';
import { channelsOptions, connectionsOptions, connectPage, headline, tabsOf, type Connection, type Tab } from './channels.ts';
import css from './Channels.module.css';
import { Handling } from './Handling.tsx';
import { useSimulators } from './simulators.ts';
import { StartPanel } from './StartPanel.tsx';
import en from './texts.en.ts';

/** What the parts of a channel's page share: its name and state, pause and start, and the way between them. */
export function ChannelFrame({ tab, children }: { tab: Tab; children: (connection: Connection) => ReactNode }) {
  const t = useTexts(en);
  const { code = '' } = useParams({ strict: false });
  const mayWrite = useMay()('settings:write');
  const connections = useQuery(connectionsOptions);
  const isSimulated = useSimulators().some((s) => s.channel === code);
  const connection = connections.data?.find((c) => c.channel === code);
  const channels = useQuery({ ...channelsOptions, enabled: connections.data !== undefined && connection === undefined });
  const channel = channels.data?.find((c) => c.code === code);
  if (channels.data && !channel && !connection) return <EmptyState kind="nothing" isPage title={t('noChannel')} action={<Link to="/channels">{t('allChannels')}</Link>} />;
  if (!connections.data)
    return (
      <>
        <PageHead title={code} />
        <div className={css.page}>
          <ProblemAlert error={connections.error} what={t('notLoaded')} again={() => void connections.refetch()} />
        </div>
      </>
    );
  if (!connection)
    return (
      <>
        <PageHead title={channel?.name ?? code} />
        <div className={css.page}>
          <EmptyState kind="first" title={t('unconnected')} text={t('unconnectedText')} action={mayWrite && <Button component={Link} to={connectPage(code)}>{t('connectShort')}</Button>} />
          <Handling code={code} />
          <p>
            <Link to="/channels">{t('allChannels')}</Link>
          </p>
        </div>
      </>
    );
  const { key, tone } = headline(connection);
  return (
    <>
      <PageHead title={connection.channelName} beside={<Status tone={tone}>{t(key)}</Status>} actions={mayWrite && <Acts of={connection} />} />
      <SectionTabs label={t('parts')} sections={tabsOf(code, isSimulated)} current={tab} nameOf={(id) => t(`tab.${id}`)} />
      <div className={css.page}>{children(connection)}</div>
    </>
  );
}

function Acts({ of: c }: { of: Connection }) {
  const t = useTexts(en);
  const queries = useQueryClient();
  const [isStarting, setStarting] = useState(false);
  const pause = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/connections/{channel}/pause', { params: { path: { channel: c.channel } } })),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['connections'] });
      notify(t('paused', { name: c.channelName }));
    },
  });
  if (c.state === 'draft') return <Button component={Link} to={connectPage(c.channel)}>{t('goOn')}</Button>;
  return (
    <>
      <ProblemAlert error={pause.error} what={t('notPaused')} />
      {c.state === 'live' ? (
        <Button variant="default" loading={pause.isPending} onClick={() => pause.mutate()}>
          {t('pause')}
        </Button>
      ) : (
        <Button onClick={() => setStarting(true)}>{t('start')}</Button>
      )}
      {isStarting && (
        <Modal opened onClose={() => setStarting(false)} title={t('startOf', { name: c.channelName })} size="var(--sy-dialog)" closeButtonProps={{ 'aria-label': t('close') }}>
          <StartPanel connection={c} onStarted={() => setStarting(false)} />
        </Modal>
      )}
    </>
  );
}
