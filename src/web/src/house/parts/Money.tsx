import { useFormat } from '../i18n/useFormat.ts';

interface Props {
  /** Missing for whoever may not see prices: the server leaves it out. */
  minor: number | null | undefined;
  currency: string;
  /** Muted: paid, nothing to look at. */
  isMuted?: boolean;
  /** A plus before what is above zero: for differences. */
  isDifference?: boolean;
}

/** An amount of minor units, never broken and with aligned digits. */
export function Money({ minor, currency, isMuted = false, isDifference = false }: Props) {
  const { money } = useFormat();
  if (typeof minor !== 'number') return <span className="sy-muted">–</span>;
  return (
    <span className={isMuted ? 'sy-nowrap sy-muted' : 'sy-nowrap'} dir="auto">
      {isDifference && minor > 0 ? '+' : ''}
      {money(minor, currency)}
    </span>
  );
}
