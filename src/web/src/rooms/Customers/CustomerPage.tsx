import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { ApiError } from '@house/api/problem.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { PageHead } from '@house/parts/PageHead.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { Status } from '@house/parts/Status.tsx';
import css from './CustomerPage.module.css';
import { CustomerNotes } from './CustomerNotes.tsx';
import { CustomerOrders } from './CustomerOrders.tsx';
import { CustomerSide } from './CustomerSide.tsx';
import { CustomerWorth } from './CustomerWorth.tsx';
import { customerOptions, nameOf } from './customers.ts';
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

function Missing() {
  const t = useTexts(en);
  return (
    <>
      <PageHead title={t('title')} />
      <EmptyState kind="nothing" title={t('notFound.title')} text={t('notFound.text')} action={<Link to="/customers">{t('notFound.back')}</Link>} />
    </>
  );
}
