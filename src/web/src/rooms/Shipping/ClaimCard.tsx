import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '@house/api/client.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { Money } from '@house/parts/Money.tsx';
import { FieldList, Section } from '@house/parts/Section.tsx';
import { Status } from '@house/parts/Status.tsx';
import { Due } from '@house/parts/When.tsx';
import { useMay } from '@house/session.tsx';
import { claimTones, SettleClaim } from './SettleClaim.tsx';
import type { Parcel } from './shipping.ts';
import en from './texts.en.ts';

/** What is asked back from the carrier for a lost parcel. */
export function ClaimCard({ parcel }: { parcel: Parcel }) {
  const t = useTexts(en);
  const may = useMay();
  const [isOpen, setOpen] = useState(false);
  const { data } = useQuery({
    queryKey: ['parcels', parcel.id, 'claim'],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/carrier-claims', { params: { query: { package: parcel.id, limit: 1 } }, signal })),
  });
  const claim = data?.data[0];
  if (!claim) return null;
  return (
    <Section
      title={t('claim')}
      isSide
      actions={
        may('fulfilment:manage') && (claim.state === 'open' || claim.state === 'sent') && (
          <Button size="compact-sm" variant="default" onClick={() => setOpen(true)}>
            {t('claim.settle')}
          </Button>
        )
      }
    >
      <FieldList
        fields={[
          [t('state'), <Status key="s" tone={claimTones[claim.state] ?? 'neutral'}>{t.maybe(`claim.${claim.state}`)}</Status>],
          [t('claim.amount'), <Money key="a" minor={claim.amountMinor} currency={claim.currency} />],
          [t('claim.paidAmount'), claim.paidMinor !== null && <Money key="p" minor={claim.paidMinor} currency={claim.currency} />],
          [t('claim.deadline'), <Due key="d" at={claim.deadline} isDone={claim.state !== 'open'} />],
          [t('claim.reference'), claim.reference],
          [t('claim.reason'), claim.reason === 'silence' ? t('claim.silence') : claim.reason],
        ]}
      />
      {isOpen && <SettleClaim claim={claim} onClose={() => setOpen(false)} />}
    </Section>
  );
}
