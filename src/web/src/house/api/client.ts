import createClient, { type Middleware } from 'openapi-fetch';
import { ApiError } from './problem.ts';
import type { components, paths } from './schema.d.ts';

/** The shapes of the API by name: `Schema['OrderView']`. */
export type Schema = components['schemas'];

let antiforgery: string | null = null;
let merchant: string | null = null;
let whenSignedOut: () => void = () => undefined;

/** What every request carries; set by the session. */
export function carry(now: { antiforgery: string | null; merchant: string | null }) {
  antiforgery = now.antiforgery;
  merchant = now.merchant;
}

/** Called when the server knows the session no more. */
export function onSignedOut(then: () => void) {
  whenSignedOut = then;
}

const headers: Middleware = {
  onRequest({ request }) {
    if (merchant && !request.headers.has('Switchyard-Merchant')) request.headers.set('Switchyard-Merchant', merchant);
    if (request.method !== 'GET' && antiforgery) request.headers.set('Switchyard-Antiforgery', antiforgery);
    // Sending twice does it once: a caller that repeats on its own gives a key of its own.
    if (request.method === 'POST' && !request.headers.has('Idempotency-Key')) request.headers.set('Idempotency-Key', newKey());
    return request;
  },
  onResponse({ response, request }) {
    if (response.status === 401 && !request.url.endsWith('/api/v1/session')) whenSignedOut();
  },
};

/** The typed client: `api.GET('/api/v1/orders/{id}', { params: { path: { id } }, signal })`. Wrap it in `ask`. */
export const api = createClient<paths>({ baseUrl: '', credentials: 'same-origin', headers: { Accept: 'application/json' } });
api.use(headers);

/** The address of a file for the browser itself, which sends no header: `/api/v1/exports/zones.csv?Switchyard-Merchant=alpha`. */
export const fileOf = (path: string, of: string | null): string =>
  of === null ? path : `${path}${path.includes('?') ? '&' : '?'}Switchyard-Merchant=${encodeURIComponent(of)}`;

export const newKey = (): string => crypto.randomUUID();

/** The header for a request of another merchant one works for than the one that was chosen. */
export const ofMerchant = (code: string | null | undefined): Record<string, string> => (code ? { 'Switchyard-Merchant': code } : {});

/** The header for a write over a version that was seen: `headers: { ...ifMatch(order.version) }`. */
export const ifMatch = (version: number): Record<string, string> => ({ 'If-Match': `"${version}"` });

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** The data of an answer; a refusal is thrown as an ApiError, a broken line as one with status 0. */
export async function ask<T>(request: Promise<Answer<T>>): Promise<NonNullable<T>> {
  const { data, error, response } = await answerOf(request);
  if (response.ok) return (data ?? {}) as NonNullable<T>;
  const problem = error !== null && typeof error === 'object' ? (error as Record<string, unknown>) : {};
  throw new ApiError(response.status, problem, response.headers.get('Retry-After'));
}

/** As ask, with the status: some answers tell by it what became of a wish (200 done, 202 asked). */
export async function askWithStatus<T>(request: Promise<Answer<T>>): Promise<{ data: NonNullable<T>; status: number }> {
  let status = 0;
  const data = await ask(request.then((answer) => ((status = answer.response.status), answer)));
  return { data, status };
}

async function answerOf<T>(request: Promise<Answer<T>>): Promise<Answer<T>> {
  try {
    return await request;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiError(0, { title: 'No connection', detail: 'The server was not reached. Nothing was changed that you were not told of.', code: 'network' });
  }
}
