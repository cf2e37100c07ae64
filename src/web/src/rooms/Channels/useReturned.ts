import { useUrlState } from '@house/useUrlState.ts';

const outcomes = ['done', 'refused', 'failed', 'noCode'] as const;

/** What the channel's own page of consent came to, when somebody comes back from it. */
export function useReturned(): (typeof outcomes)[number] | null {
  const [url] = useUrlState();
  return outcomes.find((o) => o === url['authorised']) ?? null;
}
