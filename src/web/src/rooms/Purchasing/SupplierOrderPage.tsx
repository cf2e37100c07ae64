import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { api, ask } from '@house/api/client.ts';
import { ApiError } from '@house/api/problem.ts';
import { IconDownload } from '@house/icons.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { Code } from '@house/parts/Code.tsx';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { FileButton } from '@house/parts/FileButton.tsx';
import { Money } from '@house/parts/Money.tsx';
import { PageHead } from '@house/parts/PageHead.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { ScrollPanel } from '@house/parts/ScrollPanel.tsx';
import { FieldList, Section } from '@house/parts/Section.tsx';
import { Status } from '@house/parts/Status.tsx';
import { When } from '@house/parts/When.tsx';
import { useMay } from '@house/session.tsx';
import { AddressText } from '@rooms/Orders/AddressText.tsx';
import { AnswerOrder } from './AnswerOrder.tsx';
import { answersOf, toneOf, type Answer } from './supplierOrders.ts';
import css from './SupplierOrders.module.css';
import en from './texts.en.ts';

/** One order to a supplier: what is asked of it, what it answered, and the answer when it came by telephone. */
export default function SupplierOrderPage() {
  const t = useTexts(en);
  const may = useMay();
  const { number } = useFormat();
  const { number: name = '' } = useParams({ strict: false });
  const { data: order, error, refetch } = useQuery({
    queryKey: ['purchase-orders', 'one', name],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/purchase-orders/{number}', { params: { path: { number: name } }, signal })),
  });
  const [answer, setAnswer] = useState<Answer | null>(null);
  if (error instanceof ApiError && error.status === 404)
    return <EmptyState kind="nothing" isPage title={t('po.notFound')} text={t('po.notFoundText')} action={<Link to="/purchase-orders">{t('po.title')}</Link>} />;
  const withCosts = order?.lines?.some((l) => typeof l.costMinor === 'number') ?? false;
  const answers = order && may('fulfilment:work') ? answersOf(order) : [];
  return (
    <article>
      <PageHead
        title={name}
        beside={order && <Status tone={toneOf(order.state)}>{t.maybe(`po.state.${order.state}`)}</Status>}
        actions={
          order && (
            <>
              <FileButton path={`/api/v1/purchase-orders/${encodeURIComponent(name)}/file`} save variant="default" leftSection={<IconDownload size={16} aria-hidden />}>
                {t('po.file')}
              </FileButton>
              {[...answers].reverse().map((a) => (
                <Button key={a} variant={a === answers[0] ? 'filled' : 'default'} onClick={() => setAnswer(a)}>
                  {t(`po.${a}`)}
                </Button>
              ))}
            </>
          )
        }
      />
      <ProblemAlert error={error} again={() => void refetch()} />
      {order && (
        <div className={css.page}>
          <Section title={t('po.lines')}>
            <ScrollPanel label={t('po.table')}>
              <table className="sy-table">
                <thead>
                  <tr>
                    <th scope="col">{t('po.goods')}</th>
                    <th scope="col" className="sy-number">{t('po.units')}</th>
                    <th scope="col" className="sy-number">{t('po.open')}</th>
                    <th scope="col" className="sy-number">{t('po.shipped')}</th>
                    <th scope="col" className="sy-number">{t('po.cancelled')}</th>
                    {withCosts && <th scope="col" className="sy-number">{t('po.cost')}</th>}
                  </tr>
                </thead>
                <tbody>
                  {(order.lines ?? []).map((l) => (
                    <tr key={l.line}>
                      <td>
                        <Code>{l.sku}</Code> <span dir="auto">{l.name}</span>
                      </td>
                      <td className="sy-number">{number(l.quantity)}</td>
                      <td className="sy-number">{number(l.open)}</td>
                      <td className="sy-number">{number(l.shipped)}</td>
                      <td className="sy-number">{number(l.cancelled)}</td>
                      {withCosts && <td className="sy-number"><Money minor={l.costMinor} currency={order.currency} /></td>}
                    </tr>
                  ))}
                </tbody>
              </table>
            </ScrollPanel>
          </Section>
          <aside className={css.side} aria-label={t('po.about.side')}>
            <FieldList
              fields={[
                [t('po.supplier'), order.supplier],
                [t('po.order'), order.order && <Link key="o" to={`/orders/${order.order}`}>#{order.orderNumber}</Link>],
                [t('po.reference'), order.reference && <Code key="r">{order.reference}</Code>],
                [t('po.expected'), order.expectedAt && <When key="e" at={order.expectedAt} as="date" />],
                [t('po.sent'), order.sentAt && <When key="s" at={order.sentAt} as="dateTime" />],
                [t('po.accepted'), order.acceptedAt && <When key="a" at={order.acceptedAt} as="dateTime" />],
                [t('po.left'), order.shippedAt && <When key="l" at={order.shippedAt} as="dateTime" />],
                [t('po.reason'), order.reason],
              ]}
            />
            {order.shipTo && (
              <Section isSide title={t('po.shipTo')}>
                <AddressText address={order.shipTo} />
              </Section>
            )}
          </aside>
        </div>
      )}
      {order && answer && <AnswerOrder order={order} answer={answer} onClose={() => setAnswer(null)} />}
    </article>
  );
}
