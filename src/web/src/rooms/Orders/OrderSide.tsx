import { ActionIcon } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api, ask } from '@house/api/client.ts';
import { IconPencil } from '@house/icons.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { FieldList, Section } from '@house/parts/Section.tsx';
import { Due, When } from '@house/parts/When.tsx';
import { useMay } from '@house/session.tsx';
import { BelongingOrders, PromiseVersions } from '@rooms/Drafts/Belonging.tsx';
import { useMethodName } from '@house/words/useMethodName.ts';
import { AddressText } from './AddressText.tsx';
import { OrderAssignee } from './OrderAssignee.tsx';
import { OrderContacts } from './OrderContacts.tsx';
import { OrderNotes } from './OrderNotes.tsx';
import css from './OrderSide.module.css';
import { OrderTags } from './OrderTags.tsx';
import { isLate } from './OrderRow.tsx';
import { nodesOf, type actionsOf, type Order } from './orders.ts';
import { WhyHere } from './WhyHere.tsx';
import en from './texts.en.ts';

interface Props {
  order: Order;
  actions: ReturnType<typeof actionsOf>;
  onEdit: () => void;
}

/** Beside the goods: what was promised, to whom, where to, and what people say about it. */
export function OrderSide({ order, actions, onEdit }: Props) {
  const t = useTexts(en);
  const { number } = useFormat();
  const methodName = useMethodName();
  const isSame = order.billingAddress === null || JSON.stringify(order.billingAddress) === JSON.stringify(order.shippingAddress);
  const change = actions.edit && (
    <ActionIcon size={24} onClick={onEdit} aria-label={t('address.edit')}>
      <IconPencil size={14} aria-hidden />
    </ActionIcon>
  );
  return (
    <aside className={css.side} aria-label={t('side')}>
      <Section isSide title={t('promise')}>
        <FieldList
          fields={[
            [t('column.shipBy'), order.shipBy && <Due at={order.shipBy} isDone={isLate(order)} />],
            [t('deliverBy'), order.deliverBy && <When at={order.deliverBy} as="date" />],
            [t('column.method'), order.method && methodName(order.method)],
            [
              t('column.from'),
              nodesOf(order).length > 0 && (
                <span className={css.nodes}>
                  {nodesOf(order).map((node) => (
                    <WhyHere key={node} order={order} node={node} />
                  ))}
                </span>
              ),
            ],
            [t('change.priority'), order.priority !== 0 && number(order.priority)],
            [t('releaseAt'), order.releaseAt && <When at={order.releaseAt} as="dateTime" />],
            [t('graceUntil'), actions.inGrace && <Due at={order.graceUntil} />],
            [t('column.placed'), <When key="p" at={order.placedAt} as="dateTime" />],
          ]}
        />
        <PromiseVersions order={order} />
      </Section>
      <BelongingOrders order={order} />
      <CustomerPart order={order} />
      <Section isSide title={t('address.shipping')} actions={change}>
        <AddressText address={order.shippingAddress} />
      </Section>
      <Section isSide title={t('address.billing')}>{isSame ? <span className="sy-muted">{t('address.same')}</span> : <AddressText address={order.billingAddress} />}</Section>
      <OrderAssignee order={order} mayWrite={actions.tag} />
      <OrderNotes order={order} mayWrite={actions.note} />
      <OrderContacts key={`contacts-${order.id}`} order={order} mayWrite={actions.note} />
      <OrderTags order={order} mayWrite={actions.tag} />
    </aside>
  );
}

function CustomerPart({ order }: { order: Order }) {
  const t = useTexts(en);
  const may = useMay();
  const person = order.customer;
  const id = person?.id ?? null;
  const { data } = useQuery({
    queryKey: ['customers', id, 'orders', 'few'],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/customers/{id}/orders', { params: { path: { id: id! }, query: { limit: 50 } }, signal })),
    enabled: id !== null && may('customers:read'),
    staleTime: 60_000,
    retry: false,
  });
  if (!person) return null;
  const name = person.name ?? person.email ?? t('customer.unnamed');
  return (
    <Section isSide title={t('column.customer')}>
      <div className="sy-stack sy-stack-tight">
        <span>
          {id && may('customers:read') ? (
            <Link to={`/customers/${id}`} dir="auto">
              {name}
            </Link>
          ) : (
            <bdi>{name}</bdi>
          )}
          {data && <span className="sy-muted"> · {t(data.hasMore ? 'customer.ordersMore' : 'customer.orders', { n: data.data.length })}</span>}
        </span>
        {person.email && (
          <a className="sy-clip" href={`mailto:${person.email}`} dir="auto">
            {person.email}
          </a>
        )}
        {person.phone && (
          <a href={`tel:${person.phone}`} dir="ltr">
            {person.phone}
          </a>
        )}
        {person.reference && <span className="sy-muted sy-code">{person.reference}</span>}
      </div>
    </Section>
  );
}
