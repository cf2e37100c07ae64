import { useQuery } from '@tanstack/react-query';
import { PageHead } from '@house/parts/PageHead.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { AccountForm } from './AccountForm.tsx';
import { adaptersOptions } from './accounts.ts';
import css from './Shipping.module.css';
import en from './texts.en.ts';

/** A new account with a carrier. */
export default function NewAccountPage() {
  const t = useTexts(en);
  const { data, error, refetch } = useQuery(adaptersOptions);
  if (error) return <><PageHead title={t('accounts.new')} /><div className={css.problem}><ProblemAlert error={error} again={() => void refetch()} /></div></>;
  return data ? <AccountForm name="carrier-account/new" adapters={data} stored={null} /> : null;
}
