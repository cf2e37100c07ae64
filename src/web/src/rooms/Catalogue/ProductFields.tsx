import { Autocomplete, NumberInput, MultiSelect, Select, Switch, TagsInput, Textarea, TextInput } from '@mantine/core';
import { useSpeech, useTexts } from '@house/i18n/useTexts.tsx';
import { FieldRows } from '@house/parts/FieldRows.tsx';
import { Section } from '@house/parts/Section.tsx';
import { useMay, useSession } from '@house/session.tsx';
import type { ProductDraft, Typed } from './product.ts';
import { ProductField } from './ProductField.tsx';
import css from './ProductForm.module.css';
import { flags } from './ProductWords.ts';
import en from './texts.en.ts';

interface At {
  draft: ProductDraft;
  set: (change: Partial<ProductDraft>) => void;
  faults: Record<string, string>;
  isNew: boolean;
}

const typed = (v: string | number): Typed => (v === '' ? '' : Number(v));

/** What it is called. */
export function Description({ draft, set, faults, isNew }: At) {
  const t = useTexts(en);
  return (
    <Section title={t('part.what')}>
      <div className={css.fields}>
        <TextInput label={t('sku')} required value={draft.sku} onChange={(e) => set({ sku: e.currentTarget.value })} error={faults['sku']} readOnly={!isNew} description={isNew ? undefined : t('skuFixed')} autoComplete="off" dir="auto" data-autofocus={isNew || undefined} />
        <Select
          label={t('kind')}
          value={draft.kind}
          onChange={(kind) => kind && set({ kind: kind as ProductDraft['kind'] })}
          data={(['goods', 'bundle', 'charge'] as const).map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))}
          error={faults['kind']}
          disabled={!isNew}
          description={isNew ? undefined : t('kindFixed')}
          allowDeselect={false}
        />
        <TextInput className={css.wide} label={t('name')} required value={draft.name} onChange={(e) => set({ name: e.currentTarget.value })} error={faults['name']} autoComplete="off" dir="auto" />
        <Textarea className={css.wide} label={t('description')} value={draft.description} onChange={(e) => set({ description: e.currentTarget.value })} error={faults['description']} autosize minRows={2} maxRows={8} dir="auto" />
      </div>
      <Switch label={t('onSale')} checked={draft.isActive} onChange={(e) => set({ isActive: e.currentTarget.checked })} />
    </Section>
  );
}

/** What is in a bundle. */
export function Parts({ draft, set, faults }: At) {
  const t = useTexts(en);
  return (
    <Section title={t('parts')}>
      {faults['components'] && <p role="alert" className="sy-meta">{faults['components']}</p>}
      <FieldRows label={t('parts')} rows={draft.components} onRows={(components) => set({ components })} fresh={{ sku: '', quantity: 1 }} add={t('parts.add')} remove={(c) => t('remove', { what: c.sku })}>
        {(c, change, i) => (
          <>
            <ProductField label={t('parts.sku')} value={c.sku} onChange={(sku) => change({ sku })} error={faults[`components.${i}.sku`]} />
            <NumberInput className={css.units} aria-label={t('parts.quantity', { sku: c.sku })} value={c.quantity} min={1} allowDecimal={false} onChange={(v) => change({ quantity: typed(v) })} error={faults[`components.${i}.quantity`]} />
          </>
        )}
      </FieldRows>
    </Section>
  );
}

let currencies: string[] | undefined;

/** What it is sold for, in each currency, and what it costs us. */
export function PricesAndCost({ draft, set, faults }: At) {
  const t = useTexts(en);
  const may = useMay();
  const { session } = useSession();
  const own = session.baseCurrency ?? 'GBP';
  const { locale } = useSpeech();
  currencies ??= Intl.supportedValuesOf('currency');
  const names = new Intl.DisplayNames(locale, { type: 'currency' });
  const field = (label: string, value: string, onCurrency: (currency: string) => void, error?: string) => (
    <Select className={css.code} aria-label={label} value={value || null} onChange={(c) => c && onCurrency(c)} data={currencies!} searchable allowDeselect={false} error={error} comboboxProps={{ width: 260, position: 'bottom-start' }}
      renderOption={({ option }) => <span><bdi className="sy-code">{option.value}</bdi> <span className="sy-muted">{names.of(option.value)}</span></span>} />
  );
  if (!may('prices:read')) return null;
  const next = [own, 'EUR', 'GBP', 'USD'].find((c) => !draft.prices.some((p) => p.currency === c)) ?? own;
  return (
    <Section title={t('prices')}>
      <FieldRows label={t('prices')} rows={draft.prices} onRows={(prices) => set({ prices })} fresh={{ currency: next, amount: '' }} add={t('prices.add')} remove={(p) => t('remove', { what: p.currency })}>
        {(p, change, i) => (
          <>
            {field(t('currency'), p.currency, (currency) => change({ currency }), faults[`prices.${i}.currency`])}
            <TextInput className="sy-grow" aria-label={t('priceIn', { currency: p.currency })} inputMode="decimal" value={p.amount} onChange={(e) => change({ amount: e.currentTarget.value })} error={faults[`prices.${i}.priceMinor`]} />
          </>
        )}
      </FieldRows>
      {may('catalog:costs') && (
        <div className={css.row}>
          <TextInput className="sy-grow" label={t('costOf')} inputMode="decimal" value={draft.cost} onChange={(e) => set({ cost: e.currentTarget.value, ...(draft.costCurrency ? {} : { costCurrency: own }) })} error={faults['costMinor'] ?? faults['costCurrency']} />
          <Select className={css.code} label={t('currency')} aria-label={t('costCurrency')} value={draft.costCurrency || null} onChange={(c) => set({ costCurrency: c ?? '' })} data={currencies} searchable comboboxProps={{ width: 260 }} />
        </div>
      )}
    </Section>
  );
}

/** What is printed on it and on its cases. A scanner ends a code with Enter: that is the next row, not the end of the form. */
export function Scanning({ draft, set, faults }: At) {
  const t = useTexts(en);
  return (
    <Section title={t('barcodes')}>
      <p className="sy-meta">{t('barcodes.text')}</p>
      <FieldRows label={t('barcodes')} rows={draft.barcodes} onRows={(barcodes) => set({ barcodes })} fresh={{ barcode: '', packQuantity: 1 }} add={t('barcodes.add')} remove={(b) => t('remove', { what: b.barcode })}>
        {(b, change, i) => (
          <>
            <TextInput
              className="sy-grow"
              aria-label={t('barcodeNo', { n: i + 1 })}
              placeholder={t('barcodes.hint')}
              value={b.barcode}
              autoComplete="off"
              onChange={(e) => change({ barcode: e.currentTarget.value })}
              onKeyDown={(e) => {
                if (e.key !== 'Enter') return;
                e.preventDefault();
                if (b.barcode.trim() && i === draft.barcodes.length - 1) set({ barcodes: [...draft.barcodes, { barcode: '', packQuantity: 1 }] });
              }}
              error={faults[`barcodes.${i}.barcode`]}
              autoFocus={b.barcode === '' && i > 0}
            />
            <NumberInput className={css.units} aria-label={t('unitsOf', { barcode: b.barcode })} value={b.packQuantity} min={1} allowDecimal={false} suffix={` ${t('units')}`} onChange={(v) => change({ packQuantity: typed(v) })} error={faults[`barcodes.${i}.packQuantity`]} />
          </>
        )}
      </FieldRows>
    </Section>
  );
}

/** How heavy and large it is, and what to mind. */
export function Shipping({ draft, set, faults }: At) {
  const t = useTexts(en);
  const number = (name: 'weightGrams' | 'lengthMm' | 'widthMm' | 'heightMm', label: string) => (
    <NumberInput label={label} value={draft[name]} min={0} allowDecimal={false} onChange={(v) => set({ [name]: typed(v) })} error={faults[name]} hideControls />
  );
  return (
    <Section title={t('part.shipping')}>
      <div className={css.small}>
        {number('weightGrams', t('weightIn'))}
        {number('lengthMm', t('lengthIn'))}
        {number('widthMm', t('widthIn'))}
        {number('heightMm', t('heightIn'))}
      </div>
      <MultiSelect label={t('handling')} value={draft.handlingFlags} onChange={(handlingFlags) => set({ handlingFlags })} data={[...new Set([...flags, ...draft.handlingFlags])].map((f) => ({ value: f, label: t.maybe(`flag.${f}`) }))} error={faults['handlingFlags']} clearable />
    </Section>
  );
}

/** What happens when there is none: is it sold on, and until when is it sold ahead? */
export function Selling({ draft, set, faults }: At) {
  const t = useTexts(en);
  return (
    <Section title={t('part.policy')}>
      <div className={css.pairs}>
        <Select
          label={t('backorder')}
          value={draft.backorder || 'channel'}
          onChange={(v) => set({ backorder: v === 'channel' ? '' : (v ?? '') })}
          data={[{ value: 'channel', label: t('backorder.channel') }, { value: 'yes', label: t('backorder.yes') }, { value: 'no', label: t('backorder.no') }]}
          error={faults['backorder']}
          allowDeselect={false}
        />
        <NumberInput label={t('backorderCap')} placeholder={t('any')} value={draft.backorderCap} min={0} allowDecimal={false} onChange={(v) => set({ backorderCap: typed(v) })} error={faults['backorderCap']} />
        <NumberInput label={t('backorderLeadDays')} value={draft.backorderLeadDays} min={0} allowDecimal={false} onChange={(v) => set({ backorderLeadDays: typed(v) })} error={faults['backorderLeadDays']} />
        <TextInput type="date" label={t('expectedOn')} value={draft.backorderExpectedAt} onChange={(e) => set({ backorderExpectedAt: e.currentTarget.value })} error={faults['backorderExpectedAt']} />
        <TextInput type="datetime-local" label={t('preorderUntil')} description={t('preorderText')} value={draft.preorderReleaseAt} onChange={(e) => set({ preorderReleaseAt: e.currentTarget.value })} error={faults['preorderReleaseAt']} />
        <NumberInput label={t('preorderCap')} placeholder={t('any')} description={t('preorderCapText')} value={draft.preorderCap} min={0} allowDecimal={false} onChange={(v) => set({ preorderCap: typed(v) })} error={faults['preorderCap']} />
      </div>
    </Section>
  );
}

/** What it is a variant of, and what tells it apart from the others. */
export function Variant({ draft, set, faults }: At) {
  const t = useTexts(en);
  return (
    <Section title={t('variant')}>
      <TextInput label={t('variantGroup')} description={t('variantGroupText')} value={draft.variantGroup} onChange={(e) => set({ variantGroup: e.currentTarget.value })} error={faults['group']} autoComplete="off" dir="auto" />
      {(draft.variantGroup.trim() !== '' || draft.options.length > 0) && (
        <FieldRows label={t('options')} rows={draft.options} onRows={(options) => set({ options })} fresh={{ name: '', value: '' }} add={t('options.add')} remove={(o) => t('remove', { what: o.name })}>
          {(o, change, i) => (
            <>
              <TextInput className="sy-grow" aria-label={t('optionNo', { n: i + 1 })} placeholder={t('option.hint')} value={o.name} onChange={(e) => change({ name: e.currentTarget.value })} dir="auto" />
              <TextInput className="sy-grow" aria-label={t('valueOf', { option: o.name })} placeholder={t('value.hint')} value={o.value} onChange={(e) => change({ value: e.currentTarget.value })} error={faults[`options.${o.name}`] ?? faults['options']} dir="auto" />
            </>
          )}
        </FieldRows>
      )}
    </Section>
  );
}

/** What it is found and reckoned by. */
export function Sorting({ draft, set, faults }: At) {
  const t = useTexts(en);
  return (
    <Section title={t('part.more')}>
      <Autocomplete label={t('taxClass')} description={t('taxClassText')} value={draft.taxClass} onChange={(taxClass) => set({ taxClass })} data={['standard', 'reduced', 'zero', 'exempt']} error={faults['taxClass']} filter={({ options }) => options} />
      <TagsInput label={t('tags')} value={draft.tags} onChange={(tags) => set({ tags })} error={faults['tags']} />
      <FieldRows label={t('ownFields')} rows={draft.metadata} onRows={(metadata) => set({ metadata })} fresh={{ name: '', value: '' }} add={t('ownFields.add')} remove={(m) => t('remove', { what: m.name })}>
        {(m, change, i) => (
          <>
            <TextInput className="sy-grow" aria-label={t('ownFieldNo', { n: i + 1 })} placeholder={t('ownField.hint')} value={m.name} onChange={(e) => change({ name: e.currentTarget.value })} dir="auto" />
            <TextInput className="sy-grow" aria-label={t('valueOf', { option: m.name })} placeholder={t('value.hint')} value={m.value} onChange={(e) => change({ value: e.currentTarget.value })} error={faults[`metadata.${m.name}`]} dir="auto" />
          </>
        )}
      </FieldRows>
    </Section>
  );
}
