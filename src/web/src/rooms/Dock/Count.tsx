import { ActionIcon, NumberInput } from '@mantine/core';
import { IconMinus, IconPlus } from '@house/icons.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import handheld from '@rooms/Handheld/Handheld.module.css';
import css from './Dock.module.css';
import en from './texts.en.ts';

interface Props {
  label: string;
  n: number;
  least?: number;
  most: number;
  onChange: (n: number) => void;
  isSmall?: boolean;
}

/** A number by two big buttons or by the keypad. What a scanner types while it has the focus is taken for a scan. */
export function Count({ label, n, least = 0, most, onChange, isSmall = false }: Props) {
  const t = useTexts(en);
  return (
    <div className={css.count} data-small={isSmall || undefined}>
      <span className={css.countLabel} aria-hidden>{label}</span>
      <ActionIcon className={handheld.stepButton!} variant="default" aria-label={t('fewer', { what: label })} disabled={n <= least} onClick={() => onChange(n - 1)}>
        <IconMinus size={28} aria-hidden />
      </ActionIcon>
      <NumberInput
        aria-label={label} className={css.number!} classNames={{ input: css.figure! }} value={n} min={least} max={most} clampBehavior="strict" allowDecimal={false} allowNegative={false}
        hideControls inputMode="numeric" onChange={(v) => onChange(v === '' ? least : Number(v))} onFocus={(e) => e.currentTarget.select()}
      />
      <ActionIcon className={handheld.stepButton!} variant="default" aria-label={t('oneMore', { what: label })} disabled={n >= most} onClick={() => onChange(n + 1)}>
        <IconPlus size={28} aria-hidden />
      </ActionIcon>
    </div>
  );
}
