import { TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '@house/api/client.ts';
import { byField } from '@house/api/problem.ts';
import { useSpeech, useTexts } from '@house/i18n/useTexts.tsx';
import { instantOf } from '@house/i18n/zoned.ts';
import { notify } from '@house/parts/notices.ts';
import { FormDialog } from '@rooms/Settings/FormDialog.tsx';
import type { Connection } from './channels.ts';
import en from './texts.en.ts';

/** Has the channel asked now, or for all that changed since a date: after an outage, nothing is left out. */
export function AskAgain({ connection: c, onClose }: { connection: Connection; onClose: () => void }) {
  const t = useTexts(en);
  const { zone } = useSpeech();
  const queries = useQueryClient();
  const [since, setSince] = useState('');
  const go = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/connections/{channel}/ask', { params: { path: { channel: c.channel } }, body: since === '' ? {} : { since: instantOf(since, zone) } })),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['connections'] });
      notify(t('askAgain.done', { name: c.channelName }));
      onClose();
    },
  });
  return (
    <FormDialog title={t('askAgain')} confirm={t(since === '' ? 'askAgain.now' : 'askAgain.since')} onClose={onClose} onSubmit={() => go.mutate()} isPending={go.isPending} error={go.error} shown={['/since']}>
      <p className="sy-muted">{t('askAgain.about')}</p>
      <TextInput type="datetime-local" label={t('since')} description={t('since.text')} value={since} onChange={(e) => setSince(e.currentTarget.value)} error={byField(go.error)['since']} data-autofocus />
    </FormDialog>
  );
}
