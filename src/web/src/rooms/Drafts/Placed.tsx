import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { IconCircleCheck } from '@house/icons.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { Money } from '@house/parts/Money.tsx';
import { FieldList } from '@house/parts/Section.tsx';
import { Status } from '@house/parts/Status.tsx';
import { When } from '@house/parts/When.tsx';
import words from '@house/words/texts.en.ts';
import { openHolds, seesPrices, type Order } from '@rooms/Orders/orders.ts';
import css from './Placed.module.css';
import { useSaid } from '@house/words/useSaid.ts';
import en from './texts.en.ts';

/** It is an order: its number to tell the caller, when it comes, what holds it, and what next. */
export function Placed({ order, onNew }: { order: Order; onNew: () => void }) {
  const t = useTexts(en);
  const said = useSaid();
  const word = useTexts(words);
  const link = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    document.title = `#${order.number} · Switchyard`;
    link.current?.focus();
  }, [order.number]);
  const holds = openHolds(order);
  const waiting = order.lines.reduce((sum, l) => sum + l.backordered + l.preordered + l.unallocated, 0);
  return (
    <div className={css.placed}>
      <IconCircleCheck className={css.mark} aria-hidden />
      <h1 className={css.title}>
        {t.node('placed.title', {
          number: (
            <Link ref={link} to={`/orders/${order.id}`} className={css.number}>
              #{order.number}
            </Link>
          ),
        })}
      </h1>
      <div className={css.facts}>
        <FieldList
          fields={[
            [t('customer'), order.customer?.name ?? order.customer?.email],
            [t('total'), seesPrices(order) && <Money minor={order.totalMinor} currency={order.currency} />],
            [t('payment'), word.maybe(`payment.${order.paymentStatus}`)],
            [t('summary.arrives'), order.deliverBy && <When at={order.deliverBy} as="date" />],
            [t('placed.waiting'), waiting > 0 && <Status tone="warn" isPlain>{t('stock.waits', { n: waiting })}</Status>],
          ]}
        />
        {holds.map((h) => (
          <p key={h.hold} className={css.hold}>
            <Status tone="hold">{word.maybe(`hold.${h.kind}`)}</Status> <span dir="auto">{said(h.says, h.reason)}</span>
          </p>
        ))}
      </div>
      <div className="sy-row sy-row-wrap">
        <Button onClick={onNew}>{t('placed.next')}</Button>
        <Button variant="default" component={Link} to={`/orders/${order.id}`}>
          {t('placed.open')}
        </Button>
        <Button variant="default" component={Link} to="/orders">
          {t('placed.list')}
        </Button>
      </div>
    </div>
  );
}
