import { queryOptions } from '@tanstack/react-query';
import { api, ask } from '@house/api/client.ts';
import { usePreference } from '@house/preferences.ts';

/** Where the person works: chosen on the first page of the handheld. */
export const useNode = (): string | null => usePreference<string | null>('handheldNode', null)[0];

export const workOptions = (node: string | null) =>
  queryOptions({
    queryKey: ['dock', 'work', node],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/nodes/{code}/dock-work', { params: { path: { code: node! } }, signal })),
  });
