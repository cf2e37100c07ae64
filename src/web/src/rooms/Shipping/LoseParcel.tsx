import { Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '@house/api/client.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { Consequences } from '@house/parts/Consequences.tsx';
import { notify } from '@house/parts/notices.ts';
import { nameOf, stageOf, type Parcel } from './shipping.ts';
import en from './texts.en.ts';
import { useLabelActs } from './useLabelActs.ts';

/** Says that a parcel is lost: its goods are, and a claim against the carrier begins. */
export function LoseParcel({ parcel, onClose }: { parcel: Parcel; onClose: () => void }) {
  const t = useTexts(en);
  const { fresh } = useLabelActs();
  const [reason, setReason] = useState('');
  const lose = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/labels/{id}/lost', { params: { path: { id: parcel.label!.id } }, body: { reason } })),
    onSuccess: async () => {
      notify(t('done.lost'));
      onClose();
      await fresh();
    },
  });
  return (
    <Consequences
      opened
      onClose={onClose}
      title={t('lose.title', { name: nameOf(parcel) })}
      rows={[
        { what: t('state'), now: t.maybe(stageOf(parcel)), after: t('parcel.lost') },
        { what: t('lose.claim'), now: t('none'), after: t('lose.opened') },
      ]}
      confirm={t('act.lose')}
      isDanger
      notYet={reason.trim() === '' ? t('lose.whyFirst') : null}
      onConfirm={() => lose.mutate()}
      isPending={lose.isPending}
      error={lose.error}
    >
      <Textarea label={t('lose.reason')} value={reason} onChange={(e) => setReason(e.currentTarget.value)} autosize minRows={2} maxLength={200} data-autofocus />
    </Consequences>
  );
}
