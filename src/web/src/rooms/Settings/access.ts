import { queryOptions } from '@tanstack/react-query';
import { api, ask, type Schema } from '@house/api/client.ts';

export type User = Schema['UserView'];
export type Role = Schema['Role'];
export type Right = Schema['ManageRolesPermissionView'];

export const usersOptions = queryOptions({
  queryKey: ['users', 'all'],
  queryFn: ({ signal }) => ask(api.GET('/api/v1/users', { params: { query: { limit: 200 } }, signal })),
});
export const rolesOptions = queryOptions({ queryKey: ['roles'], queryFn: ({ signal }) => ask(api.GET('/api/v1/roles', { signal })) });
export const nodesOptions = queryOptions({
  queryKey: ['nodes', 'names'],
  queryFn: ({ signal }) => ask(api.GET('/api/v1/nodes', { params: { query: { limit: 200 } }, signal })),
});

/** What shows amounts: without these nobody sees a price, on no page and in no answer. */
export const priceRights = ['prices:read', 'catalog:costs', 'orders:price'];

export const seesPrices = (rights: readonly string[]): boolean => rights.includes('prices:read');

/** Rights by what they are about, in the order of the server. */
export function byArea(rights: readonly Right[]): [string, Right[]][] {
  const areas = new Map<string, Right[]>();
  for (const right of rights) {
    const area = right.code.split(':')[0]!;
    areas.set(area, [...(areas.get(area) ?? []), right]);
  }
  return [...areas];
}

/** An id out of a name: "Packers, Lyon" becomes packers-lyon. */
export const idOf = (name: string): string =>
  name.normalize('NFKD').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 40);
