import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { ApiError } from '@house/api/problem.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { useNow } from '@house/now.ts';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { useMay } from '@house/session.tsx';
import type { BelongingDialog } from '@rooms/Drafts/Belonging.tsx';
import { LinkOrder } from '@rooms/Drafts/LinkOrder.tsx';
import { OrderAgain } from '@rooms/Drafts/OrderAgain.tsx';
import { OrderTold } from '@rooms/Channels/OrderTold.tsx';
import { OrderMessages } from '@rooms/Messages/OrderMessages.tsx';
import { ReplaceOrder } from '@rooms/Drafts/ReplaceOrder.tsx';
import { SplitOrder } from '@rooms/Drafts/SplitOrder.tsx';
import { CancelOrder } from './CancelOrder.tsx';
import { CancelWishes } from './CancelWishes.tsx';
import { EditOrder } from './EditOrder.tsx';
import { HoldOrder } from './HoldOrder.tsx';
import { OrderDocuments } from './OrderDocuments.tsx';
import { OrderHead } from './OrderHead.tsx';
import { OrderHolds } from './OrderHolds.tsx';
import { OrderLines } from './OrderLines.tsx';
import { OrderMoney } from './OrderMoney.tsx';
import css from './OrderPage.module.css';
import { OrderSide } from './OrderSide.tsx';
import { OrderTimeline } from './OrderTimeline.tsx';
import { actionsOf, orderOptions, seesPrices, type Hold } from './orders.ts';
import { PrioritiseOrder } from './PrioritiseOrder.tsx';
import { ReleaseHold } from './ReleaseHold.tsx';
import { SendToWork } from './SendToWork.tsx';
import en from './texts.en.ts';

/** What is open over the page: one dialog at a time. */
export type Dialog = { kind: 'hold' | 'cancel' | 'edit' | 'send' | 'priority' | BelongingDialog } | { kind: 'release'; hold: Hold };

/** One order: what must leave, when, and what stops it. */
export default function OrderPage() {
  const t = useTexts(en);
  const { id = '' } = useParams({ strict: false });
  const may = useMay();
  const now = useNow();
  const { data: order, error, refetch } = useQuery(orderOptions(id));
  const [dialog, setDialog] = useState<Dialog | null>(null);

  if (error instanceof ApiError && error.status === 404) return <EmptyState kind="nothing" isPage title={t('notFound.title')} text={t('notFound.text')} action={<Link to="/orders">{t('notFound.back')}</Link>} />;
  if (error && !order) return <div className={css.problem}><ProblemAlert error={error} again={() => void refetch()} /></div>;
  if (!order) return null;
  const actions = actionsOf(order, may, now);
  const close = () => setDialog(null);
  return (
    <article className={css.page} key={order.id}>
      <OrderHead order={order} actions={actions} open={setDialog} />
      {error && <div className={css.problem}><ProblemAlert error={error} again={() => void refetch()} /></div>}
      <div className={css.columns}>
        <div className={css.main}>
          <CancelWishes order={order} />
          <OrderHolds order={order} actions={actions} open={setDialog} />
          <OrderLines order={order} />
          {seesPrices(order) && <OrderMoney order={order} />}
          <OrderMessages id={order.id} hasAddress={Boolean(order.customer?.email)} />
          <OrderTold id={order.id} channel={order.channel} />
          <OrderDocuments order={order} />
          <OrderTimeline order={order} />
        </div>
        <OrderSide order={order} actions={actions} onEdit={() => setDialog({ kind: 'edit' })} />
      </div>
      {dialog?.kind === 'hold' && <HoldOrder order={order} onClose={close} />}
      {dialog?.kind === 'release' && <ReleaseHold order={order} hold={dialog.hold} onClose={close} />}
      {dialog?.kind === 'cancel' && <CancelOrder order={order} onClose={close} />}
      {dialog?.kind === 'edit' && <EditOrder order={order} onClose={close} />}
      {dialog?.kind === 'priority' && <PrioritiseOrder order={order} onClose={close} />}
      {dialog?.kind === 'split' && <SplitOrder order={order} onClose={close} />}
      {dialog?.kind === 'replace' && <ReplaceOrder order={order} onClose={close} />}
      {dialog?.kind === 'again' && <OrderAgain order={order} onClose={close} />}
      {dialog?.kind === 'link' && <LinkOrder order={order} onClose={close} />}
      {dialog?.kind === 'send' && <SendToWork order={order} onClose={close} />}
    </article>
  );
}
