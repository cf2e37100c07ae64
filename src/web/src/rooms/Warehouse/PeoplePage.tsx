import { Button, Select, Switch, TagsInput, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { api, ask } from '@house/api/client.ts';
import { byField } from '@house/api/problem.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { FieldRows } from '@house/parts/FieldRows.tsx';
import { notify } from '@house/parts/notices.ts';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { Section } from '@house/parts/Section.tsx';
import { useMay } from '@house/session.tsx';
import { useColleagues } from '@house/useColleagues.ts';
import { Frame } from './Frame.tsx';
import en from './texts.en.ts';
import css from './Warehouse.module.css';
import { operativesOptions, pictureOptions, type Operative } from './waves.ts';

/** Who picks at a node, where and with which skills, and who is on shift. */
export default function PeoplePage() {
  return (
    <Frame section="people">
      {(node) => (
        <div className={css.page}>
          <People key={`p${node}`} node={node} />
        </div>
      )}
    </Frame>
  );
}

function People({ node }: { node: string }) {
  const t = useTexts(en);
  const may = useMay();
  const { data, error, refetch } = useQuery(operativesOptions(node));
  return (
    <Section title={t('people')} actions={may('reports:read') && <Link to="/warehouse/figures" search={{ node } as never}>{t('figures.all')}</Link>}>
      <p className={css.about}>{t('people.about')}</p>
      <ProblemAlert error={error} again={() => void refetch()} />
      {data && <Edit node={node} operatives={data.operatives} />}
    </Section>
  );
}

function Edit({ node, operatives }: { node: string; operatives: readonly Operative[] }) {
  const t = useTexts(en);
  const may = useMay();
  const queries = useQueryClient();
  const colleagues = useColleagues();
  const picture = useQuery({ ...pictureOptions(node), enabled: may('inventory:read') });
  const [rows, setRows] = useState<Operative[] | null>(null);
  const now = rows ?? [...operatives];
  const save = useMutation({
    mutationFn: () => ask(api.PUT('/api/v1/nodes/{code}/operatives', { params: { path: { code: node } }, body: { operatives: now } })),
    onSuccess: (answer) => {
      notify(t('people.saved', { n: answer.operatives.length }));
      queries.setQueryData(operativesOptions(node).queryKey, answer);
      setRows(null);
    },
  });
  const faults = byField(save.error);
  const mayWrite = may('fulfilment:manage');
  if (!mayWrite && now.length === 0) return <EmptyState kind="first" title={t('people.empty')} text={t('people.emptyText')} />;
  const users = colleagues.map((c) => ({ value: `user:${c.id}`, label: c.displayName }));
  return (
    <form
      className={css.form}
      onSubmit={(e) => {
        e.preventDefault();
        save.mutate();
      }}
    >
      <fieldset className={css.group} disabled={!mayWrite}>
        <FieldRows<Operative> label={t('people')} rows={now} onRows={setRows} fresh={{ actor: '', name: '', zones: [], skills: [], isOnShift: true }} add={t('people.add')} remove={(o) => t('people.remove', { name: o.name || '–' })}>
          {(o, set, i) => (
            <div className={`${css.fields} ${css.main}`}>
              <Select
                label={t('people.who')}
                searchable
                value={o.actor || null}
                // A device that picks with a key of its own stays as it is named.
                data={o.actor !== '' && !users.some((u) => u.value === o.actor) ? [...users, { value: o.actor, label: o.name || o.actor }] : users}
                onChange={(v) => set({ actor: v ?? '', name: users.find((u) => u.value === v)?.label ?? o.name })}
                error={faults[`operatives.${i}.actor`]}
              />
              <TextInput label={t('people.name')} value={o.name} onChange={(e) => set({ name: e.currentTarget.value })} maxLength={200} error={faults[`operatives.${i}.name`]} />
              <TagsInput label={t('people.zones')} placeholder={o.zones.length === 0 ? t('people.everywhere') : ''} value={[...o.zones]} onChange={(zones) => set({ zones })} data={[...(picture.data?.zones ?? [])]} />
              <TagsInput label={t('people.skills')} value={[...o.skills]} onChange={(skills) => set({ skills })} />
              <Switch label={t('people.onShift')} checked={o.isOnShift} onChange={(e) => set({ isOnShift: e.currentTarget.checked })} />
            </div>
          )}
        </FieldRows>
      </fieldset>
      <ProblemAlert error={save.error} />
      {mayWrite && rows !== null && (
        <div className={css.buttons}>
          <Button type="submit" loading={save.isPending}>{t('save')}</Button>
          <Button variant="default" onClick={() => setRows(null)}>{t('discard')}</Button>
        </div>
      )}
    </form>
  );
}
