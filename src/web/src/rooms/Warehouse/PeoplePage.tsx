import { Button, Select, Switch, TagsInput, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '@house/api/client.ts';
import { byField } from '@house/api/problem.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { FieldRows } from '@house/parts/FieldRows.tsx';
import { notify } from '@house/parts/notices.ts';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { ScrollPanel } from '@house/parts/ScrollPanel.tsx';
import { Section } from '@house/parts/Section.tsx';
import { useMay } from '@house/session.tsx';
import { useActorName } from '@house/useActorName.ts';
import { useColleagues } from '@house/useColleagues.ts';
import { useUrlState } from '@house/useUrlState.ts';
import { Frame } from './Frame.tsx';
import en from './texts.en.ts';
import css from './Warehouse.module.css';
import { operativesOptions, pictureOptions, type Operative } from './waves.ts';

/** Who picks at a node, where and with which skills, who is on shift; and what each of them did. */
export default function PeoplePage() {
  return (
    <Frame section="people">
      {(node) => (
        <div className={css.page}>
          <People key={`p${node}`} node={node} />
          <Figures key={`f${node}`} node={node} />
        </div>
      )}
    </Frame>
  );
}

function People({ node }: { node: string }) {
  const t = useTexts(en);
  const { data, error, refetch } = useQuery(operativesOptions(node));
  return (
    <Section title={t('people')}>
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

/** Figures of the days from one to the other, of this node's clock. */
function Figures({ node }: { node: string }) {
  const t = useTexts(en);
  const may = useMay();
  const nameOf = useActorName();
  const { number, percent, span, date } = useFormat();
  const [url, setUrl] = useUrlState();
  const { from, to } = url;
  const { data, error, refetch } = useQuery({
    queryKey: ['warehouse', 'figures', node, from ?? '', to ?? ''],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/nodes/{code}/pick-figures', { params: { path: { code: node }, query: { ...(from ? { from } : {}), ...(to ? { to } : {}) } }, signal })),
    enabled: may('reports:read'),
  });
  if (!may('reports:read')) return null;
  return (
    <Section title={t('figures')} beside={data && t('figures.days', { from: date(`${data.from}T12:00:00Z`, 'UTC'), to: date(`${data.to}T12:00:00Z`, 'UTC') })}>
      <div className={css.fields}>
        <TextInput type="date" label={t('figures.from')} value={from ?? data?.from ?? ''} onChange={(e) => setUrl({ from: e.currentTarget.value || undefined })} />
        <TextInput type="date" label={t('figures.to')} value={to ?? data?.to ?? ''} onChange={(e) => setUrl({ to: e.currentTarget.value || undefined })} />
      </div>
      <ProblemAlert error={error} again={() => void refetch()} />
      {data?.operatives.length === 0 && <p className={`sy-panel ${css.empty}`}>{t('figures.empty')}</p>}
      {data && data.operatives.length > 0 && (
        <ScrollPanel label={t('figures')}>
          <table className={css.table} aria-label={t('figures')}>
            <thead>
              <tr>
                <th scope="col">{t('people.who')}</th>
                <th scope="col" className={css.end}>{t('figures.lines')}</th>
                <th scope="col" className={css.end}>{t('units')}</th>
                <th scope="col" className={css.end}>{t('figures.perHour')}</th>
                <th scope="col" className={css.end}>{t('figures.misPicks')}</th>
                <th scope="col" className={css.end}>{t('figures.shorts')}</th>
                <th scope="col" className={css.end}>{t('figures.work')}</th>
                <th scope="col" className={css.end}>{t('figures.idle')}</th>
              </tr>
            </thead>
            <tbody>
              {data.operatives.map((o) => (
                <tr key={o.operative}>
                  <th scope="row"><bdi>{o.name ?? nameOf(o.operative)}</bdi></th>
                  <td className={css.end}>{number(o.lines)}</td>
                  <td className={css.end}>{number(o.units)}</td>
                  <td className={css.end}>{o.linesPerHour === null ? '–' : number(Math.round(o.linesPerHour))}</td>
                  <td className={css.end}>{number(o.misPicks)}{o.misPickRate !== null && o.misPicks > 0 && <span className="sy-muted"> · {percent(o.misPickRate)}</span>}</td>
                  <td className={css.end}>{number(o.shorts)}</td>
                  <td className={css.end}>{span(o.workSeconds * 1000)}</td>
                  <td className={css.end}>{span(o.idleSeconds * 1000)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollPanel>
      )}
    </Section>
  );
}
