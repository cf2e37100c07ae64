import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { api, ask } from './api/client.ts';
import { useMay, useSession } from './session.tsx';

/** What a channel is called: `const channelName = useChannelName(); channelName(order.channel)`. Its code, where nobody tells. */
export function useChannelName(): (code: string) => string {
  const may = useMay();
  const { session } = useSession();
  const { data } = useQuery({
    queryKey: ['channels', 'names', session.merchant],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/channel-names', { params: { query: { limit: 250 } }, signal })),
    enabled: may('orders:read'),
    staleTime: 5 * 60_000,
    retry: false,
  });
  const names = data?.data;
  return useCallback((code) => names?.find((c) => c.code === code)?.name ?? code, [names]);
}
