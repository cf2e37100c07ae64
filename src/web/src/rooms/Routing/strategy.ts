import { queryOptions } from '@tanstack/react-query';
import { api, ask, type Schema } from '@house/api/client.ts';

export type Strategy = Schema['WriteStrategyResponse'];
export type Version = Schema['WriteStrategyVersionView'];
export type Rules = Schema['RoutingRules'];
export type Scenario = Schema['RoutingScenario'];
export type Finding = Schema['RoutingFinding'];
export type Objective = 'cheapest' | 'fastest' | 'balanced' | 'fewestParcels';
export type Otherwise = 'split' | 'next' | 'backorder' | 'hold' | 'cancel';

export const objectives: Objective[] = ['cheapest', 'fastest', 'balanced', 'fewestParcels'];
export const otherwises: Otherwise[] = ['split', 'next', 'backorder', 'hold', 'cancel'];

/** What counts beside money, each with its unit: money a day, a parcel and 100 km, a unit … */
export const weights = ['dayMinor', 'hundredKmMinor', 'stockMinor', 'velocityMinor', 'workloadMinor'] as const;
export type Weight = (typeof weights)[number];

export interface NodePrice {
  node: string;
  minor: number;
}

/** A scenario as it stands in the form: every member is there, so that what was left alone is seen to be the same. */
export interface ScenarioDraft {
  /** Keeps its place in the page while it is carried about. */
  key: string;
  name: string;
  when: string;
  lines: string;
  nodes: string;
  services: string[];
  objective: Objective;
  weights: Record<Weight, number>;
  costPercent: number | null;
  nodePrices: NodePrice[];
  /** A function of the merchant's own that gives each node points; empty: none. */
  ranker: string;
  rankerMinor: number;
  most: number | null;
  neverBelow: number | null;
  mostExtra: number | null;
  isWhole: boolean;
  otherwise: Otherwise;
  reason: string;
}

export interface StrategyDraft {
  name: string;
  scenarios: ScenarioDraft[];
}

const noWeights: Record<Weight, number> = { dayMinor: 0, hundredKmMinor: 0, stockMinor: 0, velocityMinor: 0, workloadMinor: 0 };

export const freshScenario = (key: string, name = ''): ScenarioDraft => ({
  key, name, when: '', lines: '', nodes: '', services: [], objective: 'cheapest', weights: noWeights, costPercent: null, nodePrices: [], ranker: '', rankerMinor: 0, most: null, neverBelow: null, mostExtra: null, isWhole: false, otherwise: 'split', reason: '',
});

export const draftOf = (rules: Rules | null | undefined): ScenarioDraft[] =>
  (rules?.scenarios ?? []).map((s, i) => ({
    key: String(i),
    name: s?.name ?? '',
    when: s?.when ?? '',
    lines: s?.lines ?? '',
    nodes: s?.nodes ?? '',
    services: (s?.services ?? []).filter((x): x is string => Boolean(x)),
    objective: (s?.objective as Objective | null | undefined) ?? 'cheapest',
    weights: Object.fromEntries(weights.map((w) => [w, s?.weights?.[w] ?? 0])) as Record<Weight, number>,
    costPercent: s?.weights?.costPercent ?? null,
    nodePrices: Object.entries(s?.weights?.nodeMinor ?? {}).map(([node, minor]) => ({ node, minor: Number(minor) })),
    ranker: s?.weights?.ranker ?? '',
    rankerMinor: s?.weights?.rankerMinor ?? 0,
    most: s?.split?.most ?? null,
    neverBelow: s?.split?.neverBelowMinor ?? null,
    mostExtra: s?.split?.mostExtraMinor ?? null,
    isWhole: s?.split?.isWhole ?? false,
    otherwise: (s?.otherwise as Otherwise | null | undefined) ?? 'split',
    reason: s?.reason ?? '',
  }));

/** What is the same as left out is left out: strategies read short. */
export const scenarioOf = (d: ScenarioDraft): Scenario => {
  const prices = d.nodePrices.filter((p) => p.node !== '');
  const hasWeights = weights.some((w) => d.weights[w] !== 0) || d.costPercent !== null || prices.length > 0 || d.ranker !== '';
  const hasSplit = d.most !== null || d.neverBelow !== null || d.mostExtra !== null || d.isWhole;
  return {
    name: d.name.trim(),
    ...(d.when.trim() !== '' && { when: d.when.trim() }),
    ...(d.lines.trim() !== '' && { lines: d.lines.trim() }),
    ...(d.nodes.trim() !== '' && { nodes: d.nodes.trim() }),
    ...(d.services.length > 0 && { services: d.services }),
    ...(d.objective !== 'cheapest' && { objective: d.objective }),
    ...(hasWeights && {
      weights: {
        ...d.weights,
        ...(d.costPercent !== null && { costPercent: d.costPercent }),
        ...(d.ranker !== '' && { ranker: d.ranker }),
        rankerMinor: d.rankerMinor,
        ...(prices.length > 0 && { nodeMinor: Object.fromEntries(prices.map((p) => [p.node, p.minor])) }),
      },
    }),
    ...(hasSplit && {
      split: {
        ...(d.most !== null && { most: d.most }),
        ...(d.neverBelow !== null && { neverBelowMinor: d.neverBelow }),
        ...(d.mostExtra !== null && { mostExtraMinor: d.mostExtra }),
        isWhole: d.isWhole,
      },
    }),
    ...(d.otherwise !== 'split' && { otherwise: d.otherwise }),
    ...(d.reason.trim() !== '' && { reason: d.reason.trim() }),
  };
};

export const rulesOf = (scenarios: ScenarioDraft[]): Rules => ({ scenarios: scenarios.map(scenarioOf) });

/** The scenario at one place comes to another. */
export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  if (from === to || to < 0 || to >= list.length) return [...list];
  const rest = list.toSpliced(from, 1);
  return rest.toSpliced(to, 0, list[from]!);
}

export type Member = Exclude<keyof ScenarioDraft, 'key'>;
export type Change =
  | { kind: 'added' | 'removed'; name: string; place: number }
  | { kind: 'moved'; name: string; from: number; to: number }
  | { kind: 'renamed'; name: string; after: string }
  | { kind: 'changed'; name: string; member: Member; before: ScenarioDraft; after: ScenarioDraft };

const members: Member[] = ['when', 'lines', 'nodes', 'services', 'objective', 'weights', 'costPercent', 'nodePrices', 'ranker', 'rankerMinor', 'most', 'neverBelow', 'mostExtra', 'isWhole', 'otherwise', 'reason'];
const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
const keyOf = (name: string) => name.trim().normalize('NFC').toUpperCase();
const bodyOf = (s: ScenarioDraft) => JSON.stringify(members.map((m) => s[m]));

/** What became of the scenarios, by their names: which are new, gone, elsewhere, called otherwise, and what they say now. */
export function changesOf(before: readonly ScenarioDraft[], after: readonly ScenarioDraft[]): Change[] {
  const changes: Change[] = [];
  const partner = new Map<ScenarioDraft, ScenarioDraft>();
  for (const a of after) {
    const b = before.find((x) => keyOf(x.name) === keyOf(a.name));
    if (b) partner.set(a, b);
  }
  // The same in all but its name is the same one, called otherwise.
  const taken = new Set(partner.values());
  for (const a of after.filter((x) => !partner.has(x))) {
    const b = before.find((x) => !taken.has(x) && bodyOf(x) === bodyOf(a));
    if (!b) continue;
    partner.set(a, b);
    taken.add(b);
  }
  before.forEach((b, i) => !taken.has(b) && changes.push({ kind: 'removed', name: b.name, place: i + 1 }));
  const stayed = longestRise(after.filter((a) => partner.has(a)).map((a) => before.indexOf(partner.get(a)!)));
  after.forEach((a, i) => {
    const b = partner.get(a);
    if (!b) return void changes.push({ kind: 'added', name: a.name, place: i + 1 });
    if (a.name.trim() !== b.name.trim()) changes.push({ kind: 'renamed', name: b.name, after: a.name });
    if (!stayed.has(before.indexOf(b))) changes.push({ kind: 'moved', name: a.name, from: before.indexOf(b) + 1, to: i + 1 });
    for (const member of members) if (!same(a[member], b[member])) changes.push({ kind: 'changed', name: a.name, member, before: b, after: a });
  });
  return changes;
}

/** Those that need not have moved: the longest row of rising numbers. */
function longestRise(numbers: number[]): Set<number> {
  const best = numbers.map(() => 1);
  const from = numbers.map(() => -1);
  numbers.forEach((n, i) => {
    for (let j = 0; j < i; j++)
      if (numbers[j]! < n && best[j]! + 1 > best[i]!) {
        best[i] = best[j]! + 1;
        from[i] = j;
      }
  });
  const kept = new Set<number>();
  for (let i = best.indexOf(Math.max(...best)); i >= 0; i = from[i]!) kept.add(numbers[i]!);
  return kept;
}

/** What the check found, by scenario and member: `2.when`; of a scenario as a whole `2`. */
export function findingsBy(findings: readonly Finding[]): Map<string, Finding[]> {
  const by = new Map<string, Finding[]>();
  for (const f of findings) {
    const place = placeOf(f.pointer);
    if (place) by.set(place, [...(by.get(place) ?? []), f]);
  }
  return by;
}

export function placeOf(pointer: string): string | null {
  const match = /scenarios[/.](\d+)(?:[/.](\w+))?/.exec(pointer);
  return match ? [match[1], match[2]].filter(Boolean).join('.') : null;
}

export const strategyPage = (code: string) => `/routing/strategies/${encodeURIComponent(code)}`;

export const strategiesOptions = queryOptions({
  queryKey: ['routing', 'all'],
  // A merchant has at most 100.
  queryFn: async ({ signal }) => (await ask(api.GET('/api/v1/routing/strategies', { params: { query: { limit: 100 } }, signal }))).data,
});

export const strategyOptions = (code: string) =>
  queryOptions({ queryKey: ['routing', code], queryFn: ({ signal }) => ask(api.GET('/api/v1/routing/strategies/{code}', { params: { path: { code } }, signal })) });

/** A version never changes. */
export const versionOptions = (code: string, number: number) =>
  queryOptions({
    queryKey: ['routing', code, 'version', number],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/routing/strategies/{code}/versions/{number}', { params: { path: { code, number } }, signal })),
    staleTime: Infinity,
    select: (v) => draftOf(v.rules),
  });

/** A code out of a name: "Peak season" is peak-season. */
export const codeOf = (name: string): string =>
  name.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase().replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-|-$/g, '').slice(0, 64);
