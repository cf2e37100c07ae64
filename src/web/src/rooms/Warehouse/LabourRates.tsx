import { Button, Modal, NativeSelect } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask, type Schema } from '@house/api/client.ts';
import { byField } from '@house/api/problem.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { FieldRows } from '@house/parts/FieldRows.tsx';
import { notify } from '@house/parts/notices.ts';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { useSession } from '@house/session.tsx';
import { useActorName } from '@house/useActorName.ts';
import { MoneyField } from '@rooms/Drafts/MoneyField.tsx';
import { labourRatesOptions } from './figures.ts';
import en from './texts.en.ts';
import css from './Warehouse.module.css';
import { operativesOptions } from './waves.ts';

type Rates = Schema['WriteLabourRatesResponse'];
interface Row {
  actor: string;
  perHourMinor: number | null;
}

/** What an hour of work costs here: of everybody, and of single people. */
export function LabourRates({ node, onClose }: { node: string; onClose: () => void }) {
  const t = useTexts(en);
  const { data, error, refetch } = useQuery(labourRatesOptions(node));
  return (
    <Modal opened onClose={onClose} title={t('labour.of', { node })} size="var(--sy-dialog)" closeButtonProps={{ 'aria-label': t('close') }}>
      <ProblemAlert error={error} again={() => void refetch()} />
      {data && <Form node={node} rates={data} onClose={onClose} />}
    </Modal>
  );
}

function Form({ node, rates, onClose }: { node: string; rates: Rates; onClose: () => void }) {
  const t = useTexts(en);
  const queries = useQueryClient();
  const { session } = useSession();
  const nameOf = useActorName();
  const people = useQuery(operativesOptions(node));
  const currency = rates.currency ?? session.baseCurrency ?? 'GBP';
  const [all, setAll] = useState<number | null>(rates.perHourMinor);
  const [rows, setRows] = useState<Row[]>(rates.operatives.map((o) => ({ actor: o.actor ?? '', perHourMinor: o.perHourMinor ?? null })));
  const save = useMutation({
    mutationFn: () => ask(api.PUT('/api/v1/nodes/{code}/labour-rates', { params: { path: { code: node } }, body: { currency, perHourMinor: all, operatives: rows } })),
    onSuccess: async (answer) => {
      queries.setQueryData(labourRatesOptions(node).queryKey, answer);
      await queries.invalidateQueries({ queryKey: ['figures', 'costs'] });
      notify(t('labour.saved', { node }));
      onClose();
    },
  });
  const faults = byField(save.error);
  const known = new Map([...(people.data?.operatives ?? []).map((o) => [o.actor, o.name || nameOf(o.actor)] as const), ...rows.filter((r) => r.actor !== '').map((r) => [r.actor, nameOf(r.actor)] as const)].reverse());
  return (
    <form
      className="sy-stack"
      onSubmit={(e) => {
        e.preventDefault();
        save.mutate();
      }}
    >
      <p className={css.about}>{t('labour.about')}</p>
      <MoneyField label={t('labour.perHour')} value={all} currency={currency} onChange={setAll} error={faults['perHourMinor']} />
      <FieldRows<Row> label={t('labour.single')} rows={rows} onRows={setRows} fresh={{ actor: '', perHourMinor: null }} add={t('labour.add')} remove={(r) => t('people.remove', { name: known.get(r.actor) ?? '–' })}>
        {(row, set, i) => (
          <div className={`${css.fields} ${css.main}`}>
            <NativeSelect label={t('people.who')} value={row.actor} data={[{ value: '', label: '–' }, ...[...known].map(([value, label]) => ({ value, label }))]} onChange={(e) => set({ actor: e.currentTarget.value })} error={faults[`operatives.${i}.actor`]} />
            <MoneyField label={t('labour.hour')} value={row.perHourMinor} currency={currency} onChange={(perHourMinor) => set({ perHourMinor })} error={faults[`operatives.${i}.perHourMinor`]} />
          </div>
        )}
      </FieldRows>
      <ProblemAlert error={save.error} shown={['/perHourMinor', ...rows.flatMap((_, i) => [`/operatives/${i}/actor`, `/operatives/${i}/perHourMinor`])]} />
      <div className={css.buttons}>
        <Button variant="default" onClick={onClose}>{t('discard')}</Button>
        <Button type="submit" loading={save.isPending}>{t('save')}</Button>
      </div>
    </form>
  );
}
