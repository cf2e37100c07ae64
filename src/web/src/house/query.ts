import { QueryClient } from '@tanstack/react-query';
import { ApiError } from './api/problem.ts';

/** What was fetched stays shown while it is fetched anew; only what may pass by itself is asked again. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      gcTime: 10 * 60_000,
      refetchOnWindowFocus: true,
      retry: (failures, error) => failures < 2 && error instanceof ApiError && error.isPassing,
      throwOnError: false,
    },
    mutations: { retry: false },
  },
});
