import { useFormat } from '../i18n/useFormat.ts';

interface Props {
  minor: number;
  currency: string;
  /** Muted: paid, nothing to look at. */
  isMuted?: boolean;
  /** A plus before what is above zero: for differences. */
  isDifference?: boolean;
}

/** An amount of minor units, never broken and with aligned digits. */
export function Money({ minor, currency, isMuted = false, isDifference = false }: Props) {
  const { money } = useFormat();
  return (
    <span className={isMuted ? 'sy-nowrap sy-muted' : 'sy-nowrap'} dir="auto">
      {isDifference && minor > 0 ? '+' : ''}
      {money(minor, currency)}
    </span>
  );
}
