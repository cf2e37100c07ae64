import { useMutation, useQueryClient } from '@tanstack/react-query';
import { notify } from '@house/parts/notices.ts';
import { actAt, stateOptions, type SimulatorAct } from './simulators.ts';

/** Makes something happen in a simulated shop, and says what did. */
export function useAct(name: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ body }: { body: SimulatorAct; said: string }) => actAt(name, body),
    onSuccess: (state, { said }) => {
      queries.setQueryData(stateOptions(name).queryKey, state);
      notify(said);
    },
  });
}
