import { Autocomplete } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { api, ask } from '@house/api/client.ts';

interface Props {
  label: string;
  value: string;
  error?: string | undefined;
  onChange: (sku: string) => void;
}

/** Goods by SKU, a word of the name, or a barcode. */
export function ProductField({ label, value, error, onChange }: Props) {
  const [asked] = useDebouncedValue(value.trim(), 200);
  const { data } = useQuery({
    queryKey: ['products', 'offer', 'goods', asked],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/products', { params: { query: { query: `"${asked.replaceAll(/["\\]/g, '')}" kind:goods`, limit: 8 } }, signal })),
    enabled: asked.length >= 2,
    retry: false,
  });
  const found = data?.data ?? [];
  return (
    <Autocomplete
      className="sy-grow"
      aria-label={label}
      placeholder={label}
      value={value}
      onChange={onChange}
      error={error}
      data={found.map((p) => p.sku)}
      filter={({ options }) => options}
      renderOption={({ option }) => (
        <span>
          <bdi className="sy-code">{option.value}</bdi> <span className="sy-muted">{found.find((p) => p.sku === option.value)?.name}</span>
        </span>
      )}
    />
  );
}
