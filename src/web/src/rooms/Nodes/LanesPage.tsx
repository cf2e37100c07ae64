import { ActionIcon, Autocomplete, Button, NumberInput, Select, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { api, ask, ifMatch, type Schema } from '@house/api/client.ts';
import { IconPlus, IconTrash } from '@house/icons.ts';
import { useSpeech, useTexts } from '@house/i18n/useTexts.tsx';
import { Code } from '@house/parts/Code.tsx';
import { DraftForm } from '@house/parts/DraftForm.tsx';
import { notify } from '@house/parts/notices.ts';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { useSession } from '@house/session.tsx';
import { useDraftForm, type DraftFormState } from '@house/useDraftForm.ts';
import { bodyOf, byNames, draftOf, faultsOf, freshLane, fromNames, namesOf, type LaneDraft } from './lanes.ts';
import css from './LanesPage.module.css';
import { clashOf } from './NodeForm.tsx';
import { lanesOptions, pageOf } from './nodes.ts';
import en from './texts.en.ts';
import { allZonesOptions } from './zones.ts';

type Stored = Schema['WriteLanesResponse'];
interface Draft {
  lanes: LaneDraft[];
}

/** Which services a node offers to which zones, what they cost and how long they take. */
export default function LanesPage() {
  const { code = '' } = useParams({ strict: false });
  const { data, error, refetch } = useQuery(lanesOptions(code));
  if (error && !data) return <div className={css.problem}><ProblemAlert error={error} again={() => void refetch()} /></div>;
  return data ? <Lanes key={code} code={code} stored={data} /> : null;
}

function Lanes({ code, stored }: { code: string; stored: Stored }) {
  const t = useTexts(en);
  const { locale } = useSpeech();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const asDraft = (s: Stored) => ({ draft: { lanes: s.lanes.map((l) => draftOf(l, locale)) }, version: s.version });
  const form = useDraftForm<Draft, Stored>({
    name: `lanes/${code}`,
    stored: asDraft(stored),
    faultsOf: ({ lanes }) => Object.fromEntries(Object.entries(faultsOf(lanes, locale)).map(([field, key]) => [field, t(key)])),
    save: ({ draft, version }) =>
      ask(api.PUT('/api/v1/nodes/{code}/lanes', { params: { path: { code } }, body: draft.lanes.map((l) => bodyOf(l, locale)), headers: ifMatch(version!) })),
    onSaved: (saved, _, begin) => {
      begin(asDraft(saved).draft, saved.version);
      void queries.invalidateQueries({ queryKey: ['nodes', code] });
      notify(t('lanes.saved', { code }));
      void navigate({ to: pageOf(code) });
    },
    read: async () => asDraft(await queries.fetchQuery({ ...lanesOptions(code), staleTime: 0 })),
  });
  return (
    <DraftForm
      form={form}
      title={t('services')}
      beside={<Code>{code}</Code>}
      confirm={t('save')}
      away={pageOf(code)}
      notSaved={t('lanes.notSaved')}
      shownAt={/^\d+\.\w+$/}
      clash={{
        ...clashOf(code),
        nameOf: (name) => <bdi>{name}</bdi>,
        textOf: (lane) => (lane ? told(lane as LaneDraft) : '–'),
        split: ({ lanes }) => byNames(lanes),
        join: (parts) => ({ lanes: fromNames(parts as Record<string, LaneDraft>) }),
      }}
    >
      <LaneFields form={form} />
    </DraftForm>
  );
}

const told = (l: LaneDraft): string => `${l.base} + ${l.perKg} ${l.currency} · ${l.method} · ${l.days} d · ${l.mostKg} kg`;

function LaneFields({ form }: { form: DraftFormState<Draft> }) {
  const t = useTexts(en);
  const { session } = useSession();
  const { data: zones } = useQuery(allZonesOptions);
  const { faults } = form;
  const { lanes } = form.draft;
  const put = (next: LaneDraft[]) => form.change({ lanes: next });
  const methods = [...new Set(['standard', 'express', 'next-day', ...lanes.map((l) => l.method)])].filter(Boolean);
  const services = [...new Set(lanes.map((l) => l.service))].filter(Boolean);
  return (
    <>
      {zones?.length === 0 && <p className={css.none}>{t.node('lanes.noZones', { zones: <Link to="/zones">{t('zones')}</Link> })}</p>}
      <ol className={css.lanes} aria-label={t('services')}>
        {lanes.map((l, i) => {
          const set = (change: Partial<LaneDraft>) => put(lanes.with(i, { ...l, ...change }));
          return (
            <li key={i} className={css.lane} aria-label={namesOf(l)}>
              <Autocomplete label={t('service')} value={l.service} onChange={(service) => set({ service })} error={faults[`${i}.service`]} data={services} />
              <Select label={t('deliveryZone')} value={l.zone || null} onChange={(zone) => set({ zone: zone ?? '' })} error={faults[`${i}.zone`]} data={zones?.map((z) => ({ value: z.code, label: `${z.code} ${z.name}` })) ?? []} searchable allowDeselect={false} />
              <Autocomplete label={t('method')} value={l.method} onChange={(method) => set({ method })} error={faults[`${i}.method`]} data={methods} />
              <NumberInput label={t('lanes.days')} value={l.days} min={0} max={365} allowDecimal={false} hideControls onChange={(v) => set({ days: v === '' ? '' : Number(v) })} error={faults[`${i}.transitDays`]} />
              <NumberInput label={t('most')} value={l.mostKg} min={0} decimalScale={3} hideControls onChange={(v) => set({ mostKg: v === '' ? '' : Number(v) })} error={faults[`${i}.maxWeightGrams`]} />
              <Select label={t('currency')} value={l.currency || null} onChange={(currency) => currency && set({ currency })} error={faults[`${i}.currency`]} data={Intl.supportedValuesOf('currency')} searchable allowDeselect={false} />
              <TextInput label={t('base')} inputMode="decimal" value={l.base} onChange={(e) => set({ base: e.currentTarget.value })} error={faults[`${i}.baseMinor`]} />
              <TextInput label={t('perKg')} inputMode="decimal" value={l.perKg} onChange={(e) => set({ perKg: e.currentTarget.value })} error={faults[`${i}.perKgMinor`]} />
              <ActionIcon className={css.remove} aria-label={t('remove', { what: namesOf(l) })} onClick={() => put(lanes.toSpliced(i, 1))}>
                <IconTrash size={16} aria-hidden />
              </ActionIcon>
            </li>
          );
        })}
      </ol>
      <Button className={css.add} variant="default" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => put([...lanes, { ...freshLane(session.baseCurrency ?? 'GBP'), zone: lanes.at(-1)?.zone ?? '' }])}>
        {t('lanes.add')}
      </Button>
    </>
  );
}
