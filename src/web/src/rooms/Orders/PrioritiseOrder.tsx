import { NumberInput, Textarea } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '@house/api/client.ts';
import { byField } from '@house/api/problem.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { Consequences } from '@house/parts/Consequences.tsx';
import { notify } from '@house/parts/notices.ts';
import { orderOptions, type Order } from './orders.ts';
import { useOrderChange } from './useOrderChange.ts';
import en from './texts.en.ts';

/** Says how urgent an order is: who is served first when goods are short. */
export function PrioritiseOrder({ order, onClose }: { order: Pick<Order, 'id' | 'number' | 'priority'>; onClose: () => void }) {
  const t = useTexts(en);
  const { number } = useFormat();
  const queries = useQueryClient();
  const [priority, setPriority] = useState<number | ''>(order.priority);
  const [reason, setReason] = useState('');
  const send = (to: number, why: string | null) => ask(api.POST('/api/v1/orders/{id}/priority', { params: { path: { id: order.id } }, body: { priority: to, reason: why } }));
  const change = useOrderChange(
    order.id,
    () => send(Number(priority), reason.trim() || null),
    () => {
      const before = order.priority;
      notify(t('priority.done', { number: order.number, priority: Number(priority) }), () => send(before, null).then(() => queries.invalidateQueries({ queryKey: orderOptions(order.id).queryKey })));
      onClose();
    },
  );
  const isSame = priority === '' || priority === order.priority;
  return (
    <Consequences
      opened
      onClose={onClose}
      title={t('priority.title', { number: order.number })}
      rows={isSame ? [] : [{ what: t('change.priority'), now: number(order.priority), after: number(Number(priority)) }]}
      confirm={t('priority.go')}
      notYet={isSame ? t('priority.same') : null}
      onConfirm={() => change.mutate()}
      isPending={change.isPending}
      error={change.error}
    >
      <NumberInput
        label={t('change.priority')}
        description={t('priority.hint')}
        value={priority}
        min={-1000}
        max={1000}
        allowDecimal={false}
        error={byField(change.error)['priority']}
        onChange={(v) => setPriority(v === '' ? '' : Number(v))}
        data-autofocus
      />
      <Textarea label={t('reason')} value={reason} onChange={(e) => setReason(e.currentTarget.value)} maxLength={500} autosize minRows={2} />
    </Consequences>
  );
}
