import { queryOptions } from '@tanstack/react-query';
import { api, ask, type Schema } from '@house/api/client.ts';
import type { Tone } from '@house/parts/Status.tsx';

export type Decision = Schema['RoutingStoryDecisionView'];
export type Candidate = Schema['RoutingStoryCandidate'];
export type Flip = Schema['RoutingStoryFlip'];

export const routingOptions = (order: string) =>
  queryOptions({
    queryKey: ['orders', order, 'routing'],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/orders/{id}/routing', { params: { path: { id: order } }, signal })),
  });

const tones: Record<string, Tone> = { chosen: 'good', dearer: 'neutral', excluded: 'neutral' };
export const toneOfReason = (reason: string): Tone => tones[reason] ?? 'warn';

/** Whether something of a plan is told in amounts: whoever may not see prices gets none. */
export const hasCosts = (d: Decision): boolean => typeof (d.costMinor as number | undefined) === 'number';

/** What would have sent it otherwise: each node's smallest change, those that send something else than now. */
export const flipsOf = (d: Decision): { node: string; flip: Flip }[] => d.candidates.flatMap((c) => c.flips.map((flip) => ({ node: c.node, flip })));

/** The parts of the costs that any node has: what nobody has needs no column. */
export function partsOf(d: Decision): ('carriageMinor' | 'pickMinor' | 'handlingMinor' | 'rankMinor')[] {
  return (['carriageMinor', 'pickMinor', 'handlingMinor', 'rankMinor'] as const).filter((part) => d.candidates.some((c) => typeof c[part] === 'number' && (part === 'carriageMinor' || c[part] !== 0)));
}
