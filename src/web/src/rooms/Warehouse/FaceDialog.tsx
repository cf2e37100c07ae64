import { Button, NumberInput, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '@house/api/client.ts';
import { byField } from '@house/api/problem.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { notify } from '@house/parts/notices.ts';
import { FormDialog } from '@rooms/Settings/FormDialog.tsx';
import en from './texts.en.ts';
import css from './Warehouse.module.css';

export interface FaceDraft {
  sku: string;
  bin: string;
  min: number | null;
  max: number | null;
  isNew: boolean;
}

/** From which bin a SKU is picked, and between how many units that is kept. */
export function FaceDialog({ node, face, onClose }: { node: string; face: FaceDraft; onClose: () => void }) {
  const t = useTexts(en);
  const queries = useQueryClient();
  const [draft, setDraft] = useState(face);
  const set = (change: Partial<FaceDraft>) => setDraft({ ...draft, ...change });
  const params = { params: { path: { code: node } } };
  const after = (said: string) => {
    notify(said);
    void queries.invalidateQueries({ queryKey: ['warehouse'] });
    onClose();
  };
  const save = useMutation({
    mutationFn: () => ask(api.PUT('/api/v1/nodes/{code}/faces', { ...params, body: { items: [{ sku: draft.sku.trim(), bin: draft.bin.trim(), min: draft.min, max: draft.max }] } })),
    onSuccess: () => after(t('faces.saved', { sku: draft.sku.trim() })),
  });
  const remove = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/nodes/{code}/faces/remove', { ...params, body: { skus: [face.sku] } })),
    onSuccess: () => after(t('faces.removed', { sku: face.sku })),
  });
  const faults = byField(save.error);
  return (
    <FormDialog
      title={face.isNew ? t('faces.new') : t('faces.editOf', { sku: face.sku })}
      confirm={t('save')}
      onClose={onClose}
      onSubmit={() => save.mutate()}
      isPending={save.isPending}
      error={save.error ?? remove.error}
      shown={['/items/0/sku', '/items/0/bin', '/items/0/min', '/items/0/max']}
    >
      {face.isNew && <TextInput label={t('faces.sku')} value={draft.sku} onChange={(e) => set({ sku: e.currentTarget.value })} maxLength={200} required data-autofocus error={faults['items.0.sku']} />}
      <TextInput label={t('bin')} description={t('faces.binHint')} value={draft.bin} onChange={(e) => set({ bin: e.currentTarget.value })} maxLength={64} required error={faults['items.0.bin']} />
      <div className={css.fields}>
        <NumberInput label={t('faces.min')} description={t('faces.minHint')} value={draft.min ?? ''} onChange={(v) => set({ min: v === '' ? null : Number(v) })} min={0} allowDecimal={false} allowNegative={false} required error={faults['items.0.min']} {...(face.isNew ? {} : { 'data-autofocus': true })} />
        <NumberInput label={t('faces.max')} description={t('faces.maxHint')} value={draft.max ?? ''} onChange={(v) => set({ max: v === '' ? null : Number(v) })} min={1} allowDecimal={false} allowNegative={false} required error={faults['items.0.max']} />
      </div>
      {!face.isNew && (
        <div><Button variant="subtle" color="danger" size="compact-sm" loading={remove.isPending} onClick={() => remove.mutate()}>{t('faces.remove')}</Button></div>
      )}
    </FormDialog>
  );
}
