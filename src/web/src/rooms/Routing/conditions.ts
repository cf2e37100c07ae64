import { termsOf } from '@house/parts/query.ts';

// Conditions of strategies are queries; as long as one is a plain list of conditions it can be filled in by fields. What cannot be shown so stays text.

export type About = 'orders' | 'lines' | 'nodes';
export type Comparison = 'is' | 'not' | 'above' | 'below' | 'atLeast' | 'atMost' | 'between';

/** One condition: a field, how it is compared, with what. Of several values any one is enough. */
export interface Condition {
  field: string;
  comparison: Comparison;
  values: string[];
}

type Kind = 'code' | 'words' | 'number' | 'money';
interface Field {
  name: string;
  kind: Kind;
  /** All values there are. */
  values?: readonly string[];
  unit?: 'kg' | 'km' | 'days';
}

const payments = ['none', 'pending', 'authorised', 'paid', 'failed', 'terms'] as const;

/** The fields the server knows (RoutingFields); those that merchants make themselves are written as text. */
export const fieldsOf: Record<About, readonly Field[]> = {
  orders: [
    { name: 'channel', kind: 'code' },
    { name: 'country', kind: 'code' },
    { name: 'postcode', kind: 'words' },
    { name: 'method', kind: 'code' },
    { name: 'total', kind: 'money' },
    { name: 'units', kind: 'number' },
    { name: 'lines', kind: 'number' },
    { name: 'weight', kind: 'number', unit: 'kg' },
    { name: 'sku', kind: 'words' },
    { name: 'every.sku', kind: 'words' },
    { name: 'flag', kind: 'code' },
    { name: 'every.flag', kind: 'code' },
    { name: 'tag', kind: 'code' },
    { name: 'customerType', kind: 'code', values: ['person', 'company'] },
    { name: 'customerTag', kind: 'code' },
    { name: 'priority', kind: 'number' },
    { name: 'type', kind: 'code', values: ['sales', 'wholesale'] },
    { name: 'payment', kind: 'code', values: payments },
  ],
  lines: [
    { name: 'sku', kind: 'words' },
    { name: 'flag', kind: 'code' },
    { name: 'quantity', kind: 'number' },
    { name: 'unitWeight', kind: 'number', unit: 'kg' },
  ],
  nodes: [
    { name: 'kind', kind: 'code', values: ['warehouse', 'store', '3pl', 'supplier'] },
    { name: 'group', kind: 'code' },
    { name: 'code', kind: 'code' },
    { name: 'country', kind: 'code' },
    { name: 'postcode', kind: 'words' },
    { name: 'distance', kind: 'number', unit: 'km' },
    { name: 'stock', kind: 'number' },
    { name: 'waiting', kind: 'number' },
    { name: 'capacityLeft', kind: 'number' },
    { name: 'leadDays', kind: 'number', unit: 'days' },
    { name: 'service', kind: 'code' },
  ],
};

export const fieldOf = (about: About, name: string): Field | undefined => fieldsOf[about].find((f) => f.name.toLowerCase() === name.toLowerCase());
export const isNumeric = (field: Field | undefined): boolean => field?.kind === 'number' || field?.kind === 'money';
export const comparisonsOf = (field: Field | undefined): Comparison[] => (isNumeric(field) ? ['atLeast', 'above', 'atMost', 'below', 'between', 'is', 'not'] : ['is', 'not']);

const quoted = (value: string) => (/^[\p{L}\p{N}_.+*/@-]+$/u.test(value) && !/^-/.test(value) && !/^(OR|AND|NOT)$/.test(value) ? value : `"${value.replaceAll('"', ' ').trim()}"`);
const bare = (value: string) => (/^".*"$/.test(value) ? value.slice(1, -1) : value);

/** As the server reads it. Conditions without a value say nothing yet. */
export function textOf(conditions: readonly Condition[]): string {
  return conditions
    .filter((c) => c.field !== '' && c.values.some((v) => v.trim() !== '') && (c.comparison !== 'between' || c.values.filter(Boolean).length === 2))
    .map(({ field, comparison, values }) => {
      const said = values.map((v) => v.trim()).filter(Boolean);
      const [first = '', second = ''] = said;
      switch (comparison) {
        case 'above': return `${field}:>${first}`;
        case 'below': return `${field}:<${first}`;
        case 'atLeast': return `${field}:>=${first}`;
        case 'atMost': return `${field}:<=${first}`;
        case 'between': return `${field}:${first}..${second}`;
        default: return `${comparison === 'not' ? '-' : ''}${field}:${said.length > 1 ? `(${said.map(quoted).join(', ')})` : quoted(first)}`;
      }
    })
    .join(' ');
}

/** The conditions of a text; null when it says more than fields can show, such as OR, brackets or attributes of one's own. */
export function conditionsOf(text: string, about: About): Condition[] | null {
  const found: Condition[] = [];
  for (const term of termsOf(text)) {
    const match = /^(-|NOT )?([\w.]+):(.+)$/s.exec(term.text);
    const field = match && fieldOf(about, match[2]!);
    if (!match || !field) return null;
    const [isNot, value] = [Boolean(match[1]), match[3]!];
    const compared = /^(>=|<=|>|<)(-?[\d.]+)$/.exec(value);
    const between = /^(-?[\d.]+)\.\.(-?[\d.]+)$/.exec(value);
    const comparison: Comparison = compared ? ({ '>=': 'atLeast', '<=': 'atMost', '>': 'above', '<': 'below' } as const)[compared[1] as '>'] : between ? 'between' : isNot ? 'not' : 'is';
    if (isNot && (compared || between)) return null;
    const list = /^\((.*)\)$/s.exec(value);
    if (!compared && !between && (list ? /[()]/.test(list[1]!) : /[()<>]|\.\./.test(value))) return null;
    const said = list ? (list[1]!.match(/"[^"]*"|[^,]+/g) ?? []).map((v) => v.trim()).filter(Boolean) : [value];
    if (!compared && !between && said.some((v) => !/^("[^"]*"|[^\s"]+)$/.test(v))) return null;
    const values = compared ? [compared[2]!] : between ? [between[1]!, between[2]!] : said.map(bare);
    found.push({ field: field.name, comparison, values });
  }
  return found;
}
