import { ActionIcon, Button, Menu } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { IconChevronLeft, IconChevronRight, IconDots, IconHold, IconPencil, IconPrinter, IconX } from '@house/icons.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { useKeys } from '@house/keys.ts';
import { Code } from '@house/parts/Code.tsx';
import { Due } from '@house/parts/When.tsx';
import { useChannelName } from '@house/useChannelName.ts';
import { BelongingItems } from '@rooms/Drafts/Belonging.tsx';
import { useMay, type Permission } from '@house/session.tsx';
import css from './OrderHead.module.css';
import type { Dialog } from './OrderPage.tsx';
import { isLate, OrderStatus } from './OrderRow.tsx';
import { openHolds, type actionsOf, type Order } from './orders.ts';
import en from './texts.en.ts';

interface Props {
  order: Order;
  actions: ReturnType<typeof actionsOf>;
  open: (dialog: Dialog) => void;
}

/** Number, headline, dates, and what one may do now: one filled button, two plain, the rest behind More. */
export function OrderHead({ order, actions, open }: Props) {
  const t = useTexts(en);
  useEffect(() => {
    document.title = `#${order.number} · Switchyard`;
  }, [order.number]);
  const channelName = useChannelName();
  const may = useMay();
  const first = openHolds(order).find((h) => !h.permission || may(h.permission as Permission));
  const isSend = actions.sendToWork;
  return (
    <header className={css.head}>
      <div className={css.names}>
        <Neighbours id={order.id} />
        <h1 className={css.title}>#{order.number}</h1>
        <OrderStatus order={order} />
        {order.shipBy && (
          <span className="sy-nowrap">
            <span className="sy-muted">{t('column.shipBy')}</span> <Due at={order.shipBy} isDone={isLate(order)} />
          </span>
        )}
        {order.deliverBy && (
          <span className="sy-nowrap">
            <span className="sy-muted">{t('deliverBy')}</span> <Due at={order.deliverBy} isDone={order.status === 'delivered' || order.state === 'closed'} />
          </span>
        )}
        <span className={css.channel}>
          <bdi className="sy-muted">{channelName(order.channel)}</bdi>
          {order.externalId && <Code>{order.externalId}</Code>}
          {order.soldAt && <span className="sy-muted">{t('soldAt', { node: order.soldAt })}</span>}
        </span>
      </div>
      <div className={css.actions}>
        {actions.edit && (
          <Button variant="default" leftSection={<IconPencil size={16} aria-hidden />} onClick={() => open({ kind: 'edit' })}>
            {t('edit')}
          </Button>
        )}
        {actions.hold && (
          <Button variant="default" leftSection={<IconHold size={16} aria-hidden />} onClick={() => open({ kind: 'hold' })}>
            {t('hold')}
          </Button>
        )}
        {actions.release && first && (
          <Button onClick={() => open({ kind: 'release', hold: first })}>{t('releaseHold')}</Button>
        )}
        {isSend && <Button onClick={() => open({ kind: 'send' })}>{t('send')}</Button>}
        <Menu>
          <Menu.Target>
            <ActionIcon size="var(--sy-control)" variant="default" aria-label={t('more')}>
              <IconDots size={16} aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconPrinter size={16} aria-hidden />} component={Link} to="/orders/print" search={{ ids: order.id } as never}>
              {t('print')}
            </Menu.Item>
            {actions.prioritise && <Menu.Item onClick={() => open({ kind: 'priority' })}>{t('priority')}</Menu.Item>}
            <BelongingItems order={order} open={(kind) => open({ kind })} />
            {actions.cancel && (
              <Menu.Item color="danger" leftSection={<IconX size={16} aria-hidden />} onClick={() => open({ kind: 'cancel' })}>
                {t('cancel')}
              </Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
      </div>
    </header>
  );
}

/** Previous and next of the list one came from; J and K too. */
function Neighbours({ id }: { id: string }) {
  const t = useTexts(en);
  const navigate = useNavigate();
  const ids = listed();
  const at = ids.indexOf(id);
  const before = at > 0 ? ids[at - 1] : undefined;
  const after = at >= 0 ? ids[at + 1] : undefined;
  const go = (to: string | undefined) => (to ? void navigate({ to: `/orders/${to}` }) : false);
  useKeys({ j: () => go(after), k: () => go(before) });
  if (at < 0) return null;
  const arrow = (to: string | undefined, name: string, Icon: typeof IconChevronLeft) =>
    to ? (
      <ActionIcon component={Link} to={`/orders/${to}`} size={24} aria-label={name} title={name}>
        <Icon size={16} className={css.turn} aria-hidden />
      </ActionIcon>
    ) : null;
  return (
    <span className={css.neighbours}>
      {arrow(before, t('previous'), IconChevronLeft)}
      {arrow(after, t('next'), IconChevronRight)}
    </span>
  );
}

const listed = (): string[] => {
  try {
    return JSON.parse(sessionStorage.getItem('orders:listed') ?? '[]') as string[];
  } catch {
    return [];
  }
};
