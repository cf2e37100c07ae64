import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';

type Params = Record<string, string | undefined>;

/**
 * What stands behind the ? of the address, as texts. Setting an empty value takes it out. `isStep` makes an entry in the
 * browser's history, so that Back undoes it.
 */
export function useUrlState(): [Params, (change: Params, isStep?: boolean) => void] {
  const search = useSearch({ strict: false }) as Params;
  const navigate = useNavigate();
  const set = useCallback(
    (change: Params, isStep = false) => {
      void navigate({
        to: '.',
        search: ((now: Params) => ({ ...now, ...change })) as never,
        replace: !isStep,
        resetScroll: false,
      });
    },
    [navigate],
  );
  return [search, set];
}
