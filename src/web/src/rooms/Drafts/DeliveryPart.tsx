import { Autocomplete, Checkbox } from '@mantine/core';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { useFormat } from '@house/i18n/useFormat.ts';
import { Money } from '@house/parts/Money.tsx';
import { Section } from '@house/parts/Section.tsx';
import { Status } from '@house/parts/Status.tsx';
import { useMay } from '@house/session.tsx';
import { AddressForm } from './AddressForm.tsx';
import css from './DeliveryPart.module.css';
import { addressOf, deliveryCharge, isBlank, withDelivery } from './draft.ts';
import { MoneyField } from './MoneyField.tsx';
import type { Part } from './part.ts';
import { useMethodName } from '@house/words/useMethodName.ts';
import { useSaid } from '@house/words/useSaid.ts';
import en from './texts.en.ts';

/** Where it goes, to whom the invoice goes, by which way, and what the customer pays for that. */
export function DeliveryPart({ form, change, view, preview, faults }: Part) {
  const t = useTexts(en);
  const said = useSaid();
  const may = useMay();
  const charge = deliveryCharge(form);
  const { money } = useFormat();
  const list = view?.delivery ?? null;
  const free = list === null || list.freeFromMinor === null ? undefined : t(list.isTaken && list.chargeMinor === 0 ? 'delivery.isFree' : 'delivery.freeOver', { amount: money(list.freeFromMinor, form.currency) });
  const seesAmounts = !view || typeof (view.totalMinor as number | undefined) === 'number';
  return (
    <Section title={t('delivery')}>
      <AddressForm place="shippingAddress" address={form.shipping} usualName={form.name} faults={faults} onChange={(shipping) => change((now) => ({ ...now, shipping }))} />
      {(preview?.holds ?? []).filter((h) => h.kind === 'address' && !isBlank(form.shipping)).map((h) => (
        <Status key={h.reason} tone="hold" isPlain>
          {said(h.says, h.reason)}
        </Status>
      ))}
      <Checkbox
        label={t('billing.other')}
        checked={form.billing !== null}
        onChange={(e) => {
          const isOther = e.currentTarget.checked;
          change((now) => ({ ...now, billing: isOther ? addressOf({ country: now.shipping?.country ?? null }) : null }));
        }}
      />
      {form.billing !== null && (
        <Section isSide title={t('billing')}>
          <AddressForm place="billingAddress" address={form.billing} usualName={form.name} faults={faults} onChange={(billing) => change((now) => ({ ...now, billing }))} />
        </Section>
      )}
      <Ways form={form} change={change} preview={preview} isKnown={!isBlank(form.shipping)} fault={faults['method']} />
      {seesAmounts && (may('orders:price') || charge !== null || list !== null) && (
        <div className={css.narrow}>
          {may('orders:price') ? (
            // By the list of charges, unless another amount is written: 0 is free, though the list has a charge.
            <MoneyField
              label={t('delivery.charge')}
              value={charge}
              usual={list?.chargeMinor}
              currency={form.currency}
              description={free}
              onChange={(minor) => change((now) => withDelivery(now, minor === 0 && list === null ? null : minor))}
              error={Object.entries(faults).find(([place]) => place.startsWith('charges'))?.[1]}
            />
          ) : (
            <p>
              {t('delivery.charge')}: <Money minor={charge ?? list?.chargeMinor} currency={form.currency} /> {free && <span className="sy-muted">{free}</span>}
            </p>
          )}
        </div>
      )}
    </Section>
  );
}

/** The ways to send it: with dates and what they cost us, as far as everything is there. */
function Ways({ form, change, preview, isKnown, fault }: Pick<Part, 'form' | 'change' | 'preview'> & { isKnown: boolean; fault: string | undefined }) {
  const t = useTexts(en);
  const { date, money } = useFormat();
  const methodName = useMethodName();
  const options = isKnown ? (preview?.options ?? []) : [];
  const methods = isKnown ? (preview?.methods ?? []) : [];
  const all = [...new Set([...options.map((o) => o.method), ...methods, ...(form.method ? [form.method] : [])])];
  // The field of an address that is not known yet is never taken from under the cursor: the address is typed elsewhere.
  if (!isKnown)
    return (
      <div className={css.narrow}>
        <Autocomplete label={t('delivery.method')} data-place="method" description={t('delivery.later')} data={all} value={form.method} error={fault} maxLength={64} onChange={(method) => change((now) => ({ ...now, method }))} />
      </div>
    );
  return (
    <fieldset className={css.ways} data-place="method">
      <legend className={css.legend}>{t('delivery.method')}</legend>
      {all.map((method) => {
        const option = options.find((o) => o.method === method);
        return (
          <label key={method} className={css.way} data-chosen={form.method === method || undefined}>
            <input type="radio" name="method" value={method} checked={form.method === method} onChange={() => change((now) => ({ ...now, method }))} />
            <span className={css.wayName}>{methodName(method)}</span>
            <span className="sy-muted">{option ? t('delivery.arrives', { date: date(option.deliverByAt) }) : t('delivery.whenThere')}</span>
            {option && typeof (option.costMinor as number | undefined) === 'number' && <span className={css.cost}>{t('delivery.costs', { amount: money(option.costMinor, option.currency) })}</span>}
          </label>
        );
      })}
      <p className="sy-meta">{all.length === 0 ? t('delivery.later') : form.method === '' ? t('delivery.choose') : ''}</p>
      {fault && <p className={css.fault}>{fault}</p>}
    </fieldset>
  );
}
