import { ActionIcon, Button, Menu } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { ApiError } from '@house/api/problem.ts';
import { IconDots, IconPencil } from '@house/icons.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { PageHead } from '@house/parts/PageHead.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { Status } from '@house/parts/Status.tsx';
import { useMay } from '@house/session.tsx';
import { BlockCustomer } from './BlockCustomer.tsx';
import css from './CustomerPage.module.css';
import { CustomerNotes } from './CustomerNotes.tsx';
import { CustomerOrders } from './CustomerOrders.tsx';
import { CustomerSide } from './CustomerSide.tsx';
import { CustomerWorth } from './CustomerWorth.tsx';
import { customerOptions, nameOf, type Customer } from './customers.ts';
import { canBeSent } from './draft.ts';
import { EditCustomer } from './EditCustomer.tsx';
import { MergeCustomer } from './MergeCustomer.tsx';
import { UnmergeCustomer } from './MergedCustomers.tsx';
import en from './texts.en.ts';

/** One buyer: what they bought over all channels, what it was worth, how to reach them and what they agreed to. */
export default function CustomerPage() {
  const t = useTexts(en);
  const { id = '' } = useParams({ strict: false });
  const { data: customer, error, refetch } = useQuery(customerOptions(id));

  if (error instanceof ApiError && error.status === 404) return <Missing />;
  if (error && !customer) return <div className={css.problem}><ProblemAlert error={error} again={() => void refetch()} /></div>;
  if (!customer) return null;
  return (
    <article className={css.page}>
      <PageHead
        title={nameOf(customer)}
        beside={
          <>
            <span className="sy-muted">{t.maybe(`kind.${customer.kind}`)}</span>
            {customer.blockedReason !== null && <Status tone="bad">{t('blocked')}</Status>}
          </>
        }
        actions={<Actions customer={customer} />}
      />
      {customer.blockedReason !== null && (
        <p className={css.notice}>{t('blockedFor', { reason: customer.blockedReason })}</p>
      )}
      {customer.mergedInto && (
        <p className={css.notice}>
          <Link to={`/customers/${customer.mergedInto}`}>{t('mergedInto')}</Link>
        </p>
      )}
      <div className={css.columns}>
        <div className={css.main}>
          {customer.history && <CustomerWorth history={customer.history} />}
          <CustomerOrders id={customer.id} />
          <CustomerNotes id={customer.id} />
        </div>
        <CustomerSide customer={customer} />
      </div>
    </article>
  );
}

type Dialog = 'edit' | 'block' | 'merge' | 'unmerge';

/** One filled action; the rest behind More. Whoever was merged into another can only be taken out again. */
function Actions({ customer }: { customer: Customer }) {
  const t = useTexts(en);
  const may = useMay();
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const close = () => setDialog(null);
  if (!may('customers:write')) return null;
  if (customer.mergedInto)
    return (
      <>
        <Button variant="default" onClick={() => setDialog('unmerge')}>{t('unmerge')}</Button>
        {dialog === 'unmerge' && <UnmergeCustomer customer={customer} onClose={close} />}
      </>
    );
  const isSendable = canBeSent(customer);
  return (
    <>
      <Button leftSection={<IconPencil size={16} aria-hidden />} onClick={() => setDialog('edit')} disabled={!isSendable} title={isSendable ? undefined : t('edit.hidden')}>
        {t('edit')}
      </Button>
      <Menu>
        <Menu.Target>
          <ActionIcon size="var(--sy-control)" variant="default" aria-label={t('moreActions')}>
            <IconDots size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => setDialog('merge')}>{t('merge.open')}</Menu.Item>
          <Menu.Item onClick={() => setDialog('block')} {...(customer.blockedReason === null ? { color: 'danger' } : {})}>
            {t(customer.blockedReason === null ? 'block' : 'unblock')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {dialog === 'edit' && <EditCustomer customer={customer} onClose={close} />}
      {dialog === 'block' && <BlockCustomer customer={customer} onClose={close} />}
      {dialog === 'merge' && <MergeCustomer customer={customer} onClose={close} />}
    </>
  );
}

function Missing() {
  const t = useTexts(en);
  return (
    <>
      <PageHead title={t('title')} />
      <EmptyState kind="nothing" title={t('notFound.title')} text={t('notFound.text')} action={<Link to="/customers">{t('notFound.back')}</Link>} />
    </>
  );
}
