import { Button, Modal, NumberInput, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask, ifMatch } from '@house/api/client.ts';
import { byField } from '@house/api/problem.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { Money } from '@house/parts/Money.tsx';
import { notify } from '@house/parts/notices.ts';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { useMay, useSession } from '@house/session.tsx';
import { MoneyField } from '@rooms/Drafts/MoneyField.tsx';
import css from './Billing.module.css';
import { activities, tariffOptions, type Activity, type Bill, type Tariff } from './bills.ts';
import en from './texts.en.ts';

type Prices = Record<Activity, { minor: number | null; per: number }>;

/** What each activity costs the merchant. The house writes it; the merchant reads its own. */
export function TariffDialog({ bill, onClose }: { bill: Bill; onClose: () => void }) {
  const t = useTexts(en);
  const may = useMay();
  const { session } = useSession();
  const { data, error, refetch } = useQuery(tariffOptions(bill.merchant));
  return (
    <Modal opened onClose={onClose} title={t('prices.of', { merchant: bill.merchantName })} size="var(--sy-dialog)" closeButtonProps={{ 'aria-label': t('close') }}>
      <ProblemAlert error={error} again={() => void refetch()} />
      {data && (session.isHouse && may('settings:write') ? <Form tariff={data} onClose={onClose} /> : <Shown tariff={data} />)}
    </Modal>
  );
}

function Shown({ tariff }: { tariff: Tariff }) {
  const t = useTexts(en);
  const { number } = useFormat();
  if (tariff.currency === null) return <p>{t('noTariffOwn')}</p>;
  return (
    <dl className={css.prices}>
      {tariff.lines.map((l) => (
        <div key={l.activity}>
          <dt>{t(`activity.${l.activity}`)}</dt>
          <dd><Money minor={l.priceMinor} currency={tariff.currency!} />{l.per > 1 && <span className="sy-muted"> {t('per', { n: number(l.per) })}</span>}</dd>
        </div>
      ))}
    </dl>
  );
}

function Form({ tariff, onClose }: { tariff: Tariff; onClose: () => void }) {
  const t = useTexts(en);
  const queries = useQueryClient();
  const { session } = useSession();
  const [currency, setCurrency] = useState(tariff.currency ?? session.baseCurrency ?? 'GBP');
  const [prices, setPrices] = useState<Prices>(
    () => Object.fromEntries(activities.map((a) => [a, { minor: tariff.lines.find((l) => l.activity === a)?.priceMinor ?? null, per: tariff.lines.find((l) => l.activity === a)?.per ?? 1 }])) as Prices,
  );
  const lines = activities.filter((a) => prices[a].minor !== null).map((activity) => ({ activity, priceMinor: prices[activity].minor!, per: prices[activity].per }));
  const set = (a: Activity, change: Partial<Prices[Activity]>) => setPrices((now) => ({ ...now, [a]: { ...now[a], ...change } }));
  const save = useMutation({
    mutationFn: () => ask(api.PUT('/api/v1/tariff', { params: { query: { merchant: tariff.merchant } }, headers: tariff.version > 0 ? ifMatch(tariff.version) : {}, body: { currency, lines } })),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['bills'] });
      notify(t('prices.saved'));
      onClose();
    },
  });
  const faults = byField(save.error);
  return (
    <form
      className="sy-stack"
      onSubmit={(e) => {
        e.preventDefault();
        save.mutate();
      }}
    >
      <p className="sy-muted">{t('prices.about')}</p>
      <TextInput label={t('currency')} value={currency} maxLength={3} onChange={(e) => setCurrency(e.currentTarget.value.toUpperCase())} error={faults['currency']} className={css.currency!} />
      {activities.map((a) => (
        <div key={a} className={css.priceRow}>
          <MoneyField label={t(`activity.${a}`)} value={prices[a].minor} currency={currency} onChange={(minor) => set(a, { minor })} error={faults[`lines.${lines.findIndex((l) => l.activity === a)}.priceMinor`]} />
          <NumberInput label={t('perSoMany')} value={prices[a].per} min={1} max={1_000_000} allowDecimal={false} disabled={prices[a].minor === null} onChange={(n) => set(a, { per: typeof n === 'number' && n > 0 ? n : 1 })} />
        </div>
      ))}
      <ProblemAlert error={save.error} shown={['/currency', ...lines.map((_, i) => `/lines/${i}/priceMinor`)]} />
      <div className={css.buttons}>
        <Button variant="default" onClick={onClose}>{t('discard')}</Button>
        <Button type="submit" loading={save.isPending} disabled={lines.length === 0}>{t('save')}</Button>
      </div>
    </form>
  );
}
