import { Radio, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '@house/api/client.ts';
import { byField } from '@house/api/problem.ts';
import { minorOf } from '@house/i18n/money.ts';
import { useSpeech, useTexts } from '@house/i18n/useTexts.tsx';
import { Consequences } from '@house/parts/Consequences.tsx';
import { Money } from '@house/parts/Money.tsx';
import { notify } from '@house/parts/notices.ts';
import type { Tone } from '@house/parts/Status.tsx';
import { typedAmount, type Claim } from './shipping.ts';
import en from './texts.en.ts';
import { useLabelActs } from './useLabelActs.ts';

export const claimTones: Record<string, Tone> = { open: 'warn', sent: 'progress', paid: 'good', refused: 'bad' };

/** Notes what became of a claim: sent, paid with what amount, or refused. */
export function SettleClaim({ claim, onClose }: { claim: Claim; onClose: () => void }) {
  const t = useTexts(en);
  const { locale } = useSpeech();
  const { fresh } = useLabelActs();
  const [state, setState] = useState<'sent' | 'paid' | 'refused'>(claim.state === 'open' ? 'sent' : 'paid');
  const [amount, setAmount] = useState(() => typedAmount(claim.amountMinor, claim.currency, locale));
  const [reference, setReference] = useState(claim.reference ?? '');
  const paid = minorOf(amount, claim.currency, locale);
  const settle = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/carrier-claims/{id}/settle', { params: { path: { id: claim.id } }, body: { state, ...(state === 'paid' ? { paidMinor: paid } : {}), ...(reference.trim() ? { reference: reference.trim() } : {}) } })),
    onSuccess: async () => {
      notify(t('done.claim'));
      onClose();
      await fresh();
    },
  });
  const faults = byField(settle.error);
  return (
    <Consequences
      opened
      onClose={onClose}
      title={t('claim.title', { name: claim.tracking ?? claim.orderNumber })}
      rows={[
        { what: t('claim'), now: t.maybe(`claim.${claim.state}`), after: t(`claim.${state}`) },
        ...(state === 'paid' ? [{ what: t('claim.paidAmount'), now: <Money minor={claim.paidMinor ?? 0} currency={claim.currency} />, after: <Money minor={paid} currency={claim.currency} /> }] : []),
      ]}
      confirm={t('claim.keep')}
      notYet={state === 'paid' && paid === null ? t('claim.noAmount') : null}
      onConfirm={() => settle.mutate()}
      isPending={settle.isPending}
      error={settle.error}
    >
      <Radio.Group label={t('claim.became')} value={state} onChange={(v) => setState(v as typeof state)}>
        <div className="sy-stack sy-stack-tight">
          {(['sent', 'paid', 'refused'] as const).map((s) => (
            <Radio key={s} value={s} label={t(`claim.${s}`)} disabled={s === 'sent' && claim.state === 'sent'} />
          ))}
        </div>
      </Radio.Group>
      {state === 'paid' && <TextInput label={t('claim.paidIn', { currency: claim.currency })} inputMode="decimal" value={amount} onChange={(e) => setAmount(e.currentTarget.value)} error={faults['paidMinor']} />}
      <TextInput label={t('claim.reference')} value={reference} onChange={(e) => setReference(e.currentTarget.value)} error={faults['reference']} maxLength={100} />
    </Consequences>
  );
}
