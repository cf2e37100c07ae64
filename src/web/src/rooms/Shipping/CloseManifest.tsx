import { Checkbox } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { api, ask } from '@house/api/client.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { Consequences } from '@house/parts/Consequences.tsx';
import { notify } from '@house/parts/notices.ts';
import type { DayEnd } from './shipping.ts';
import en from './texts.en.ts';
import { useLabelActs } from './useLabelActs.ts';

interface Props {
  node: string;
  account: string;
  day: DayEnd;
  onClose: () => void;
}

/** Gives a carrier the list of its parcels: from then on none of them can be taken back. */
export function CloseManifest({ node, account, day, onClose }: Props) {
  const t = useTexts(en);
  const { fresh } = useLabelActs();
  const [allLeave, setAllLeave] = useState(false);
  const carrier = day.carriers.find((c) => c.account === account);
  const [n, name] = [carrier?.labelled ?? 0, carrier?.name ?? account];
  const close = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/nodes/{code}/manifests', { params: { path: { code: node } }, body: { account, allLeave } })),
    onSuccess: async (made) => {
      if (made.state === 'refused') return;
      notify(t(made.state === 'closed' ? 'close.done' : 'close.asked', { n: made.parcels, account: name }));
      await fresh();
      onClose();
    },
    onSettled: fresh,
  });
  const refused = close.data?.state === 'refused' ? close.data : null;
  return (
    <Consequences
      opened
      onClose={onClose}
      title={t('close.title', { account: name, node })}
      rows={[
        { what: t('close.parcels'), now: t('day.labelled'), after: t('close.onList', { n }) },
        { what: t('close.voids'), now: t('close.possible'), after: t('close.impossible') },
        { what: t('close.leaving'), now: '–', after: t(allLeave ? 'close.now' : 'close.scanned') },
      ]}
      confirm={t('day.close', { n })}
      onConfirm={() => close.mutate()}
      isPending={close.isPending}
      error={close.error}
    >
      <Checkbox label={t('close.allLeave')} description={t('close.allLeave.about')} checked={allLeave} onChange={(e) => setAllLeave(e.currentTarget.checked)} />
      {refused && (
        <p role="alert">
          {t('close.refused')} <span dir="auto">{refused.fault}</span> <Link to={`/shipping/manifests/${refused.id}`}>{t('manifest.open')}</Link>
        </p>
      )}
    </Consequences>
  );
}
