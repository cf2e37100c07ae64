import { useMutation, useQueryClient, queryOptions } from '@tanstack/react-query';
import { api, ask, ifMatch } from '@house/api/client.ts';
import type { Listing } from './channels.ts';

/** What of a listing a person says. What is left out stays as it is. */
export interface ListingChange {
  sku?: string | null;
  unitsEach?: number;
  buffer?: number;
  sharePercent?: number;
  most?: number | null;
  isStopped?: boolean;
  isIgnored?: boolean;
}

/** A listing by itself, with the products it may be of. */
export const listingOptions = (channel: string, id: string) =>
  queryOptions({
    queryKey: ['connections', channel, 'listing', id],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/connections/{channel}/listings/{listing}', { params: { path: { channel, listing: id } }, signal })),
    staleTime: 60_000,
    retry: false,
  });

/** Writes over the version that was seen: `write.mutate({ sku })`. */
export function useWriteListing(channel: string, listing: Listing, onDone?: (saved: Listing, change: ListingChange) => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (change: ListingChange) => ask(api.PATCH('/api/v1/connections/{channel}/listings/{listing}', { params: { path: { channel, listing: listing.id } }, body: change as never, headers: ifMatch(listing.version) })),
    onSuccess: async (saved, change) => {
      // Told first: the row may be in another list a moment later.
      onDone?.(saved, change);
      await queries.invalidateQueries({ queryKey: ['connections'] });
    },
    // Somebody else may have been quicker: the next look is at what is.
    onError: () => void queries.invalidateQueries({ queryKey: ['connections', channel] }),
  });
}
