import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDebouncedValue } from '@mantine/hooks';
import { api, ask, type Schema } from '@house/api/client.ts';
import { ApiError } from '@house/api/problem.ts';
import { usePreference } from '@house/preferences.ts';
import { useMay, useSession } from '@house/session.tsx';
import { rulesOf, type Finding, type ScenarioDraft } from './strategy.ts';

/** The order a strategy is tried on: one that was placed, or a made-up one. */
export interface Sample {
  kind: 'order' | 'madeUp';
  /** Empty: the newest. */
  number: string;
  lines: { sku: string; quantity: number }[];
  country: string;
  postcode: string;
  channel: string;
  method: string;
}

const first: Sample = { kind: 'order', number: '', lines: [{ sku: '', quantity: 1 }], country: 'GB', postcode: '', channel: '', method: 'standard' };

/** The same sample waits on every strategy, and after coming back. */
export const useSample = () => usePreference<Sample>('routing-sample', first);

/** A decision as an order's plan has it. */
export interface Plan {
  rule: string;
  costMinor?: number;
  isProven?: boolean;
  shipments: { node: string; service: string; costMinor?: number; parts: [line: number, quantity: number][] }[];
  candidates: { node: string; reason: string; costMinor?: number | null; scenario?: string; carriageMinor?: number; handlingMinor?: number; rankMinor?: number; km?: number }[];
  scenarios?: { name: string; objective: string; outcome: string; limit?: string; after?: string }[];
}

export interface Tried {
  plan: Plan;
  unsent: Schema['TryRoutingLeft'][];
  dates: ({ shipBy: string; deliverBy: string } | null)[];
}

export interface Trial {
  findings: Finding[] | null;
  tried: Tried | null;
  live: Tried | null;
  /** The number of the order it was tried on. */
  order: string | null;
  isNoOrder: boolean;
  /** What the rules or the sample may not be, by pointer. */
  error: ApiError | null;
  isBusy: boolean;
}

/** Tries the rules on the sample as they are written, a moment after the last change. */
export function useTrial(scenarios: ScenarioDraft[], sample: Sample): Trial {
  const may = useMay();
  const { session } = useSession();
  const wanted = sample.number.trim().replace(/^#/, '');
  const [number] = useDebouncedValue(wanted, 350);
  const order = useQuery({
    queryKey: ['routing', 'sample', number],
    queryFn: async ({ signal }) => {
      const found = await ask(api.GET('/api/v1/orders', { params: { query: number === '' ? { limit: 1, query: 'history:no' } : { limit: 1, query: `number:"${number.replaceAll('"', '')}"` } }, signal }));
      return found.data[0] ?? null;
    },
    enabled: sample.kind === 'order' && may('orders:read'),
    retry: false,
  });
  const lines = sample.lines.filter((l) => l.sku.trim() !== '').map((l) => ({ sku: l.sku.trim(), quantity: l.quantity }));
  const body =
    sample.kind === 'order'
      ? order.data
        ? { orderId: order.data.id }
        : null
      : lines.length > 0 && sample.channel
        ? {
            order: {
              channel: sample.channel,
              currency: session.baseCurrency ?? 'GBP',
              shippingAddress: { name: 'Sample', line1: '1 Sample Street', city: 'Sample', postcode: sample.postcode.trim() || null, country: sample.country },
              method: sample.method || null,
              lines,
            },
          }
        : null;
  const asked = JSON.stringify({ rules: rulesOf(scenarios), ...body });
  const [sent] = useDebouncedValue(asked, 350);
  const { data, error, isFetching } = useQuery({
    queryKey: ['routing', 'try', sent],
    queryFn: ({ signal }) => ask(api.POST('/api/v1/routing/try', { body: JSON.parse(sent) as Schema['TryRoutingRequest'], signal })),
    enabled: body !== null && (sent.includes('"orderId"') || sent.includes('"order"')),
    placeholderData: keepPreviousData,
    staleTime: 10_000,
    retry: false,
  });
  const isShown = body !== null && !error;
  return {
    findings: isShown ? (data?.findings ?? null) : null,
    tried: isShown ? ((data?.tried as unknown as Tried | null | undefined) ?? null) : null,
    live: isShown ? ((data?.live as unknown as Tried | undefined) ?? null) : null,
    order: sample.kind === 'order' ? (order.data?.number ?? null) : null,
    isNoOrder: sample.kind === 'order' && order.data === null,
    error: body !== null && error instanceof ApiError ? error : order.error instanceof ApiError && sample.kind === 'order' ? order.error : null,
    isBusy: isFetching || sent !== asked,
  };
}

/** Do both send the same from the same places? */
export const isSamePlan = (a: Plan, b: Plan): boolean => placesOf(a) === placesOf(b);
const placesOf = (p: Plan) => JSON.stringify(p.shipments.map((s) => [s.node, s.service, s.parts]).sort());
export const nodesOf = (p: Plan): string[] => [...new Set(p.shipments.map((s) => s.node))];
export const lastOf = (dates: Tried['dates'], which: 'shipBy' | 'deliverBy'): string | null => {
  const known = dates.map((d) => d?.[which] ?? null);
  return known.length === 0 || known.some((d) => d === null) ? null : (known.sort().at(-1) ?? null);
};
