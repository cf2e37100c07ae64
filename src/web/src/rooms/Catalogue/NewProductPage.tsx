import { useQuery } from '@tanstack/react-query';
import { useSpeech } from '@house/i18n/useTexts.tsx';
import { useUrlState } from '@house/useUrlState.ts';
import { copyOf, productOptions } from './product.ts';
import { ProductForm } from './ProductForm.tsx';

/** Makes a product; with `like` in the address, another beside the one it names. */
export default function NewProductPage() {
  const { locale, zone } = useSpeech();
  const [{ like = '', options }] = useUrlState();
  const { data, isPending } = useQuery({ ...productOptions(like), enabled: like !== '' });
  if (like !== '' && isPending) return null;
  const copy = data && copyOf(data, locale, zone);
  return <ProductForm key={like + (options ?? '')} name={`product-like/${like}/${options ?? ''}`} copy={copy && options ? { ...copy, options: optionsOf(options, copy.options) } : copy} />;
}

/** The options of the empty place in the table of variants that was chosen. */
function optionsOf(text: string, otherwise: { name: string; value: string }[]) {
  try {
    return Object.entries(JSON.parse(text) as Record<string, string>).map(([name, value]) => ({ name: String(name), value: String(value) }));
  } catch {
    return otherwise;
  }
}
