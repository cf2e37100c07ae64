import { useTexts } from '@house/i18n/useTexts.tsx';
import { Money } from '@house/parts/Money.tsx';
import { FieldList } from '@house/parts/Section.tsx';
import { Track } from '@house/parts/Track.tsx';
import { Due, When } from '@house/parts/When.tsx';
import { AddressText } from '@rooms/Orders/AddressText.tsx';
import { OrderStatus, PaymentWord, Tags, isLate } from '@rooms/Orders/OrderRow.tsx';
import { isGoods, nodesOf, type Order } from '@rooms/Orders/orders.ts';
import orderTexts from '@rooms/Orders/texts.en.ts';
import { useMay } from '@house/session.tsx';
import { useChannelName } from '@house/useChannelName.ts';
import css from './Exceptions.module.css';

/** What one must know of the order to decide, without leaving the queue. */
export function OrderFacts({ order, line }: { order: Order; line: number | null }) {
  const t = useTexts(orderTexts);
  const may = useMay();
  const channelName = useChannelName();
  return (
    <>
      <div className={css.facts}>
        <FieldList
          fields={[
            [t('column.status'), <OrderStatus key="s" order={order} />],
            [t('column.customer'), order.customer?.name],
            [t('column.placed'), <When key="w" at={order.placedAt} as="dateTime" />],
            [t('column.channel'), channelName(order.channel)],
            [t('column.shipBy'), order.shipBy && <Due at={order.shipBy} isDone={isLate(order)} />],
          ]}
        />
        <FieldList
          fields={[
            [t('column.total'), may('prices:read') && <Money key="m" minor={order.totalMinor} currency={order.currency} />],
            [t('column.payment'), <PaymentWord key="p" status={order.paymentStatus} />],
            [t('column.from'), nodesOf(order).join(', ')],
            [t('address.shipping'), <AddressText key="a" address={order.shippingAddress} />],
            [t('column.tags'), order.tags.length > 0 ? <Tags tags={order.tags} /> : null],
          ]}
        />
      </div>
      <ul className={css.goods}>
        {order.lines.filter(isGoods).map((l) => (
          <li key={l.line} className={css.good} data-meant={l.line === line || undefined}>
            <span className={css.quantity}>{l.quantity}</span>
            <span className="sy-grow">
              <span dir="auto">{l.name ?? l.sku}</span>
              <br />
              <bdi className="sy-code sy-meta">{l.sku}</bdi>
            </span>
            <Track buckets={l} />
          </li>
        ))}
      </ul>
    </>
  );
}
