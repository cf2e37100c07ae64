import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api, ask, type Schema } from '@house/api/client.ts';
import { IconInfo } from '@house/icons.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { notify } from '@house/parts/notices.ts';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { When } from '@house/parts/When.tsx';
import { useMay } from '@house/session.tsx';
import css from './OrderHolds.module.css';
import type { Order } from './orders.ts';
import { useOrderChange } from './useOrderChange.ts';
import en from './texts.en.ts';

type Wish = Schema['CancelRequestsView'];

/** What a buyer asked a marketplace for and nobody has answered. */
export function CancelWishes({ order }: { order: Order }) {
  const t = useTexts(en);
  const may = useMay();
  const { data } = useQuery({
    queryKey: ['orders', order.id, 'cancel-wishes'],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/orders/{id}/cancel-requests', { params: { path: { id: order.id } }, signal })),
  });
  const answer = useOrderChange(
    order.id,
    ({ wish, answer: given }: { wish: Wish; answer: 'accept' | 'decline' }) =>
      ask(api.POST('/api/v1/orders/{id}/cancel-requests/{request}/answer', { params: { path: { id: order.id, request: wish.request } }, body: { answer: given } })),
    (after) => notify(t(after.answer === 'decline' ? 'wish.declined' : 'wish.accepted', { number: order.number })),
  );
  const open = (data?.data ?? []).filter((w) => w.state === 'open');
  if (open.length === 0) return null;
  return (
    <section aria-label={t('wish')} className={css.stops}>
      {open.map((wish) => (
        <div key={wish.request} className={css.stop} data-tone="warn">
          <IconInfo className={css.mark} aria-hidden />
          <div className={css.words}>
            <strong>{t('wish')}</strong>
            {wish.reason && <span dir="auto">{wish.reason}</span>}
            <span className="sy-meta">{t.node('hold.since', { when: <When at={wish.openedAt} /> })}</span>
          </div>
          {may('orders:cancel') && (
            <div className={css.fix}>
              <Button size="compact-sm" variant="default" onClick={() => answer.mutate({ wish, answer: 'decline' })} loading={answer.isPending}>
                {t('wish.decline')}
              </Button>
              <Button size="compact-sm" color="danger" onClick={() => answer.mutate({ wish, answer: 'accept' })} loading={answer.isPending}>
                {t('wish.accept')}
              </Button>
            </div>
          )}
        </div>
      ))}
      <ProblemAlert error={answer.error} />
    </section>
  );
}
