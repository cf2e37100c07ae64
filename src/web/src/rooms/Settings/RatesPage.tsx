import { Button, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '@house/api/client.ts';
import { byField } from '@house/api/problem.ts';
import { useSpeech, useTexts } from '@house/i18n/useTexts.tsx';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { notify } from '@house/parts/notices.ts';
import { When } from '@house/parts/When.tsx';
import { useMay, useSession } from '@house/session.tsx';
import { FormDialog } from './FormDialog.tsx';
import { Status } from '@house/parts/Status.tsx';
import { Frame, Row, Rows } from './Frame.tsx';
import en from './texts.en.ts';

/** The currencies of the shop: its own, in which the books are kept, and what others are worth. A rate is never changed, a newer one is written. */
export default function RatesPage() {
  const t = useTexts(en);
  const may = useMay();
  const rates = useQuery({ queryKey: ['exchange-rates'], queryFn: ({ signal }) => ask(api.GET('/api/v1/exchange-rates', { params: { query: { limit: 100 } }, signal })) });
  const { session } = useSession();
  const { locale } = useSpeech();
  const [isNew, setNew] = useState<string | null>(null);
  const make = may('settings:write') && <Button onClick={() => setNew('')}>{t('rates.new')}</Button>;
  const list = rates.data?.data;
  const names = new Intl.DisplayNames(locale, { type: 'currency', fallback: 'code' });
  const nameOf = (code: string) => `${code} · ${names.of(code) ?? code}`;
  const base = session.baseCurrency ?? list?.[0]?.baseCurrency;
  // The newest that already holds is what counts now; the list has the newest first.
  const [now] = useState(() => Date.now());
  const current = new Map(list?.filter((r) => Date.parse(r.validFrom) <= now).map((r) => [r.currency, r.validFrom] as const).reverse());
  return (
    <Frame section="rates" error={rates.error} actions={list && list.length > 0 && make}>
      {base && (
        <Rows label={t('rates.own')}>
          <Row name={nameOf(base)} beside={<Status tone="good">{t('rates.own')}</Status>}>
            {t('rates.ownText')}
          </Row>
        </Rows>
      )}
      {list?.length === 0 ? (
        <EmptyState kind="first" title={t('rates.none')} text={t('rates.noneText')} action={make} />
      ) : (
        <Rows label={t('rates')}>
          {list?.map((r) => (
            <Row key={r.currency + r.validFrom} name={nameOf(r.currency)} beside={<><bdi>{t('rates.worth', { currency: r.currency, rate: r.rate, base: r.baseCurrency })}</bdi> {current.get(r.currency) === r.validFrom && <Status tone="progress">{t('rates.now')}</Status>}</>}
              end={
                current.get(r.currency) === r.validFrom &&
                may('settings:write') && (
                  <Button size="compact-sm" variant="default" aria-label={t('rates.newOf', { currency: r.currency })} onClick={() => setNew(r.currency)}>
                    {t('rates.new')}
                  </Button>
                )
              }
            >
              {t.node('rates.since', { when: <When at={r.validFrom} as="dateTime" /> })} · {r.source}
            </Row>
          ))}
        </Rows>
      )}
      {isNew !== null && <RateDialog of={isNew} onClose={() => setNew(null)} />}
    </Frame>
  );
}

function RateDialog({ of, onClose }: { of: string; onClose: () => void }) {
  const t = useTexts(en);
  const queries = useQueryClient();
  const [currency, setCurrency] = useState(of);
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
