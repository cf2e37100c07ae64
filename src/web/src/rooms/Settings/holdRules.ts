import { queryOptions } from '@tanstack/react-query';
import { api, ask, ifMatch, type Schema } from '@house/api/client.ts';

export type Rule = Schema['WriteHoldRuleResponse'];
export type RuleBody = Schema['WriteHoldRuleRequest'];
export type RuleSettings = Schema['HoldSettings'];
export type Conditions = Schema['OrderConditions'];
export type Signal = Schema['RiskSignal'];
export type Kind = RuleBody['kind'];

export const kinds: Kind[] = ['address', 'method', 'unknown_sku', 'price_off_list', 'payment', 'duplicate', 'blacklist', 'risk', 'credit', 'documents', 'manual', 'customer'];

/** Kinds that find nothing by themselves: they hold whatever meets the conditions. */
export const isByConditions = (kind: string): boolean => ['documents', 'manual', 'customer'].includes(kind);

export const signals: Signal['signal'][] = ['value_above', 'first_order', 'billing_country_differs', 'free_mail', 'many_of_email', 'many_of_place', 'many_units', 'forwarder', 'phone_country'];
export const hasThreshold = (signal: string): boolean => ['value_above', 'many_of_email', 'many_of_place', 'many_units'].includes(signal);
export const hasList = (signal: string): boolean => ['free_mail', 'forwarder'].includes(signal);

/** A rule of the house goes by its kind in the person's words, others by the name they were given. */
export const ruleName = (rule: { code: string; kind: string }, word: { maybe: (key: string) => string }): string =>
  rule.code === rule.kind ? word.maybe(`hold.${rule.kind}`) : rule.code;

export const rulesOptions = queryOptions({ queryKey: ['hold-rules'], queryFn: ({ signal }) => ask(api.GET('/api/v1/hold-rules', { signal })) });

/** Members that say nothing are left out, and lists without entries: "any of none" would mean no order at all. */
export const told = <T extends object>(from: T): T | null => {
  const kept = Object.entries(from).filter(([key, value]) => key !== 'isAboutLines' && value !== null && value !== undefined && value !== false && value !== '' && !(Array.isArray(value) && value.length === 0));
  return kept.length === 0 ? null : (Object.fromEntries(kept) as T);
};

export function bodyOf(rule: Rule, change: Partial<RuleBody> = {}): RuleBody {
  const { kind, position, isActive, when, settings, reason, scope, owner, permission, expiresAfterMinutes, escalateAfterMinutes, isFinal } = rule;
  return { kind, position, isActive, when: when && told(when), settings: settings && told(settings), reason, scope, owner, permission, expiresAfterMinutes, escalateAfterMinutes, isFinal, ...change } as RuleBody;
}

/** A rule of the house that nobody has changed yet has no version to write over. */
export const writeRule = (code: string, body: RuleBody, version: number) =>
  ask(api.PUT('/api/v1/hold-rules/{code}', { params: { path: { code } }, body, ...(version > 0 ? { headers: ifMatch(version) } : {}) }));

const step = 100;

/**
 * The positions that bring a rule to another place: its own, between those of its new neighbours; where there is no room
 * between them, those of all.
 */
export function moved(rules: readonly { code: string; position: number }[], code: string, to: number): Map<string, number> {
  const order = rules.filter((r) => r.code !== code);
  const at = Math.max(0, Math.min(to, order.length));
  if (rules[at]?.code === code) return new Map();
  const before = order[at - 1]?.position;
  const after = order[at]?.position;
  if (after === undefined) return new Map([[code, (before ?? 0) + step]]);
  const between = Math.floor(((before ?? 0) + after) / 2);
  if (between > (before ?? -1) && between < after) return new Map([[code, between]]);
  const all = order.map((r) => r.code).toSpliced(at, 0, code);
  return new Map(all.map((c, i) => [c, (i + 1) * step] as const).filter(([c, position]) => rules.find((r) => r.code === c)!.position !== position));
}
