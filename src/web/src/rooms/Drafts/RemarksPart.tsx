import { NumberInput, Select, TagsInput, Textarea, TextInput } from '@mantine/core';
import type { Schema } from '@house/api/client.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { Section } from '@house/parts/Section.tsx';
import { useMay } from '@house/session.tsx';
import { taxRateOf, withTaxRate } from './draft.ts';
import { MoneyField } from './MoneyField.tsx';
import type { Part } from './part.ts';
import css from './RemarksPart.module.css';
import en from './texts.en.ts';

/** What else is said of it: kind, channel, note, tags, the customer's own number, what is taken off the whole. */
export function RemarksPart({ form, change, view, faults, channels }: Part & { channels: Schema['WriteChannelResponse'][] }) {
  const t = useTexts(en);
  const may = useMay();
  const seesAmounts = !view || typeof (view.totalMinor as number | undefined) === 'number';
  const rate = taxRateOf(form);
  const tags = Object.entries(faults).find(([place]) => place.startsWith('tags'))?.[1];
  return (
    <Section title={t('remarks')}>
      <div className={css.fields}>
        <Textarea className={css.wide} label={t('remarks.note')} description={t('remarks.noteHint')} data-place="note" value={form.note} error={faults['note']} maxLength={10_000} autosize minRows={2} dir="auto" onChange={(e) => change(withNote(e.currentTarget.value))} />
        <TagsInput label={t('remarks.tags')} data-place="tags" value={form.tags} error={tags} maxLength={64} onChange={(next) => change((now) => ({ ...now, tags: next }))} />
        <TextInput label={t('remarks.reference')} data-place="sourceReference" value={form.sourceReference} error={faults['sourceReference']} maxLength={500} autoComplete="off" onChange={(e) => change(withReference(e.currentTarget.value))} />
        <Select label={t('remarks.type')} data-place="type" data={[{ value: 'sales', label: t('type.sales') }, { value: 'wholesale', label: t('type.wholesale') }]} value={form.type} error={faults['type']} allowDeselect={false} onChange={(type) => change((now) => ({ ...now, type: type === 'wholesale' ? 'wholesale' : 'sales' }))} />
        {channels.length > 0 ? (
          <Select label={t('remarks.channel')} data-place="channel" data={channels.map((c) => ({ value: c.code, label: c.name }))} value={form.channel} error={faults['channel']} allowDeselect={false} onChange={(channel) => channel && change((now) => ({ ...now, channel }))} />
        ) : (
          <TextInput label={t('remarks.channel')} data-place="channel" value={form.channel} error={faults['channel']} maxLength={64} onChange={(e) => change(withChannel(e.currentTarget.value))} />
        )}
        <TextInput
          label={t('remarks.currency')}
          data-place="currency"
          value={form.currency}
          error={faults['currency']}
          maxLength={3}
          autoComplete="off"
          onChange={(e) => change(withCurrency(e.currentTarget.value.toUpperCase()))}
        />
        {seesAmounts && (
          <NumberInput label={t('remarks.tax')} data-place="tax" value={rate === null ? '' : Math.round(rate * 10_000) / 100} min={0} max={100} decimalScale={2} suffix=" %" hideControls onChange={(v) => change((now) => withTaxRate(now, v === '' ? null : Math.round(Number(v) * 10_000) / 1_000_000))} />
        )}
        {seesAmounts && may('orders:price') && (
          <MoneyField label={t('remarks.discount')} value={form.discountMinor} currency={form.currency} error={faults['discountMinor']} onChange={(minor) => change((now) => ({ ...now, discountMinor: minor === 0 ? null : minor }))} />
        )}
      </div>
    </Section>
  );
}

type Form = Part['form'];
const withNote = (note: string) => (now: Form) => ({ ...now, note });
const withReference = (sourceReference: string) => (now: Form) => ({ ...now, sourceReference });
const withChannel = (channel: string) => (now: Form) => ({ ...now, channel });
const withCurrency = (currency: string) => (now: Form) => ({ ...now, currency });
