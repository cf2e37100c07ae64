import { Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '@house/api/client.ts';
import { byField } from '@house/api/problem.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { Consequences } from '@house/parts/Consequences.tsx';
import { notify } from '@house/parts/notices.ts';
import { nameOf, type Customer } from './customers.ts';
import en from './texts.en.ts';

/** From now on a person looks at this customer's orders first, or no longer. */
export function BlockCustomer({ customer, onClose }: { customer: Customer; onClose: () => void }) {
  const t = useTexts(en);
  const queries = useQueryClient();
  const isBlocked = customer.blockedReason !== null;
  const [reason, setReason] = useState('');
  const at = { params: { path: { id: customer.id } } };
  const block = (why: string) => ask(api.POST('/api/v1/customers/{id}/block', { ...at, body: { reason: why } }));
  const unblock = () => ask(api.POST('/api/v1/customers/{id}/unblock', at));
  const fresh = () => queries.invalidateQueries({ queryKey: ['customers'] });
  const turn = useMutation({
    mutationFn: () => (isBlocked ? unblock() : block(reason.trim())),
    onSuccess: async () => {
      await fresh();
      const before = customer.blockedReason;
      notify(t(isBlocked ? 'unblock.done' : 'block.done', { name: nameOf(customer) }), () => (before === null ? unblock() : block(before)).then(fresh));
      onClose();
    },
  });
  return (
    <Consequences
      opened
      onClose={onClose}
      title={t(isBlocked ? 'unblock.title' : 'block.title', { name: nameOf(customer) })}
      rows={[
        { what: t('block.orders'), now: t(isBlocked ? 'block.held' : 'block.free'), after: t(isBlocked ? 'block.free' : 'block.held') },
        { what: t('block.before'), now: t('block.asTheyAre'), after: t('block.asTheyAre') },
      ]}
      confirm={t(isBlocked ? 'unblock' : 'block')}
      isDanger={!isBlocked}
      notYet={!isBlocked && reason.trim() === '' ? t('needsReason') : null}
      onConfirm={() => turn.mutate()}
      isPending={turn.isPending}
      error={turn.error}
    >
      {isBlocked ? (
        <p dir="auto">{t('block.because', { reason: customer.blockedReason! })}</p>
      ) : (
        <Textarea label={t('reason')} description={t('block.reasonText')} value={reason} onChange={(e) => setReason(e.currentTarget.value)} error={byField(turn.error)['reason']} maxLength={500} autosize minRows={2} data-autofocus />
      )}
    </Consequences>
  );
}
