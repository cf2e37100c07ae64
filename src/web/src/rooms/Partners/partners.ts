import { queryOptions } from '@tanstack/react-query';
import { api, ask, type Schema } from '@house/api/client.ts';

export type Partner = Schema['ListPartnersPartnerView'];

export const partnersOptions = queryOptions({ queryKey: ['partners', 'all'], queryFn: ({ signal }) => ask(api.GET('/api/v1/partners', { params: { query: { limit: 250 } }, signal })) });

const letters = 'abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';
/** A first password: 16 letters and digits that are not taken for one another, in groups. */
export function newPassword(): string {
  const random = crypto.getRandomValues(new Uint32Array(16));
  return Array.from(random, (n, i) => (i > 0 && i % 4 === 0 ? '-' : '') + letters[n % letters.length]!).join('');
}
