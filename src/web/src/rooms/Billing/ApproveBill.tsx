import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, ask } from '@house/api/client.ts';
import { ApiError } from '@house/api/problem.ts';
import { useSpeech, useTexts } from '@house/i18n/useTexts.tsx';
import { Consequences } from '@house/parts/Consequences.tsx';
import { Money } from '@house/parts/Money.tsx';
import { notify } from '@house/parts/notices.ts';
import { monthName, type Bill } from './bills.ts';
import en from './texts.en.ts';

interface Props {
  bill: Bill;
  newPrices: boolean;
  onClose: () => void;
  onDone: () => void;
}

/** Approving freezes what is looked at: its total and entries go with it, so that nobody approves another bill than they saw. */
export function ApproveBill({ bill, newPrices, onClose, onDone }: Props) {
  const t = useTexts(en);
  const { locale } = useSpeech();
  const queries = useQueryClient();
  const last = bill.versions[0];
  const currency = bill.currency!;
  const approve = useMutation({
    mutationFn: () =>
      ask(api.POST('/api/v1/bills/{month}/approve', { params: { path: { month: bill.month }, query: { merchant: bill.merchant } }, body: { totalMinor: bill.totalMinor, entries: bill.entries, currency, newPrices } })),
    onSuccess: async (done) => {
      onDone();
      onClose();
      await queries.invalidateQueries({ queryKey: ['bills'] });
      notify(t('approved', { n: done.version ?? 1, merchant: bill.merchantName, month: monthName(bill.month, locale) }));
    },
    onError: (error) => {
      // It became another one while it was looked at: what stands behind the dialog is read anew.
      if (error instanceof ApiError && error.code === 'billing.changed') void queries.invalidateQueries({ queryKey: ['bills'] });
    },
  });
  return (
    <Consequences
      opened
      onClose={onClose}
      title={t('approveTitle', { merchant: bill.merchantName, month: monthName(bill.month, locale) })}
      rows={[{ what: t('billed'), now: last ? <Money minor={last.totalMinor} currency={last.currency} /> : '–', after: <Money minor={bill.totalMinor} currency={currency} /> }]}
      confirm={t('approveIt')}
      onConfirm={() => approve.mutate()}
      isPending={approve.isPending}
      error={approve.error}
    >
      <p>{t('approveAbout')}</p>
      {bill.unpriced.length > 0 && <p>{t('unpriced', { what: bill.unpriced.map((a) => t(`activity.${a}`)).join(', ') })}</p>}
    </Consequences>
  );
}
