import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { api, ask } from '@house/api/client.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { IconExternalLink } from '@house/icons.ts';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import type { Connection } from './channels.ts';
import css from './Channels.module.css';
import en from './texts.en.ts';
import { useReturned } from './useReturned.ts';

/** Leads the channel's owner to the channel's own page, where they let us in, and back to where they are now. */
export function LetIn({ connection: c, returnTo }: { connection: Connection; returnTo: string }) {
  const t = useTexts(en);
  const returned = useReturned();
  const begin = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/connections/{channel}/authorise', { params: { path: { channel: c.channel } }, body: { returnTo } })),
    onSuccess: ({ url }) => location.assign(url),
  });
  return (
    <>
      {returned && <p className={css.fault} data-tone={returned === 'done' ? 'good' : 'warn'} role="status">{t(`returned.${returned}`)}</p>}
      <p className="sy-muted">{t('letIn.about', { name: c.adapterName })}</p>
      <div className={css.buttons}>
        <Button variant="default" loading={begin.isPending || begin.isSuccess} rightSection={<IconExternalLink size={16} aria-hidden />} onClick={() => begin.mutate()}>
          {t('letIn', { name: c.adapterName })}
        </Button>
      </div>
      <ProblemAlert error={begin.error} what={t('letIn.failed')} />
    </>
  );
}
