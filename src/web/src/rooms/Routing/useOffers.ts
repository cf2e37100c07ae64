import { useQueries, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { api, ask } from '@house/api/client.ts';
import { useSpeech } from '@house/i18n/useTexts.tsx';
import { useMay, useSession } from '@house/session.tsx';
import { countries } from '@rooms/Nodes/countries.ts';
import { allNodesOptions, lanesOptions } from '@rooms/Nodes/nodes.ts';

export interface Offer {
  value: string;
  label: string;
}

/** Codes that conditions may ask for, by the field that asks. */
export type Offers = Record<'channel' | 'country' | 'method' | 'service' | 'code' | 'group' | 'ranker', Offer[]>;

/** Services are told by nodes; of a house with very many those of the first ones do. */
const mostAsked = 20;
const plain = (values: Iterable<string | null | undefined>): Offer[] => [...new Set(values)].filter((v): v is string => Boolean(v)).sort().map((value) => ({ value, label: value }));

/** What there is in this house, so that nobody has to know codes by heart. */
export function useOffers(): Offers {
  const may = useMay();
  const { locale } = useSpeech();
  const { session } = useSession();
  const channels = useQuery({
    queryKey: ['channels', 'names', session.merchant],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/channel-names', { params: { query: { limit: 250 } }, signal })),
    enabled: may('orders:read'),
    staleTime: 5 * 60_000,
    retry: false,
  }).data?.data;
  const { data: nodes } = useQuery({ ...allNodesOptions, enabled: may('nodes:read') });
  const lanes = useQueries({
    queries: (nodes ?? []).slice(0, mostAsked).map((n) => ({ ...lanesOptions(n.code), staleTime: 5 * 60_000 })),
    combine: (found) => found.flatMap((f) => f.data?.lanes ?? []),
  });
  const rankers = useQuery({
    queryKey: ['routing', 'rankers'],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/routing/rankers', { params: { query: { limit: 100 } }, signal })),
    enabled: may('settings:read'),
    staleTime: 5 * 60_000,
    retry: false,
  }).data?.data;
  return useMemo(() => {
    const names = new Intl.DisplayNames(locale, { type: 'region', fallback: 'code' });
    return {
      channel: (channels ?? []).map((c) => ({ value: c.code, label: c.name })),
      country: countries.map((code) => ({ value: code, label: `${names.of(code) ?? code} (${code})` })),
      method: plain([...lanes.map((l) => l.method), 'standard', 'express', 'next-day']),
      service: plain([...lanes.map((l) => l.service), ...(nodes ?? []).flatMap((n) => n.services ?? [])]),
      code: (nodes ?? []).map((n) => ({ value: n.code, label: `${n.code} ${n.name}` })),
      ranker: (rankers ?? []).map((r) => ({ value: r.code, label: r.name })),
      group: plain((nodes ?? []).flatMap((n) => n.groups ?? [])),
    };
  }, [channels, nodes, lanes, rankers, locale]);
}
