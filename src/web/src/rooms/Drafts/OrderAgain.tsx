import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { api, ask } from '@house/api/client.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { Consequences } from '@house/parts/Consequences.tsx';
import { notify } from '@house/parts/notices.ts';
import type { Order } from '@rooms/Orders/orders.ts';
import en from './texts.en.ts';

/** The same goods once more, as a draft at today's prices. */
export function OrderAgain({ order, onClose }: { order: Order; onClose: () => void }) {
  const t = useTexts(en);
  const navigate = useNavigate();
  const again = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/orders/{id}/reorder', { params: { path: { id: order.id } }, body: { place: false, withoutGone: false } })),
    onSuccess: (made) => {
      notify(t('again.done', { number: made.draft.number, gone: made.gone.length, repriced: made.repriced.length }));
      onClose();
      void navigate({ to: `/drafts/${made.draft.id}` });
    },
  });
  return (
    <Consequences
      opened
      onClose={onClose}
      title={t('again.title', { number: order.number })}
      rows={[
        { what: t('quote.prices'), now: t('again.then'), after: t('again.today') },
        { what: t('quote.stock'), now: t('quote.free'), after: t('quote.free') },
      ]}
      confirm={t('again.go')}
      onConfirm={() => again.mutate()}
      isPending={again.isPending}
      error={again.error}
    />
  );
}
