import { useTexts } from '@house/i18n/useTexts.tsx';
import { Status } from '@house/parts/Status.tsx';
import { stageOf, toneOf, type Parcel } from './shipping.ts';
import en from './texts.en.ts';

/** Where a parcel stands, and whether it is silent. */
export function Stage({ parcel, withSilence = true }: { parcel: Parcel; withSilence?: boolean }) {
  const t = useTexts(en);
  const stage = stageOf(parcel);
  return (
    <span className="sy-row">
      <Status tone={toneOf(stage)} {...(parcel.label?.fault ? { title: parcel.label.fault } : {})}>{t.maybe(stage)}</Status>
      {withSilence && parcel.isSilent && <Status tone="warn" isPlain>{t('silent')}</Status>}
    </span>
  );
}
