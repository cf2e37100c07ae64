import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, ask } from '@house/api/client.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { notify } from '@house/parts/notices.ts';
import type { Connection } from './channels.ts';
import en from './texts.en.ts';

/** Has an order asked for at its channel and taken in again: `replay.mutate(externalId)`. */
export function useReplay(c: Connection) {
  const t = useTexts(en);
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (externalId: string) => ask(api.POST('/api/v1/connections/{channel}/orders/{externalId}/replay', { params: { path: { channel: c.channel, externalId } } })),
    onSuccess: async (done) => {
      await queries.invalidateQueries({ queryKey: ['connections'] });
      void queries.invalidateQueries({ queryKey: ['orders'] });
      notify(t('replayed', { n: done.orders }));
    },
  });
}
