import type { ReactNode } from 'react';
import type { Schema } from '@house/api/client.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { Money } from '@house/parts/Money.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { Status } from '@house/parts/Status.tsx';
import { When } from '@house/parts/When.tsx';
import { useMethodName } from '@house/words/useMethodName.ts';
import { AddressText } from './AddressText.tsx';
import type { Wish } from './edit.ts';
import type { Address, Order } from './orders.ts';
import css from './EditDifference.module.css';
import en from './texts.en.ts';

interface Props {
  order: Order;
  wish: Wish;
  preview: Schema['EditOrderResponse'] | undefined;
  isWorking: boolean;
  error: unknown;
}

/** What the change would do: to where it goes, money, stock and dates, now and after. */
export function EditDifference({ order, wish, preview, isWorking, error }: Props) {
  const t = useTexts(en);
  const methodName = useMethodName();
  const d = preview?.difference;
  return (
    <section aria-label={t('edit.difference')} className={css.difference} aria-busy={isWorking}>
      <h3 className={css.title}>{t('edit.difference')}</h3>
      <ProblemAlert error={error} />
      {!d && !error && <p className="sy-muted">{isWorking ? t('edit.working') : t('edit.none')}</p>}
      {d && !error && (
        <div role="status" className={css.rows}>
          {preview?.object === 'orderEditAsked' && (
            <Status tone="hold" isPlain>
              {t('edit.wouldAsk')}
            </Status>
          )}
          {wish.shippingAddress && (
            <Row what={t('address.shipping')}>
              <del className={css.was}>
                <AddressText address={order.shippingAddress} />
              </del>
              <AddressText address={wish.shippingAddress as Address} />
            </Row>
          )}
          {wish.method !== undefined && (
            <Row what={t('column.method')}>
              <span className="sy-muted">{order.method ? methodName(order.method) : '–'}</span> → <strong>{methodName(wish.method ?? '')}</strong>
            </Row>
          )}
          {typeof d.totalMinor === 'number' && (
            <Row what={t('column.total')}>
              <span className="sy-muted">
                <Money minor={d.totalMinorBefore} currency={d.currency} />
              </span>
              {' → '}
              <strong>
                <Money minor={d.totalMinor} currency={d.currency} />
              </strong>
            </Row>
          )}
          {typeof d.changeMinor === 'number' && d.changeMinor !== 0 && (
            <Row what={t('edit.change')}>
              <Money minor={d.changeMinor} currency={d.currency} isDifference />
            </Row>
          )}
          {d.dueMinor > 0 && (
            <Row what={t('money.due')} tone="warn">
              <Money minor={d.dueMinor} currency={d.currency} />
            </Row>
          )}
          {d.refundDueMinor > 0 && (
            <Row what={t('cancel.refund')} tone="warn">
              <Money minor={d.refundDueMinor} currency={d.currency} />
            </Row>
          )}
          {d.lines.map((l) => (
            <Row key={l.line} what={<bdi className="sy-code">{l.sku}</bdi>}>
              <span className="sy-muted">{l.quantityBefore}</span> → <strong>{l.quantity}</strong>
              <div className="sy-meta">
                {t('edit.allocated', { n: l.allocated, nodes: l.allocations.map((a) => a.node).join(', ') || '–' })}
                {l.allowSubstitutes !== l.allowSubstitutesBefore && <span> · {t(l.allowSubstitutes ? 'takesOthers' : 'takesNone')}</span>}
                {l.waiting > 0 && <span className={css.short}> · {t('edit.waiting', { n: l.waiting })}</span>}
              </div>
            </Row>
          ))}
          {d.shipBy !== d.shipByBefore && (
            <Row what={t('column.shipBy')}>
              <When at={d.shipByBefore} as="dateTime" /> → <When at={d.shipBy} as="dateTime" />
            </Row>
          )}
          {d.deliverBy !== d.deliverByBefore && (
            <Row what={t('deliverBy')}>
              <When at={d.deliverByBefore} as="date" /> → <When at={d.deliverBy} as="date" />
            </Row>
          )}
        </div>
      )}
    </section>
  );
}

function Row({ what, tone, children }: { what: ReactNode; tone?: 'warn'; children: ReactNode }) {
  return (
    <div className={css.row} data-tone={tone}>
      <span>{what}</span>
      <div>{children}</div>
    </div>
  );
}
