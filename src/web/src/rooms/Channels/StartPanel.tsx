import { Button, Checkbox } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '@house/api/client.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { useNow } from '@house/now.ts';
import { Code } from '@house/parts/Code.tsx';
import { notify } from '@house/parts/notices.ts';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { FieldList } from '@house/parts/Section.tsx';
import { When } from '@house/parts/When.tsx';
import { isTested, type Connection } from './channels.ts';
import css from './Channels.module.css';
import en from './texts.en.ts';
import { TestPanel } from './TestPanel.tsx';

/** Sets a connection to work, once its credentials were seen to be good. */
export function StartPanel({ connection: c, onStarted }: { connection: Connection; onStarted: () => void }) {
  const t = useTexts(en);
  const queries = useQueryClient();
  const now = useNow();
  const [withoutMessages, setWithout] = useState(false);
  const start = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/connections/{channel}/start', { params: { path: { channel: c.channel } }, body: { withoutMessages } })),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['connections'] });
      notify(t('started', { name: c.channelName }));
      onStarted();
    },
  });
  const isReady = isTested(c, now);
  return (
    <div className="sy-stack">
      <p className="sy-muted">{t('start.about')}</p>
      <FieldList
        fields={[
          [t('adapter'), c.adapterName],
          [t('goLive'), c.goLiveAt ? <When key="g" at={c.goLiveAt} as="dateTime" /> : t('goLive.none')],
          [t('serving.mailsBuyer'), t(c.serving.mailsBuyer ? 'who.we' : 'who.channel')],
          [t('serving.refundsItself'), t(c.serving.refundsItself ? 'who.channel' : 'who.we')],
          [t('serving.owesTax'), t(c.serving.owesTax ? 'who.marketplace' : 'who.we')],
          [t('messageUrl'), <Code key="m">{c.messageUrl}</Code>],
        ]}
      />
      <Checkbox label={t('withoutMessages')} description={t('withoutMessages.text')} checked={withoutMessages} onChange={(e) => setWithout(e.currentTarget.checked)} />
      {!isReady && (
        <>
          <p>{t('start.testFirst')}</p>
          <TestPanel connection={c} />
        </>
      )}
      <ProblemAlert error={start.error} what={t('notStarted')} />
      <div className={`${css.buttons} ${css.end}`}>
        <Button disabled={!isReady} loading={start.isPending} onClick={() => start.mutate()}>
          {t('startNow')}
        </Button>
      </div>
    </div>
  );
}
