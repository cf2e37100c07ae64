import { useQuery } from '@tanstack/react-query';
import { api, ask } from '../api/client.ts';
import { useMay } from '../session.tsx';

/** How much waits for a person, by kind. */
export function useAttention() {
  const may = useMay();
  const { data } = useQuery({
    queryKey: ['attention', 'counts'],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/attention/counts', { signal })),
    enabled: may('orders:read'),
    staleTime: 20_000,
    refetchInterval: 60_000,
  });
  const kinds = data?.kinds ?? [];
  return { kinds, total: kinds.reduce((sum, k) => sum + k.count, 0), isMore: kinds.some((k) => k.isMore) };
}
