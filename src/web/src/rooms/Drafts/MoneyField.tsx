import { TextInput } from '@mantine/core';
import { useState, type Ref } from 'react';
import { major, minorOf } from '@house/i18n/money.ts';
import { useSpeech, useTexts } from '@house/i18n/useTexts.tsx';
import en from './texts.en.ts';

interface Props {
  label: string;
  hideLabel?: boolean;
  value: number | null;
  /** Shown while nothing is typed: the list price. */
  usual?: number | null;
  currency: string;
  onChange: (minor: number | null) => void;
  error?: string | undefined;
  description?: string | undefined;
  input?: Ref<HTMLInputElement>;
  /** It may be below 0: an amount that is taken off. */
  isSigned?: boolean;
}

/** An amount as the person writes it; empty is none said. What is no amount is told, and not taken. */
export function MoneyField({ label, hideLabel, value, usual, currency, onChange, error, description, input, isSigned = false }: Props) {
  const t = useTexts(en);
  const { locale } = useSpeech();
  const isAmount = (minor: number | null): minor is number => minor !== null && (isSigned || minor >= 0);
  const words = (minor: number | null | undefined) => (typeof minor === 'number' ? major(minor, currency).replace('.', decimalOf(locale)) : '');
  const [typed, setTyped] = useState<string | null>(null);
  const isWrong = typed !== null && typed.trim() !== '' && !isAmount(minorOf(typed, currency, locale));
  return (
    <TextInput
      {...(hideLabel ? { 'aria-label': label } : { label })}
      ref={input}
      value={typed ?? words(value)}
      placeholder={words(usual)}
      description={description}
      inputMode="decimal"
      autoComplete="off"
      rightSection={<span className="sy-meta">{currency}</span>}
      rightSectionWidth={44}
      error={isWrong ? t('amount.wrong') : error}
      onChange={(e) => {
        const text = e.currentTarget.value;
        setTyped(text);
        const minor = minorOf(text, currency, locale);
        if (text.trim() === '') onChange(null);
        else if (isAmount(minor)) onChange(minor);
      }}
      onBlur={() => !isWrong && setTyped(null)}
    />
  );
}

const decimalOf = (locale: string) => new Intl.NumberFormat(locale).formatToParts(1.5).find((p) => p.type === 'decimal')?.value ?? '.';
