import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { PageHead } from '@house/parts/PageHead.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { AccountForm } from './AccountForm.tsx';
import { accountsOptions, adaptersOptions } from './accounts.ts';
import css from './Shipping.module.css';
import en from './texts.en.ts';

/** Changes an account with a carrier. */
export default function AccountPage() {
  const t = useTexts(en);
  const { code = '' } = useParams({ strict: false });
  const accounts = useQuery(accountsOptions);
  const adapters = useQuery(adaptersOptions);
  const error = accounts.error ?? adapters.error;
  if (error) return <><PageHead title={t('accounts')} /><div className={css.problem}><ProblemAlert error={error} again={() => void accounts.refetch()} /></div></>;
  if (!accounts.data || !adapters.data) return null;
  const account = accounts.data.find((a) => a.code === code);
  if (!account) return <><PageHead title={t('accounts')} /><EmptyState kind="nothing" title={t('account.notFound')} action={<Link to="/settings/carriers">{t('accounts')}</Link>} /></>;
  return <AccountForm key={account.code} name={`carrier-account/${account.code}`} adapters={adapters.data} stored={account} />;
}
