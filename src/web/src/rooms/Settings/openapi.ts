/** The little of an OpenAPI document that this page shows. */
export interface Document {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, unknown>; parameters?: Record<string, Parameter> };
}
export interface Operation {
  operationId: string;
  summary?: string;
  description?: string;
  tags?: string[];
  parameters?: (Parameter | { $ref: string })[];
  requestBody?: { content?: Record<string, Media> };
  responses?: Record<string, { description?: string; content?: Record<string, Media> }>;
  'x-permission'?: string;
}
export interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header' | 'cookie';
  required?: boolean;
  description?: string;
}
interface Media {
  example?: unknown;
  examples?: Record<string, { value?: unknown }>;
}
export interface Call extends Omit<Operation, 'parameters'> {
  method: string;
  path: string;
  parameters: Parameter[];
}

/** Every call of the document, by tag. */
export function callsOf(document: Document): [string, Call[]][] {
  const tags = new Map<string, Call[]>();
  for (const [path, methods] of Object.entries(document.paths))
    for (const [method, operation] of Object.entries(methods)) {
      if (!('operationId' in operation)) continue;
      const parameters = (operation.parameters ?? []).flatMap((p) => ('name' in p ? [p] : (document.components.parameters?.[p.$ref.split('/').at(-1)!] ?? [])));
      const tag = operation.tags?.[0] ?? '';
      tags.set(tag, [...(tags.get(tag) ?? []), { ...operation, method: method.toUpperCase(), path, parameters }]);
    }
  return [...tags].sort(([a], [b]) => a.localeCompare(b));
}

/** The example of a body or an answer as text; nothing where the document has none. */
export function exampleOf(content: Record<string, Media> | undefined): string {
  const media = content?.['application/json'] ?? Object.values(content ?? {})[0];
  const value = media?.example ?? Object.values(media?.examples ?? {})[0]?.value;
  return value === undefined ? '' : JSON.stringify(value, null, 2);
}

/** The address of a call with its parts filled in. */
export function addressOf(call: Pick<Call, 'path' | 'parameters'>, given: Record<string, string>): string {
  const path = call.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(given[name] ?? ''));
  const query = new URLSearchParams(call.parameters.filter((p) => p.in === 'query' && given[p.name]).map((p) => [p.name, given[p.name]!])).toString();
  return query ? `${path}?${query}` : path;
}
