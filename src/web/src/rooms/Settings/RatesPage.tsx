import { Button, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '@house/api/client.ts';
import { byField } from '@house/api/problem.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { notify } from '@house/parts/notices.ts';
import { When } from '@house/parts/When.tsx';
import { useMay } from '@house/session.tsx';
import { FormDialog } from './FormDialog.tsx';
import { Frame, Row, Rows } from './Frame.tsx';
import en from './texts.en.ts';

/** What other currencies are worth; a rate is never changed afterwards, a newer one is written. */
export default function RatesPage() {
  const t = useTexts(en);
  const may = useMay();
  const rates = useQuery({ queryKey: ['exchange-rates'], queryFn: ({ signal }) => ask(api.GET('/api/v1/exchange-rates', { params: { query: { limit: 100 } }, signal })) });
  const [isNew, setNew] = useState(false);
  const make = may('settings:write') && <Button onClick={() => setNew(true)}>{t('rates.new')}</Button>;
  const list = rates.data?.data;
  return (
    <Frame section="rates" error={rates.error} actions={list && list.length > 0 && make}>
      {list?.length === 0 ? (
        <EmptyState kind="first" title={t('rates.none')} text={t('rates.noneText')} action={make} />
      ) : (
        <Rows label={t('rates')}>
          {list?.map((r) => (
            <Row key={r.currency + r.validFrom} name={r.currency} beside={<bdi>{t('rates.worth', { currency: r.currency, rate: r.rate, base: r.baseCurrency })}</bdi>}>
              {t.node('rates.since', { when: <When at={r.validFrom} as="dateTime" /> })} · {r.source}
            </Row>
          ))}
        </Rows>
      )}
      {isNew && <RateDialog onClose={() => setNew(false)} />}
    </Frame>
  );
}

function RateDialog({ onClose }: { onClose: () => void }) {
  const t = useTexts(en);
  const queries = useQueryClient();
  const [currency, setCurrency] = useState('');
  const [rate, setRate] = useState('');
  const [source, setSource] = useState('');
  const save = useMutation({
    // A decimal comma is how half of Europe writes it; the API reads a point.
    mutationFn: () => ask(api.PUT('/api/v1/exchange-rates/{currency}', { params: { path: { currency: currency.trim().toUpperCase() } }, body: { rate: rate.trim().replace(',', '.'), source: source || null } })),
    onSuccess: async (saved) => {
      await queries.invalidateQueries({ queryKey: ['exchange-rates'] });
      notify(t('rates.saved', { currency: saved.currency, rate: saved.rate, base: saved.baseCurrency }));
      onClose();
    },
  });
  const faults = byField(save.error);
  return (
    <FormDialog title={t('rates.new')} confirm={t('save')} onClose={onClose} onSubmit={() => save.mutate()} isPending={save.isPending} error={save.error} shown={['#currency', '/rate', '/source']}>
      <TextInput label={t('rates.currency')} description={t('rates.currencyText')} required maxLength={3} value={currency} onChange={(e) => setCurrency(e.currentTarget.value)} error={faults['currency']} data-autofocus />
      <TextInput label={t('rates.rate')} description={t('rates.rateText')} required inputMode="decimal" value={rate} onChange={(e) => setRate(e.currentTarget.value)} error={faults['rate']} />
      <TextInput label={t('rates.source')} value={source} onChange={(e) => setSource(e.currentTarget.value)} error={faults['source']} />
    </FormDialog>
  );
}
