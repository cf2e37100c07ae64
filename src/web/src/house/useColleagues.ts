import { useQuery } from '@tanstack/react-query';
import { api, ask, type Schema } from './api/client.ts';
import { useSession } from './session.tsx';

export type Colleague = Schema['ListColleaguesColleague'];

const none: Colleague[] = [];

/** Those who work here, for whoever mentions them, gives them something, or wants to know who it was. */
export function useColleagues(): readonly Colleague[] {
  const { session } = useSession();
  const { data } = useQuery({
    queryKey: ['colleagues', session.merchant],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/colleagues', { params: { query: { limit: 250 } }, signal })),
    staleTime: 5 * 60_000,
    retry: false,
  });
  return data?.data ?? none;
}
