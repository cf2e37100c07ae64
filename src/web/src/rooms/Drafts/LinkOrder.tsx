import { Select, Textarea, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '@house/api/client.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { Consequences } from '@house/parts/Consequences.tsx';
import { notify } from '@house/parts/notices.ts';
import { useChannelName } from '@house/useChannelName.ts';
import type { Order } from '@rooms/Orders/orders.ts';
import { useOrderChange } from '@rooms/Orders/useOrderChange.ts';
import en from './texts.en.ts';

const kinds = ['replacement', 'exchange', 'reorder'] as const;

/** Says that an order which came another way belongs to this one. */
export function LinkOrder({ order, onClose }: { order: Order; onClose: () => void }) {
  const t = useTexts(en);
  const channelName = useChannelName();
  const [number, setNumber] = useState('');
  const [kind, setKind] = useState<(typeof kinds)[number]>('exchange');
  const [reason, setReason] = useState('');
  const [asked] = useDebouncedValue(number.trim().replace(/^#/, ''), 250);
  const { data, isFetching } = useQuery({
    queryKey: ['orders', 'by-number', asked],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/orders', { params: { query: { query: `number:"${asked.replaceAll('"', '')}"`, limit: 1 } }, signal })),
    enabled: asked !== '',
    retry: false,
  });
  const other = asked === '' ? undefined : data?.data.find((o) => o.id !== order.id);
  const link = useOrderChange(
    order.id,
    () => ask(api.POST('/api/v1/orders/{id}/links', { params: { path: { id: order.id } }, body: { order: other!.id, kind, reason: reason.trim() || null } })),
    () => {
      notify(t('link.done', { number: other!.number }));
      onClose();
    },
  );
  return (
    <Consequences
      opened
      onClose={onClose}
      title={t('link.title', { number: order.number })}
      rows={other ? [{ what: `#${other.number}`, now: <bdi>{other.customer?.name ?? channelName(other.channel)}</bdi>, after: t(`link.${kind}.result`) }] : []}
      confirm={t('link.go')}
      notYet={other ? null : asked !== '' && !isFetching ? t('link.none') : t('link.which')}
      onConfirm={() => link.mutate()}
      isPending={link.isPending}
      error={link.error}
    >
      <TextInput label={t('link.number')} value={number} onChange={(e) => setNumber(e.currentTarget.value)} autoComplete="off" data-autofocus />
      <Select label={t('link.kind')} data={kinds.map((k) => ({ value: k, label: t(`link.${k}`) }))} value={kind} allowDeselect={false} onChange={(k) => setKind(kinds.find((x) => x === k) ?? 'exchange')} />
      <Textarea label={t('discard.why')} value={reason} onChange={(e) => setReason(e.currentTarget.value)} maxLength={500} autosize minRows={2} />
    </Consequences>
  );
}
