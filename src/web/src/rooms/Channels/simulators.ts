import { queryOptions, useQuery } from '@tanstack/react-query';
import { api, ask, type Schema } from '@house/api/client.ts';
import { useSession } from '@house/session.tsx';

export type Simulator = Schema['SteerSimulatorsSimulator'];
export type SimulatorState = Schema['SteerSimulatorsState'];
export type SimulatorAct = Schema['SteerSimulatorsRequest'];
export type SimulatedOrder = Schema['SteerSimulatorsSimulatedOrder'];

const simulatorsOptions = queryOptions({
  queryKey: ['simulators'],
  queryFn: async ({ signal }) => (await ask(api.GET('/api/v1/simulators', { signal }))).data,
  // Elsewhere than in a demo there are none, and there never will be.
  staleTime: ({ state }) => (state.data?.length === 0 ? Infinity : 5_000),
  retry: false,
});

/** The simulated vendors beside a demo, for whoever may steer them; none anywhere else. */
export function useSimulators(): readonly Simulator[] {
  const { session, may } = useSession();
  return useQuery({ ...simulatorsOptions, enabled: session.isHouse && may('settings:write') }).data ?? [];
}

export const stateOptions = (name: string) =>
  queryOptions({ queryKey: ['simulators', name], queryFn: ({ signal }) => ask(api.GET('/api/v1/simulators/{simulator}', { params: { path: { simulator: name } }, signal })), refetchInterval: 3_000, retry: false });

export const actAt = (name: string, body: SimulatorAct) => ask(api.POST('/api/v1/simulators/{simulator}/act', { params: { path: { simulator: name } }, body }));

/** In the order in which somebody would try them: from a delay to an answer that is lost after the deed. */
export const moods = ['slow', 'throttled', 'broken', 'refused', 'malformed', 'hangs', 'breaksOff', 'failsAfter', 'hangsAfter', 'breaksOffAfter'] as const satisfies readonly SimulatorState['mood'][];

/** What can still happen to an order of a simulated shop. */
export const actsOf = (state: SimulatedOrder['state']): readonly ('change' | 'cancel' | 'refund')[] =>
  state === 'paid' || state === 'unpaid' ? ['change', 'cancel', 'refund'] : state === 'cancelled' ? [] : ['refund'];
