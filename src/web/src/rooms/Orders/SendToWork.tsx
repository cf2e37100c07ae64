import { api, ask } from '@house/api/client.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { Consequences } from '@house/parts/Consequences.tsx';
import { notify } from '@house/parts/notices.ts';
import { isGoods, nodesOf, type Order } from './orders.ts';
import { useOrderChange } from './useOrderChange.ts';
import en from './texts.en.ts';

/** Gives what is allocated to the nodes that have it: from then on they pick. */
export function SendToWork({ order, onClose }: { order: Order; onClose: () => void }) {
  const t = useTexts(en);
  const send = useOrderChange(
    order.id,
    () => ask(api.POST('/api/v1/orders/{id}/release', { params: { path: { id: order.id } }, body: {} })),
    () => {
      notify(t('send.done', { number: order.number }));
      onClose();
    },
  );
  const units = order.lines.filter(isGoods).reduce((n, l) => n + l.allocated, 0);
  return (
    <Consequences
      opened
      onClose={onClose}
      title={t('send.title', { number: order.number })}
      rows={[
        { what: t('send.goods'), now: t('send.allocated', { n: units }), after: t('send.released', { nodes: nodesOf(order).join(', ') }) },
        { what: t('send.edits'), now: t('send.free'), after: t('send.asks') },
      ]}
      confirm={t('send.go', { n: units })}
      onConfirm={() => send.mutate()}
      isPending={send.isPending}
      error={send.error}
    />
  );
}
