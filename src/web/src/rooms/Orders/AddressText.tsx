import { useCountryName } from '@house/i18n/useCountryName.ts';
import type { Address } from './orders.ts';

/** An address as lines; nothing is forced into a form it has not. */
export function AddressText({ address }: { address: Address | null }) {
  const countryName = useCountryName();
  if (!address) return <span className="sy-muted">–</span>;
  const town = [address.city, address.region, address.postcode].filter(Boolean).join(' ');
  const country = address.country && countryName(address.country);
  const lines = [address.name, address.company, address.line1, address.line2, town, country, address.phone].filter((x): x is string => Boolean(x));
  return (
    <address style={{ fontStyle: 'normal' }}>
      {lines.map((line, i) => (
        <div key={i} dir="auto">
          {line}
        </div>
      ))}
    </address>
  );
}
