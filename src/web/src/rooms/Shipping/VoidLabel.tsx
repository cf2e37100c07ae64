import { useTexts } from '@house/i18n/useTexts.tsx';
import { Consequences } from '@house/parts/Consequences.tsx';
import { Money } from '@house/parts/Money.tsx';
import { nameOf, stageOf, type Parcel } from './shipping.ts';
import en from './texts.en.ts';
import { useLabelActs } from './useLabelActs.ts';

/** Takes a label back: what becomes of number and cost is told before. */
export function VoidLabel({ parcel, onClose }: { parcel: Parcel; onClose: () => void }) {
  const t = useTexts(en);
  const { revoke } = useLabelActs();
  const { label } = parcel;
  if (!label) return null;
  return (
    <Consequences
      opened
      onClose={onClose}
      title={t('void.title', { name: nameOf(parcel) })}
      rows={[
        { what: t('void.label'), now: t.maybe(stageOf(parcel)), after: t('label.none') },
        ...(parcel.tracking ? [{ what: t('tracking'), now: <bdi className="sy-code">{parcel.tracking}</bdi>, after: '–' }] : []),
        ...(label.costMinor !== null ? [{ what: t('cost'), now: <Money minor={label.costMinor} currency={label.currency ?? 'GBP'} />, after: t('void.refund') }] : []),
      ]}
      confirm={t('act.void')}
      onConfirm={() => revoke.mutate(label.id, { onSuccess: onClose })}
      isPending={revoke.isPending}
      error={revoke.error}
    />
  );
}
