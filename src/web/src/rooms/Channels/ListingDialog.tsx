import { Autocomplete, Checkbox, NumberInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '@house/api/client.ts';
import { byField } from '@house/api/problem.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { notify } from '@house/parts/notices.ts';
import { useMay } from '@house/session.tsx';
import { FormDialog } from '@rooms/Settings/FormDialog.tsx';
import type { Listing } from './channels.ts';
import css from './Channels.module.css';
import en from './texts.en.ts';
import { listingOptions, useWriteListing } from './useListing.ts';

/** Says which product a listing is of, how many of it one piece is, and how much of the stock is shown. */
export function ListingDialog({ channel, listing: l, onClose }: { channel: string; listing: Listing; onClose: () => void }) {
  const t = useTexts(en);
  const name = l.title || l.listedSku || l.id;
  const [draft, setDraft] = useState({ sku: l.sku ?? '', unitsEach: l.unitsEach, buffer: l.buffer, sharePercent: l.sharePercent, most: l.most, isStopped: l.isStopped, isIgnored: l.isIgnored });
  const set = (change: Partial<typeof draft>) => setDraft((now) => ({ ...now, ...change }));
  const write = useWriteListing(channel, l, () => {
    notify(t('listing.saved', { name }));
    onClose();
  });
  const faults = byField(write.error);
  const sku = draft.sku.trim();
  const number = (field: 'unitsEach' | 'buffer' | 'sharePercent', least: number, most: number) => (
    <NumberInput label={t(`listing.${field}`)} description={t(`listing.${field}.text`)} value={draft[field]} min={least} max={most} allowDecimal={false} error={faults[field]} onChange={(v) => set({ [field]: v === '' ? least : Number(v) })} />
  );
  return (
    <FormDialog
      title={name}
      confirm={t('save')}
      onClose={onClose}
      onSubmit={() =>
        write.mutate({
          ...(draft.isIgnored ? (l.isIgnored ? {} : { isIgnored: true }) : { ...(l.isIgnored ? { isIgnored: false } : {}), ...(sku !== (l.sku ?? '') ? { sku: sku === '' ? null : sku } : {}) }),
          unitsEach: draft.unitsEach,
          buffer: draft.buffer,
          sharePercent: draft.sharePercent,
          most: draft.most,
          isStopped: draft.isStopped,
        })
      }
      isPending={write.isPending}
      error={write.error}
      shown={['/sku', '/unitsEach', '/buffer', '/sharePercent', '/most', '/isStopped', '/isIgnored']}
    >
      <ProductSearch channel={channel} listing={l} value={draft.sku} error={faults['sku']} isDisabled={draft.isIgnored} onChange={(value) => set({ sku: value })} />
      <div className={css.fields}>
        {number('unitsEach', 1, 1_000_000)}
        {number('buffer', 0, 1_000_000_000)}
        {number('sharePercent', 0, 100)}
        <NumberInput label={t('listing.most')} description={t('listing.most.text')} value={draft.most ?? ''} min={0} max={1_000_000_000} allowDecimal={false} error={faults['most']} onChange={(v) => set({ most: v === '' ? null : Number(v) })} />
      </div>
      <Checkbox label={t('listing.isStopped')} description={t('listing.isStopped.text')} checked={draft.isStopped} error={faults['isStopped']} onChange={(e) => set({ isStopped: e.currentTarget.checked })} />
      <Checkbox label={t('listing.isIgnored')} description={t('listing.isIgnored.text')} checked={draft.isIgnored} error={faults['isIgnored']} onChange={(e) => set({ isIgnored: e.currentTarget.checked })} />
    </FormDialog>
  );
}

interface SearchProps {
  channel: string;
  listing: Listing;
  value: string;
  error: string | undefined;
  isDisabled: boolean;
  onChange: (sku: string) => void;
}

/** A product by its SKU or a word of its name; what it may be is offered before anything is typed. */
function ProductSearch({ channel, listing, value, error, isDisabled, onChange }: SearchProps) {
  const t = useTexts(en);
  const may = useMay();
  const [asked] = useDebouncedValue(value.trim(), 200);
  const suggested = useQuery({ ...listingOptions(channel, listing.id), enabled: listing.sku === null });
  const found = useQuery({
    queryKey: ['products', 'offer', asked],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/products', { params: { query: { query: asked, limit: 8 } }, signal })),
    enabled: asked.length >= 2 && may('catalog:read'),
    retry: false,
  });
  const products: readonly { sku: string; name?: string | null }[] = asked.length >= 2 ? (found.data?.data ?? []) : (suggested.data?.suggestions ?? []);
  return (
    <Autocomplete
      label={t('listing.product')}
      description={t('listing.product.text')}
      value={value}
      onChange={onChange}
      error={error}
      disabled={isDisabled}
      maxLength={200}
      data={[...new Set(products.map((p) => p.sku))]}
      filter={({ options }) => options}
      renderOption={({ option }) => (
        <span>
          <bdi className="sy-code">{option.value}</bdi> <span className="sy-muted">{products.find((p) => p.sku === option.value)?.name}</span>
        </span>
      )}
      data-autofocus
    />
  );
}
