import { Button, Checkbox, NumberInput, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask, type Schema } from '@house/api/client.ts';
import { byField } from '@house/api/problem.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { notify } from '@house/parts/notices.ts';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { useMay } from '@house/session.tsx';
import { Frame } from '@rooms/Settings/Frame.tsx';
import settings from '@rooms/Settings/Settings.module.css';
import en from './texts.en.ts';

type Rules = Schema['PackingSettings'];

/** How is packed: how exact a weight must be, and what lies in a parcel. */
export default function RulesPage() {
  const rules = useQuery({ queryKey: ['packing-settings'], queryFn: ({ signal }) => ask(api.GET('/api/v1/packing-settings', { signal })) });
  return (
    <Frame section="packing" error={rules.error}>
      {rules.data && <RulesForm key={rules.data.version} rules={rules.data} />}
    </Frame>
  );
}

function RulesForm({ rules }: { rules: Rules }) {
  const t = useTexts(en);
  const may = useMay();
  const queries = useQueryClient();
  const [form, setForm] = useState({ ...rules, welcomeInsert: rules.welcomeInsert ?? '' });
  const set = (change: Partial<typeof form>) => setForm({ ...form, ...change });
  const save = useMutation({
    mutationFn: () =>
      ask(api.PUT('/api/v1/packing-settings', { body: { tolerancePercent: form.tolerancePercent, toleranceGrams: form.toleranceGrams, mustWeigh: form.mustWeigh, hasInvoice: form.hasInvoice, hasReturnLabel: form.hasReturnLabel, welcomeInsert: form.welcomeInsert.trim() || null } })),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['packing-settings'] });
      await queries.invalidateQueries({ queryKey: ['packing'] });
      notify(t('rules.saved'));
    },
  });
  const faults = byField(save.error);
  const mayWrite = may('fulfilment:manage');
  return (
    <form
      className="sy-stack"
      onSubmit={(e) => {
        e.preventDefault();
        save.mutate();
      }}
    >
      <fieldset className={settings.area} disabled={!mayWrite}>
        <legend>{t('rules.weight')}</legend>
        <Checkbox label={t('rules.mustWeigh')} description={t('rules.mustWeighText')} checked={form.mustWeigh} onChange={(e) => set({ mustWeigh: e.currentTarget.checked })} />
        <div className={settings.fields}>
          <NumberInput label={t('rules.percent')} min={0} max={100} allowDecimal={false} value={form.tolerancePercent} onChange={(v) => set({ tolerancePercent: Number(v) || 0 })} error={faults['tolerancePercent']} />
          <NumberInput label={t('rules.grams')} description={t('rules.gramsText')} min={0} max={1_000_000} allowDecimal={false} value={form.toleranceGrams} onChange={(v) => set({ toleranceGrams: Number(v) || 0 })} error={faults['toleranceGrams']} />
        </div>
      </fieldset>
      <fieldset className={settings.area} disabled={!mayWrite}>
        <legend>{t('rules.papers')}</legend>
        <p className="sy-muted">{t('rules.papersText')}</p>
        <Checkbox label={t('rules.invoice')} checked={form.hasInvoice} onChange={(e) => set({ hasInvoice: e.currentTarget.checked })} />
        <Checkbox label={t('rules.return')} checked={form.hasReturnLabel} onChange={(e) => set({ hasReturnLabel: e.currentTarget.checked })} />
        <TextInput label={t('rules.insert')} description={t('rules.insertText')} maxLength={200} value={form.welcomeInsert} onChange={(e) => set({ welcomeInsert: e.currentTarget.value })} error={faults['welcomeInsert']} />
      </fieldset>
      <ProblemAlert error={save.error} shown={['/tolerancePercent', '/toleranceGrams', '/welcomeInsert']} />
      {mayWrite && (
        <div>
          <Button type="submit" loading={save.isPending}>
            {t('save')}
          </Button>
        </div>
      )}
    </form>
  );
}
