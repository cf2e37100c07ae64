import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { Money } from '@house/parts/Money.tsx';
import { Peek } from '@house/parts/Peek.tsx';
import { FieldList } from '@house/parts/Section.tsx';
import { Status } from '@house/parts/Status.tsx';
import { Track } from '@house/parts/Track.tsx';
import { Due, When } from '@house/parts/When.tsx';
import { useChannelName } from '@house/useChannelName.ts';
import words from '@house/words/texts.en.ts';
import { useSaid } from '@house/words/useSaid.ts';
import { useMethodName } from '@house/words/useMethodName.ts';
import css from './OrderPeek.module.css';
import { isLate, OrderStatus, PaymentWord, Tags } from './OrderRow.tsx';
import { isGoods, nodesOf, openHolds, seesPrices, type Order } from './orders.ts';
import { AddressText } from './AddressText.tsx';
import en from './texts.en.ts';

/** What one wants to know of an order without leaving the list. */
export function OrderPeek({ order, onClose }: { order: Order; onClose: () => void }) {
  const t = useTexts(en);
  const word = useTexts(words);
  const channelName = useChannelName();
  const said = useSaid();
  const methodName = useMethodName();
  return (
    <Peek
      label={t('peek', { number: order.number })}
      title={
        <>
          #{order.number} <OrderStatus order={order} withHold={false} />
        </>
      }
      onClose={onClose}
      actions={
        <Button component={Link} to={`/orders/${order.id}`} variant="default" size="compact-sm">
          {t('open')}
        </Button>
      }
    >
      {openHolds(order).map((hold) => (
        <div key={hold.hold} className={css.hold}>
          <Status tone="hold">{word.maybe(`hold.${hold.kind}`)}</Status>
          <span dir="auto">{said(hold.says, hold.reason)}</span>
        </div>
      ))}
      <FieldList
        fields={[
          [t('column.placed'), <When key="w" at={order.placedAt} as="dateTime" />],
          [t('column.channel'), channelName(order.channel)],
          [t('column.shipBy'), order.shipBy && <Due at={order.shipBy} isDone={isLate(order)} />],
          [t('column.from'), nodesOf(order).join(', ')],
          [t('column.method'), order.method && methodName(order.method)],
          [t('column.payment'), <PaymentWord key="p" status={order.paymentStatus} />],
          [t('column.total'), seesPrices(order) && <Money key="m" minor={order.totalMinor} currency={order.currency} />],
          [t('address.shipping'), <AddressText key="a" address={order.shippingAddress} />],
          [t('column.tags'), order.tags.length > 0 ? <Tags tags={order.tags} /> : null],
        ]}
      />
      <ul className={css.lines}>
        {order.lines.filter((l) => isGoods(l)).map((l) => (
          <li key={l.line} className={css.line}>
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
    </Peek>
  );
}
