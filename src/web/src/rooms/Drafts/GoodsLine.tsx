import { ActionIcon, Button, NumberInput } from '@mantine/core';
import { useState } from 'react';
import type { Schema } from '@house/api/client.ts';
import { IconChevronDown, IconChevronUp, IconTrash } from '@house/icons.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { Money } from '@house/parts/Money.tsx';
import { Status } from '@house/parts/Status.tsx';
import { useMay } from '@house/session.tsx';
import type { FormLine } from './draft.ts';
import { useSaid } from '@house/words/useSaid.ts';
import css from './GoodsPart.module.css';
import { MoneyField } from './MoneyField.tsx';
import type { Part } from './part.ts';
import en from './texts.en.ts';

export type Availability = Schema['CheckAvailabilityItemAnswer'];

/** Is it there, else from when. */
export function Stock({ at, quantity }: { at: Availability; quantity: number }) {
  const t = useTexts(en);
  const { date } = useFormat();
  if (at.available >= quantity) return <Status tone="good" isPlain>{t('stock.free', { n: at.available })}</Status>;
  return (
    <Status tone={at.earliest ? 'warn' : 'bad'} isPlain>
      {at.earliest ? t('stock.from', { date: date(at.earliest) }) : at.available > 0 ? t('stock.few', { n: at.available }) : t('stock.none')}
    </Status>
  );
}

interface LineProps {
  line: FormLine;
  part: Part & { isSaving: boolean };
  priced: Schema['DraftLine'] | undefined;
  ahead: Schema['PreviewDraftLine'] | undefined;
  at: Availability | undefined;
  onRemove: () => void;
}

/** A line: how many, what they cost, whether they are there; its price opens beneath. */
export function GoodsLine({ line, part, priced, ahead, at, onRemove }: LineProps) {
  const { form, change, faults, isSaving } = part;
  const t = useTexts(en);
  const may = useMay();
  const said = useSaid();
  // Open from the start only where something was agreed: a price other than that of the list, or a discount.
  const [isOpen, setOpen] = useState((line.unitPriceMinor !== null && line.unitPriceMinor !== priced?.listPriceMinor) || line.discountMinor !== null);
  const set = (next: Partial<FormLine>) => change((now) => ({ ...now, lines: now.lines.map((l) => (l.key === line.key ? { ...l, ...next } : l)) }));
  const faultOf = (field: string) => faults[`lines.${line.key}.${field}`];
  const other = Object.entries(faults).find(([place]) => place.startsWith(`lines.${line.key}`) && !['quantity', 'unitPriceMinor', 'discountMinor'].some((f) => place.endsWith(f)))?.[1];
  const seesAmounts = priced === undefined || typeof (priced.totalMinor as number | undefined) === 'number';
  const mayPrice = may('orders:price') && seesAmounts;
  return (
    <li className={css.line} data-place={`lines.${line.key}`}>
      <div className={css.name}>
        <span dir="auto">{line.name}</span>
        <span className={css.under}>
          <bdi className="sy-code sy-meta">{line.sku}</bdi>
          <Promised line={line} ahead={ahead} at={at} isStale={isSaving || priced?.quantity !== line.quantity} />
        </span>
        {part.preview?.holds.filter((h) => h.line !== null && h.line === ahead?.no).map((h) => (
          <Status key={h.kind} tone="hold" isPlain>
            {said(h.says, h.reason)}
          </Status>
        ))}
        {other && <span className={css.fault} role="alert">{other}</span>}
      </div>
      <NumberInput
        aria-label={t('goods.quantityOf', { name: line.name })}
        data-place={`lines.${line.key}.quantity`}
        className={css.quantity}
        value={line.quantity}
        min={1}
        max={100_000}
        allowDecimal={false}
        allowNegative={false}
        error={faultOf('quantity')}
        onChange={(v) => {
          const n = Number(v);
          if (Number.isInteger(n) && n > 0) set({ quantity: n });
        }}
      />
      {seesAmounts && (
        <span className={css.price}>
          <span className="sy-meta">{priced && <Money minor={priced.priceMinor} currency={form.currency} />}</span>
          <strong aria-busy={isSaving && !priced ? true : undefined}>{priced ? <Money minor={priced.totalMinor} currency={form.currency} /> : <span className="sy-muted">…</span>}</strong>
        </span>
      )}
      <span className={css.tools}>
        {mayPrice && (
          <ActionIcon size="var(--sy-control)" aria-expanded={isOpen} aria-label={t('goods.priceOf', { name: line.name })} title={t('goods.price')} onClick={() => setOpen(!isOpen)}>
            {isOpen ? <IconChevronUp size={16} aria-hidden /> : <IconChevronDown size={16} aria-hidden />}
          </ActionIcon>
        )}
        <ActionIcon size="var(--sy-control)" aria-label={t('goods.remove', { name: line.name })} title={t('goods.removeThis')} onClick={onRemove}>
          <IconTrash size={16} aria-hidden />
        </ActionIcon>
      </span>
      {mayPrice && isOpen && (
        <div className={css.prices}>
          <MoneyField
            label={t('goods.unitPrice')}
            value={line.unitPriceMinor}
            usual={priced?.listPriceMinor ?? null}
            currency={form.currency}
            onChange={(unitPriceMinor) => set({ unitPriceMinor })}
            error={faultOf('unitPriceMinor')}
          />
          <MoneyField label={t('goods.discount')} value={line.discountMinor} currency={form.currency} onChange={(discountMinor) => set({ discountMinor: discountMinor === 0 ? null : discountMinor })} error={faultOf('discountMinor')} />
          {(line.unitPriceMinor !== null || line.discountMinor !== null) && (
            <Button
              variant="subtle"
              onClick={() => {
                set({ unitPriceMinor: null, discountMinor: null });
                setOpen(false);
              }}
            >
              {t('goods.listPrice')}
            </Button>
          )}
        </div>
      )}
      {!isOpen && (faultOf('unitPriceMinor') ?? faultOf('discountMinor')) && <span className={css.fault}>{faultOf('unitPriceMinor') ?? faultOf('discountMinor')}</span>}
    </li>
  );
}

/** What placing would promise of this line; before that is known, what stock says. */
function Promised({ line, ahead, at, isStale }: { line: FormLine; ahead: Schema['PreviewDraftLine'] | undefined; at: Availability | undefined; isStale: boolean }) {
  const t = useTexts(en);
  const { date } = useFormat();
  const knows = ahead && !isStale && ahead.quantity === line.quantity;
  if (!knows) return at ? <Stock at={at} quantity={line.quantity} /> : null;
  const nodes = ahead.allocations.map((a) => a.node).join(', ');
  const when = ahead.expectedAt ?? at?.earliest ?? null;
  return (
    <span className={css.promise}>
      {ahead.allocated > 0 && <Status tone="good" isPlain>{t('stock.allocated', { n: ahead.allocated, nodes })}</Status>}
      {ahead.waiting > 0 && <Status tone="warn" isPlain>{when ? t('stock.waitsUntil', { n: ahead.waiting, date: date(when) }) : t('stock.waits', { n: ahead.waiting })}</Status>}
      {ahead.short > 0 && <Status tone="bad" isPlain>{when ? t('stock.shortUntil', { n: ahead.short, date: date(when) }) : t('stock.short', { n: ahead.short })}</Status>}
    </span>
  );
}
