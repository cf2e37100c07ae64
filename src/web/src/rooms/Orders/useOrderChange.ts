import { useMutation, useQueryClient } from '@tanstack/react-query';

/** A change of one order: when it is done, everything shown of it is asked for anew. */
export function useOrderChange<T, A = void>(id: string, change: (wish: A) => Promise<T>, done: (answer: T) => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: async (answer) => {
      done(answer);
      await Promise.all([queries.invalidateQueries({ queryKey: ['orders', id] }), queries.invalidateQueries({ queryKey: ['attention'] })]);
      void queries.invalidateQueries({ queryKey: ['orders', 'count'] });
    },
  });
}
