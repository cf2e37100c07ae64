import { Button, NativeSelect, NumberInput, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask, type Schema } from '@house/api/client.ts';
import { byField } from '@house/api/problem.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { FieldRows } from '@house/parts/FieldRows.tsx';
import { notify } from '@house/parts/notices.ts';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { useMay, useSession } from '@house/session.tsx';
import { useMethodName } from '@house/words/useMethodName.ts';
import { useChannelName } from '@house/useChannelName.ts';
import { AmountInput } from './AmountInput.tsx';
import { Frame, Row, Rows } from './Frame.tsx';
import css from './Settings.module.css';
import en from './texts.en.ts';

type Charges = Schema['WriteDeliveryChargesResponse'];
type Charge = Charges['charges'][number];
type Line = Omit<Charge, 'chargeMinor'> & { chargeMinor: number | null };

const options = { queryKey: ['delivery-charges'], queryFn: ({ signal }: { signal: AbortSignal }) => ask(api.GET('/api/v1/delivery-charges', { signal })) };

/** What customers pay for delivery, by method, and from which worth of goods it is free. */
export default function DeliveryPage() {
  const may = useMay();
  const { data, error } = useQuery(options);
  return (
    <Frame section="delivery" error={error}>
      {data && (may('settings:write') ? <Edit key={data.version} charges={data} /> : <Listed charges={data.charges} />)}
    </Frame>
  );
}

function Listed({ charges }: { charges: readonly Charge[] }) {
  const t = useTexts(en);
  const { money } = useFormat();
  const methodName = useMethodName();
  const channelName = useChannelName();
  if (charges.length === 0) return <EmptyState kind="first" title={t('delivery.none')} text={t('delivery.noneText')} />;
  return (
    <Rows label={t('delivery')}>
      {charges.map((c) => (
        <Row key={`${c.method}.${c.currency}.${c.country ?? ''}.${c.channel ?? ''}`} name={methodName(c.method)} beside={<span>{c.chargeMinor === 0 ? t('delivery.free') : money(c.chargeMinor, c.currency)}</span>}>
          {[c.freeFromMinor === null ? null : t('delivery.freeFrom.of', { amount: money(c.freeFromMinor, c.currency) }), c.country, c.channel && channelName(c.channel)].filter(Boolean).join(' · ')}
        </Row>
      ))}
    </Rows>
  );
}

function Edit({ charges }: { charges: Charges }) {
  const t = useTexts(en);
  const queries = useQueryClient();
  const { session } = useSession();
  const channels = useQuery({ queryKey: ['channel-names'], queryFn: ({ signal }) => ask(api.GET('/api/v1/channel-names', { params: { query: { limit: 250 } }, signal })) });
  const [lines, setLines] = useState<Line[] | null>(null);
  const now = lines ?? charges.charges.map((c) => ({ ...c }));
  const save = useMutation({
    mutationFn: () => ask(api.PUT('/api/v1/delivery-charges', { params: { header: { 'If-Match': `"${charges.version}"` } }, body: { charges: now.map((l) => ({ ...l, country: l.country?.trim() || null, channel: l.channel || null })) } })),
    onSuccess: (answer) => {
      notify(t('delivery.saved', { n: answer.charges.length }));
      queries.setQueryData(options.queryKey, answer);
      setLines(null);
    },
  });
  const faults = byField(save.error);
  const fresh: Line = { method: 'standard', currency: session.baseCurrency ?? 'GBP', chargeMinor: null, freeFromMinor: null, country: null, channel: null, taxRate: null };
  return (
    <form
      className="sy-stack"
      onSubmit={(e) => {
        e.preventDefault();
        save.mutate();
      }}
    >
      {now.length === 0 && <p className="sy-muted">{t('delivery.noneText')}</p>}
      <FieldRows<Line> label={t('delivery')} rows={now} onRows={setLines} fresh={fresh} add={t('delivery.add')} remove={(l) => t('delivery.remove', { method: l.method || '–' })}>
        {(line, set, i) => (
          <div className={css.charge}>
            <TextInput label={t('delivery.method')} required maxLength={64} value={line.method} onChange={(e) => set({ method: e.currentTarget.value })} error={faults[`charges.${i}.method`]} />
            <TextInput label={t('delivery.currency')} required maxLength={3} value={line.currency} onChange={(e) => set({ currency: e.currentTarget.value.toUpperCase() })} error={faults[`charges.${i}.currency`]} />
            <AmountInput label={t('delivery.charge')} currency={line.currency} value={line.chargeMinor} onChange={(chargeMinor) => set({ chargeMinor })} error={faults[`charges.${i}.chargeMinor`]} />
            <AmountInput label={t('delivery.freeFrom')} currency={line.currency} value={line.freeFromMinor} onChange={(freeFromMinor) => set({ freeFromMinor })} error={faults[`charges.${i}.freeFromMinor`]} />
            <NumberInput label={t('delivery.tax')} suffix=" %" min={0} max={100} decimalScale={4} value={line.taxRate === null ? '' : line.taxRate * 100} onChange={(v) => set({ taxRate: v === '' ? null : Math.round(Number(v) * 10_000) / 1_000_000 })} error={faults[`charges.${i}.taxRate`]} />
            <TextInput label={t('delivery.country')} placeholder={t('delivery.everywhere')} maxLength={2} value={line.country ?? ''} onChange={(e) => set({ country: e.currentTarget.value.toUpperCase() })} error={faults[`charges.${i}.country`]} />
            <NativeSelect label={t('delivery.channel')} value={line.channel ?? ''} data={[{ value: '', label: t('delivery.allChannels') }, ...(channels.data?.data ?? []).map((c) => ({ value: c.code, label: c.name ?? c.code }))]} onChange={(e) => set({ channel: e.currentTarget.value || null })} error={faults[`charges.${i}.channel`]} />
          </div>
        )}
      </FieldRows>
      <ProblemAlert error={save.error} shown={now.flatMap((_, i) => ['method', 'currency', 'chargeMinor', 'freeFromMinor', 'taxRate', 'country', 'channel'].map((f) => `/charges/${i}/${f}`))} />
      {lines !== null && (
        <div className={css.buttons}>
          <Button variant="default" onClick={() => setLines(null)}>{t('notNow')}</Button>
          <Button type="submit" loading={save.isPending}>{t('save')}</Button>
        </div>
      )}
    </form>
  );
}
