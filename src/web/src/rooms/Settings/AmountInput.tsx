import { TextInput } from '@mantine/core';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { major, minorOf } from '@house/i18n/money.ts';
import { useSpeech, useTexts } from '@house/i18n/useTexts.tsx';
import en from './texts.en.ts';

interface Props {
  label: string;
  currency: string;
  value: number | null;
  onChange: (minor: number | null) => void;
  error?: ReactNode;
}

/** An amount as the person writes it; what is no amount is said at once and not sent. */
export function AmountInput({ label, currency, value, onChange, error }: Props) {
  const t = useTexts(en);
  const { locale } = useSpeech();
  const decimal = new Intl.NumberFormat(locale).formatToParts(0.5).find((p) => p.type === 'decimal')?.value ?? '.';
  const [typed, setTyped] = useState(value === null ? '' : major(value, currency).replace('.', decimal));
  const isBad = typed.trim() !== '' && minorOf(typed, currency, locale) === null;
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.setCustomValidity(isBad ? t('notAnAmount') : ''), [isBad, t]);
  return (
    <TextInput
      ref={field}
      label={label}
      inputMode="decimal"
      value={typed}
      rightSection={<span className="sy-meta">{currency}</span>}
      rightSectionWidth={48}
      error={isBad ? t('notAnAmount') : error}
      onChange={(e) => {
        setTyped(e.currentTarget.value);
        onChange(e.currentTarget.value.trim() === '' ? null : minorOf(e.currentTarget.value, currency, locale));
      }}
    />
  );
}
