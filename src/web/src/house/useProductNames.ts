import { useQuery } from '@tanstack/react-query';
import { api, ask } from './api/client.ts';
import { useMay } from './session.tsx';

const most = 250;

/** What products are called, beside a list that knows their SKUs only: `const nameOf = useProductNames(skus); nameOf(sku)`. Nothing, until it is known. */
export function useProductNames(skus: readonly string[]): (sku: string) => string | undefined {
  const may = useMay();
  const asked = [...new Set(skus)].sort().slice(0, most);
  const { data } = useQuery({
    queryKey: ['products', 'names', asked],
    queryFn: async ({ signal }) => {
      const query = `sku:(${asked.map((sku) => `"${sku.replaceAll('"', ' ')}"`).join(', ')})`;
      const page = await ask(api.GET('/api/v1/products', { params: { query: { query, limit: most } }, signal }));
      return new Map(page.data.map((p) => [p.sku, p.name]));
    },
    enabled: asked.length > 0 && may('catalog:read'),
    staleTime: 5 * 60_000,
    placeholderData: (before) => before,
    retry: false,
  });
  return (sku) => data?.get(sku) ?? undefined;
}
