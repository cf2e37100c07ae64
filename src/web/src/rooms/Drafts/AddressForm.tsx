import { Select, TextInput } from '@mantine/core';
import { useMemo } from 'react';
import { useSpeech, useTexts } from '@house/i18n/useTexts.tsx';
import type { Address } from '@rooms/Orders/orders.ts';
import css from './AddressForm.module.css';
import { countries, countryOf, layoutOf, type AddressField } from './addresses.ts';
import { addressOf } from './draft.ts';
import en from './texts.en.ts';

interface Props {
  /** Of the address in the order: `shippingAddress`. */
  place: string;
  address: Address | null;
  /** Whom it goes to while no name is said. */
  usualName: string;
  faults: Record<string, string>;
  onChange: (address: Address) => void;
}

/** An address with the fields of its country, in the order in which they are written there. */
export function AddressForm({ place, address, usualName, faults, onChange }: Props) {
  const t = useTexts(en);
  const { locale } = useSpeech();
  const country = address?.country?.toUpperCase() || countryOf(locale);
  const names = useMemo(() => {
    const say = new Intl.DisplayNames(locale, { type: 'region' });
    return countries.map((code) => ({ value: code, label: say.of(code) ?? code })).sort((a, b) => a.label.localeCompare(b.label, locale));
  }, [locale]);
  const { rows, region, isZip } = layoutOf(country);
  const set = (field: AddressField, value: string | null) => onChange({ ...addressOf(address), country, [field]: value });
  const label = (field: AddressField) => (field === 'region' ? t(`address.${region}`) : field === 'postcode' && isZip ? t('address.zip') : t(`address.${field}`));
  const fault = (field: AddressField) => faults[`${place}.${field}`] ?? (field === 'line1' ? faults[place] : undefined);
  return (
    <div className={css.form} data-place={place}>
      <Select
        label={t('address.country')}
        data-place={`${place}.country`}
        data={names.some((n) => n.value === country) ? names : [{ value: country, label: country }, ...names]}
        value={country}
        searchable
        comboboxProps={{ keepMounted: false }}
        allowDeselect={false}
        nothingFoundMessage={t('address.noCountry')}
        error={fault('country')}
        onChange={(code) => code && set('country', code)}
      />
      {rows.map((row) => row.map((field) => (
        <TextInput
          key={field}
          className={row.length === 1 && field === 'city' ? css.wide : ''}
          label={label(field)}
          data-place={`${place}.${field}`}
          value={address?.[field] ?? ''}
          placeholder={field === 'name' ? usualName : undefined}
          error={fault(field)}
          autoComplete="off"
          dir="auto"
          onChange={(e) => set(field, e.currentTarget.value)}
        />
      )))}
    </div>
  );
}
