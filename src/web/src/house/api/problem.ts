/** A fault of one field, by JSON pointer into the body (`/lines/0/quantity`) or `#name` of a parameter. */
export interface FieldFault {
  pointer: string;
  code: string;
  detail: string;
}

/** What the server answered instead of what was asked: RFC 9457, with its stable code. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly fields: FieldFault[];
  readonly requestId: string | null;
  readonly retryAfterSeconds: number | null;
  /** All members of the problem document, such as `column` of a query or `version` of a clash. */
  readonly extra: Record<string, unknown>;

  constructor(status: number, problem: Record<string, unknown>, retryAfter: string | null = null) {
    const text = (name: string) => (typeof problem[name] === 'string' ? problem[name] : null);
    super(text('detail') ?? text('title') ?? `The server answered ${status}.`);
    this.status = status;
    this.code = text('code') ?? (status === 0 ? 'network' : 'unknown');
    this.title = text('title') ?? '';
    this.fields = Array.isArray(problem['errors']) ? (problem['errors'] as FieldFault[]) : [];
    this.requestId = text('requestId');
    this.retryAfterSeconds = retryAfter === null ? null : Number(retryAfter) || null;
    this.extra = problem;
  }

  /** Somebody changed it meanwhile. */
  get isClash(): boolean {
    return this.status === 412;
  }

  /** Not reached, or not able to answer now: asking again may help. */
  get isPassing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 502;
  }
}

/** The faults by field name of a form: `/shippingAddress/line1` becomes `shippingAddress.line1`, as @mantine/form writes it. */
export function byField(error: unknown, rename: (path: string) => string = (path) => path): Record<string, string> {
  if (!(error instanceof ApiError)) return {};
  return Object.fromEntries(error.fields.map((f) => [rename(pathOf(f.pointer)), f.detail]));
}

export const pathOf = (pointer: string): string =>
  pointer
    .replace(/^[/#]/, '')
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .join('.');
