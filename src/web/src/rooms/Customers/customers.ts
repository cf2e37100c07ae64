import { queryOptions } from '@tanstack/react-query';
import { api, ask, type Schema } from '@house/api/client.ts';

export type Customer = Schema['CustomerView'];
export type CustomerOrder = Schema['CustomerOrder'];

/** What a customer is called: some are known by an address of a channel only. */
export const nameOf = (customer: Customer): string => customer.name || customer.email || customer.phone || customer.externalIds[0]?.id || customer.id;

export const customerOptions = (id: string) =>
  queryOptions({
    queryKey: ['customers', id],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/customers/{id}', { params: { path: { id } }, signal })),
  });
