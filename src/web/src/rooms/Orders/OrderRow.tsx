import { useMemo } from 'react';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { sumBuckets } from '@house/parts/buckets.ts';
import type { Column } from '@house/parts/DataTable.tsx';
import { Money } from '@house/parts/Money.tsx';
import { Status } from '@house/parts/Status.tsx';
import { Track } from '@house/parts/Track.tsx';
import { Due, When } from '@house/parts/When.tsx';
import { useChannelName } from '@house/useChannelName.ts';
import { toneOfOrder, toneOfPayment } from '@house/words/status.ts';
import words from '@house/words/texts.en.ts';
import { useSaid } from '@house/words/useSaid.ts';
import { useMethodName } from '@house/words/useMethodName.ts';
import { useActorName } from '@house/useActorName.ts';
import css from './OrderRow.module.css';
import { isEnded, nodesOf, openHolds, seesPrices, unitsOf, type Order } from './orders.ts';
import en from './texts.en.ts';

/** Two letters of the channel; its whole name in the title. */
export function ChannelMark({ channel }: { channel: string }) {
  const name = useChannelName()(channel);
  return (
    <span className={css.channel} title={name} role="img" aria-label={name}>
      <bdi>{channel.slice(0, 2)}</bdi>
    </span>
  );
}

/** One headline, and at most one exception: "Held: fraud". */
export function OrderStatus({ order, withHold = true }: { order: Order; withHold?: boolean }) {
  const word = useTexts(words);
  const t = useTexts(en);
  const said = useSaid();
  const [hold] = openHolds(order);
  const text = withHold && order.status === 'onHold' && hold ? t('heldFor', { kind: word.maybe(`hold.${hold.kind}`) }) : word.maybe(`status.${order.status}`);
  const more = openHolds(order).map((h) => said(h.says, h.reason)).join('\n');
  return (
    <Status tone={order.atRiskSince && order.status !== 'onHold' ? 'warn' : toneOfOrder(order.status)} {...(more ? { title: more } : {})}>
      {order.atRiskSince && order.status !== 'onHold' ? t('atRisk', { status: word.maybe(`status.${order.status}`) }) : text}
    </Status>
  );
}

export function PaymentWord({ status }: { status: string }) {
  const word = useTexts(words);
  const text = word.maybe(`payment.${status}`);
  if (status === 'paid' || status === 'none') return <span className="sy-muted">{text}</span>;
  return (
    <Status tone={toneOfPayment(status)} isPlain>
      {text}
    </Status>
  );
}

export function Customer({ order }: { order: Order }) {
  const to = order.shippingAddress;
  const name = to?.name ?? order.customer?.name ?? order.customer?.email ?? '–';
  const place = [to?.city, to?.postcode].filter(Boolean).join(' ');
  return (
    <span className={css.customer}>
      <bdi>{name}</bdi>
      {place && <bdi className={`${css.place} sy-muted`}>{place}</bdi>}
    </span>
  );
}

export const isLate = (order: Order) => isEnded(order) || order.status === 'shipped' || order.status === 'delivered';

export function useOrderColumns(withPrices: boolean): Column<Order>[] {
  const t = useTexts(en);
  const { number } = useFormat();
  const channelName = useChannelName();
  const methodName = useMethodName();
  const nameOf = useActorName();
  return useMemo(() => {
    const all: Column<Order>[] = [
      { id: 'placed', header: t('column.placed'), width: 88, sort: 'placedAt', cell: (o) => <When at={o.placedAt} /> },
      { id: 'customer', header: t('column.customer'), cell: (o) => <Customer order={o} /> },
      { id: 'shipBy', header: t('column.shipBy'), width: 148, sort: 'shipBy', spare: 2, cell: (o) => <Due at={o.shipBy} isDone={isLate(o)} /> },
      { id: 'track', header: t('column.track'), width: 148, spare: 1, cell: (o) => <Track buckets={sumBuckets(o.lines)} withCount /> },
      { id: 'status', header: t('column.status'), width: 168, cell: (o) => <OrderStatus order={o} /> },
      { id: 'from', header: t('column.from'), width: 80, spare: 2, cell: (o) => <From order={o} /> },
      { id: 'payment', header: t('column.payment'), width: 96, spare: 1, cell: (o) => <PaymentWord status={o.paymentStatus} /> },
      { id: 'total', header: t('column.total'), width: 104, align: 'end', cell: (o) => <Money minor={o.totalMinor} currency={o.currency} /> },
      { id: 'items', header: t('column.items'), width: 64, align: 'end', isOptional: true, cell: (o) => number(unitsOf(o)) },
      { id: 'tags', header: t('column.tags'), width: 160, isOptional: true, cell: (o) => <Tags tags={o.tags} /> },
      { id: 'method', header: t('column.method'), width: 104, isOptional: true, cell: (o) => (o.method ? methodName(o.method) : '–') },
      { id: 'assignee', header: t('assignee'), width: 112, isOptional: true, cell: (o) => <bdi>{o.assignee ? nameOf(o.assignee) : '–'}</bdi> },
      { id: 'channel', header: t('column.channel'), width: 128, isOptional: true, cell: (o) => <bdi>{channelName(o.channel)}</bdi> },
      { id: 'external', header: t('column.external'), width: 128, isOptional: true, cell: (o) => <bdi className="sy-code">{o.externalId ?? '–'}</bdi> },
    ];
    return all.filter((c) => c.id !== 'total' || withPrices);
  }, [t, number, channelName, methodName, nameOf, withPrices]);
}

function From({ order }: { order: Order }) {
  const [first, ...rest] = nodesOf(order);
  if (!first) return <span className="sy-muted">–</span>;
  return (
    <span title={[first, ...rest].join(', ')}>
      <bdi>{first}</bdi>
      {rest.length > 0 && <span className="sy-muted">+{rest.length}</span>}
    </span>
  );
}

/** Two, and how many more. */
export function Tags({ tags }: { tags: readonly string[] }) {
  return (
    <span className={css.tags} title={tags.join(', ')}>
      {tags.slice(0, 2).map((tag) => (
        <bdi key={tag} className={css.tag}>
          {tag}
        </bdi>
      ))}
      {tags.length > 2 && <span className="sy-muted">+{tags.length - 2}</span>}
    </span>
  );
}

export function OrderCard({ order }: { order: Order }) {
  return (
    <>
      <div className="sy-row sy-spread">
        <Customer order={order} />
        {order.shipBy ? <Due at={order.shipBy} isDone={isLate(order)} /> : <When at={order.placedAt} />}
      </div>
      <div className="sy-row sy-spread">
        <Track buckets={sumBuckets(order.lines)} withCount />
        <OrderStatus order={order} />
      </div>
    </>
  );
}

export function OrderCardEnd({ order }: { order: Order }) {
  return seesPrices(order) ? <Money minor={order.totalMinor} currency={order.currency} /> : null;
}
