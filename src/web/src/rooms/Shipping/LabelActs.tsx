import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { IconPrinter } from '@house/icons.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { useMay } from '@house/session.tsx';
import { LoseParcel } from './LoseParcel.tsx';
import css from './Shipping.module.css';
import { actsOf, nameOf, type Parcel } from './shipping.ts';
import en from './texts.en.ts';
import { useLabelActs } from './useLabelActs.ts';
import { VoidLabel } from './VoidLabel.tsx';

interface Props {
  parcel: Parcel;
  /** In a row: only the next step and the paper. */
  isShort?: boolean;
  /** Where what went wrong is told. */
  onError: (error: unknown) => void;
}

/** What can be done with a parcel as it stands, for whoever may. */
export function LabelActs({ parcel, isShort = false, onError }: Props) {
  const t = useTexts(en);
  const may = useMay();
  const { book, retry, print, error } = useLabelActs();
  const [dialog, setDialog] = useState<'void' | 'lose' | null>(null);
  useEffect(() => onError(error), [error, onError]);
  const acts = actsOf(parcel).filter((act) => (act === 'lose' ? may('fulfilment:manage') && !isShort : act === 'print' ? true : may('fulfilment:work')) && (act !== 'void' || !isShort));
  const { label } = parcel;
  const of = { name: nameOf(parcel) };
  const size = isShort ? ({ size: 'compact-sm' } as const) : {};
  return (
    <span className={css.acts}>
      {acts.map((act) =>
        act === 'book' ? (
          <Button key={act} {...size} variant={isShort ? 'default' : 'filled'} loading={book.isPending} onClick={() => book.mutate({ parcel: parcel.id })} aria-label={t('act.bookOf', of)}>
            {t('act.book')}
          </Button>
        ) : act === 'retry' ? (
          <Button key={act} {...size} variant="default" loading={retry.isPending} onClick={() => retry.mutate(label!.id)} aria-label={t('act.retryOf', of)}>
            {t('act.retry')}
          </Button>
        ) : act === 'print' ? (
          <Button
            key={act}
            {...size}
            variant="default"
            loading={print.isPending}
            leftSection={<IconPrinter size={14} aria-hidden />}
            onClick={() => print.mutate({ file: label!.file!, tracking: parcel.tracking, id: label!.id, format: label!.format })}
            aria-label={t('act.printOf', of)}
          >
            {t('act.print')}
          </Button>
        ) : act === 'void' ? (
          <Button key={act} {...size} variant="default" onClick={() => setDialog('void')}>
            {t('act.void')}
          </Button>
        ) : (
          <Button key={act} {...size} variant="default" onClick={() => setDialog('lose')}>
            {t('act.lose')}
          </Button>
        ),
      )}
      {dialog === 'void' && <VoidLabel parcel={parcel} onClose={() => setDialog(null)} />}
      {dialog === 'lose' && <LoseParcel parcel={parcel} onClose={() => setDialog(null)} />}
    </span>
  );
}
