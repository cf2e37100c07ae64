import type { Say } from '@house/i18n/useTexts.tsx';
import { conditionsOf, fieldOf, isNumeric, type About } from './conditions.ts';
import { weights, type Member, type ScenarioDraft } from './strategy.ts';
import type en from './texts.en.ts';
import type { Texts } from '@house/i18n/texts.ts';

type Key = typeof en extends Texts<infer K> ? K : never;
export interface Teller {
  t: Say<Key>;
  money: (minor: number) => string;
  list: (items: string[]) => string;
}

/** A query in words as far as it can be told; else as it is written. */
export function conditionWords(text: string, about: About, { t, list }: Pick<Teller, 't' | 'list'>): string {
  const found = conditionsOf(text, about);
  if (!found) return text;
  return list(
    found.map((c) => {
      const field = fieldOf(about, c.field);
      const unit = field?.unit ? ` ${t(`unit.${field.unit}`)}` : '';
      const value = c.comparison === 'between' ? `${c.values.join('–')}${unit}` : isNumeric(field) ? `${c.values.join(', ')}${unit}` : c.values.map((v) => (field?.values ? t.maybe(`value.${v}`) : v)).join(', ');
      return `${t.maybe(`field.${about}.${c.field}`)} ${t(`cond.${c.comparison}`)} ${value}`;
    }),
  );
}

/** What a scenario does, in short: shown while it is folded. */
export function summaryOf(s: ScenarioDraft, tell: Teller): string[] {
  const { t, list } = tell;
  const extras = [
    ...weights.filter((w) => s.weights[w] !== 0).map((w) => weightWords(s, w, tell)),
    ...(s.costPercent === null ? [] : [t('say.costPercent', { n: s.costPercent })]),
    ...(s.ranker === '' ? [] : [t('say.ranker', { ranker: s.ranker, amount: tell.money(s.rankerMinor) })]),
    ...(s.nodePrices.length === 0 ? [] : [t('say.nodePrices', { nodes: list(s.nodePrices.map((p) => p.node)) })]),
  ];
  return [
    s.when ? conditionWords(s.when, 'orders', tell) : t('allOrders'),
    ...(s.lines ? [t('say.lines', { what: conditionWords(s.lines, 'lines', tell) })] : []),
    s.nodes ? t('say.from', { what: conditionWords(s.nodes, 'nodes', tell) }) : t('allNodes'),
    ...(s.services.length > 0 ? [t('say.services', { what: list(s.services) })] : []),
    [t(`objective.${s.objective}`), ...extras].join(', '),
    ...splitWords(s, tell),
    t(`then.${s.otherwise}`),
  ];
}

const weightWords = (s: ScenarioDraft, w: (typeof weights)[number], { t, money }: Teller): string => t(`say.${w}`, { amount: money(s.weights[w]) });

function splitWords(s: ScenarioDraft, { t, money }: Teller): string[] {
  return [
    ...(s.most === null ? [] : [t('say.most', { n: s.most })]),
    ...(s.neverBelow === null ? [] : [t('say.neverBelow', { amount: money(s.neverBelow) })]),
    ...(s.mostExtra === null ? [] : [t('say.mostExtra', { amount: money(s.mostExtra) })]),
    ...(s.isWhole ? [t('say.isWhole')] : []),
  ];
}

/** One member of a scenario in words, for the difference between two versions. */
export function memberWords(s: ScenarioDraft, member: Member, tell: Teller): string {
  const { t, list, money } = tell;
  switch (member) {
    case 'when': return s.when ? conditionWords(s.when, 'orders', tell) : t('allOrders');
    case 'lines': return s.lines ? conditionWords(s.lines, 'lines', tell) : t('allLines');
    case 'nodes': return s.nodes ? conditionWords(s.nodes, 'nodes', tell) : t('allNodes');
    case 'services': return s.services.length > 0 ? list(s.services) : t('allServices');
    case 'objective': return t(`objective.${s.objective}`);
    case 'weights': return list(weights.filter((w) => s.weights[w] !== 0).map((w) => weightWords(s, w, tell))) || t('nothing');
    case 'costPercent': return s.costPercent === null ? t('nothing') : `${s.costPercent} %`;
    case 'nodePrices': return list(s.nodePrices.map((p) => `${p.node} ${money(p.minor)}`)) || t('nothing');
    case 'ranker': return s.ranker || t('nothing');
    case 'rankerMinor': return s.rankerMinor === 0 ? t('nothing') : money(s.rankerMinor);
    case 'most': return s.most === null ? t('noLimit') : String(s.most);
    case 'neverBelow': return s.neverBelow === null ? t('noLimit') : money(s.neverBelow);
    case 'mostExtra': return s.mostExtra === null ? t('noLimit') : money(s.mostExtra);
    case 'isWhole': return t(s.isWhole ? 'yes' : 'no');
    case 'otherwise': return t(`otherwise.${s.otherwise}`);
    case 'reason': return s.reason || t('nothing');
    case 'name': return s.name;
  }
}
