import { ActionIcon, Button, Select, TagsInput, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useMemo } from 'react';
import { api, ask, ifMatch } from '@house/api/client.ts';
import { ApiError } from '@house/api/problem.ts';
import { IconPlus, IconTrash } from '@house/icons.ts';
import { useSpeech, useTexts } from '@house/i18n/useTexts.tsx';
import { Code } from '@house/parts/Code.tsx';
import { DraftForm } from '@house/parts/DraftForm.tsx';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { notify } from '@house/parts/notices.ts';
import { PageHead } from '@house/parts/PageHead.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { useMay } from '@house/session.tsx';
import { useDraftForm } from '@house/useDraftForm.ts';
import { countries } from './countries.ts';
import css from './ZonePage.module.css';
import en from './texts.en.ts';
import { emptyZone, joinZone, prefixesIn, splitZone, tidiedZone, zoneBodyOf, zoneDraftOf, zoneFaultsOf, zoneOptions, type CountryDraft, type Zone, type ZoneDraft } from './zones.ts';

/** A delivery zone: which countries, and of each the whole or the beginnings of postcodes. */
export default function ZonePage() {
  const t = useTexts(en);
  const { code } = useParams({ strict: false });
  const { data, error, refetch } = useQuery({ ...zoneOptions(code ?? ''), enabled: code !== undefined });
  if (code === undefined) return <ZoneForm zone={null} />;
  if (error instanceof ApiError && error.status === 404)
    return (
      <>
        <PageHead title={t('zones')} />
        <EmptyState kind="nothing" title={t('zones.notFound')} text={t('zones.notFoundText')} action={<Link to="/zones">{t('zones.all')}</Link>} />
      </>
    );
  if (error && !data) return <div className={css.fields}><ProblemAlert error={error} again={() => void refetch()} /></div>;
  return data ? <ZoneForm key={data.code} zone={data} /> : null;
}

function ZoneForm({ zone }: { zone: Zone | null }) {
  const t = useTexts(en);
  const may = useMay();
  const { locale } = useSpeech();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const names = useMemo(() => new Intl.DisplayNames(locale, { type: 'region', fallback: 'code' }), [locale]);
  const asDraft = (z: Zone) => ({ draft: zoneDraftOf(z), version: z.version });
  const form = useDraftForm<ZoneDraft, Zone>({
    name: zone ? `zone/${zone.code}` : 'zone',
    stored: zone ? asDraft(zone) : { draft: emptyZone, version: null },
    tidied: tidiedZone,
    faultsOf: (draft) => Object.fromEntries(Object.entries(zoneFaultsOf(draft)).map(([field, key]) => [field, t(key)])),
    // A new one is made over nothing: who takes the code of another is told.
    save: ({ draft, version }) => ask(api.PUT('/api/v1/zones/{code}', { params: { path: { code: draft.code.trim() } }, body: zoneBodyOf(draft), headers: ifMatch(version ?? 0) })),
    onSaved: (saved, { version }, begin) => {
      begin(version === null ? emptyZone : zoneDraftOf(saved), version === null ? null : saved.version);
      void queries.invalidateQueries({ queryKey: ['zones'] });
      notify(t(version === null ? 'made' : 'saved', { code: saved.code }));
      void navigate({ to: '/zones' });
    },
    read: async ({ code }) => asDraft(await queries.fetchQuery({ ...zoneOptions(code.trim()), staleTime: 0 })),
  });
  const { draft, faults, isNew } = form;
  const put = (next: CountryDraft[]) => form.change({ countries: next });
  const canWrite = may('nodes:write');
  return (
    <DraftForm
      form={form}
      title={isNew ? t('zones.new') : t('change', { name: form.kept.start.name })}
      beside={!isNew && <Code>{draft.code}</Code>}
      confirm={t(isNew ? 'zones.make' : 'save')}
      away="/zones"
      notSaved={t('zones.notSaved')}
      shownAt={/^(name|#?code)$/}
      clash={{
        of: ['zones', draft.code],
        nameOf: (field) => (field === 'code' || field === 'name' ? t(field) : (names.of(field) ?? field)),
        textOf: (value) => (Array.isArray(value) ? value.join(', ') || t('zones.whole') : String(value ?? '–')),
        split: splitZone,
        join: joinZone,
      }}
    >
      <fieldset className={css.fields} disabled={!canWrite}>
        <div className={css.names}>
          {isNew && <TextInput label={t('code')} value={draft.code} onChange={(e) => form.change({ code: e.currentTarget.value })} error={faults['code']} maxLength={64} data-autofocus />}
          <TextInput label={t('name')} value={draft.name} onChange={(e) => form.change({ name: e.currentTarget.value })} error={faults['name']} maxLength={200} />
        </div>
        <p className="sy-muted">{t('zones.longest')}</p>
        <ul className={css.countries} aria-label={t('zones.where')}>
          {draft.countries.map((c, i) => {
            const set = (change: Partial<CountryDraft>) => put(draft.countries.with(i, { ...c, ...change }));
            const name = c.country ? (names.of(c.country) ?? c.country) : t('zones.country');
            return (
              <li key={i} className={css.country}>
                <Select
                  label={t('zones.country')}
                  value={c.country || null}
                  onChange={(country) => set({ country: country ?? '' })}
                  error={faults[`countries.${i}.country`]}
                  data={countries.map((code) => ({ value: code, label: `${names.of(code) ?? code} (${code})` }))}
                  searchable
                  allowDeselect={false}
                />
                <TagsInput
                  className={css.prefixes}
                  label={t('zones.prefixes')}
                  description={c.prefixes.length === 0 ? t('zones.whole') : undefined}
                  aria-label={t('zones.prefixesOf', { country: name })}
                  value={c.prefixes}
                  onChange={(typed) => set({ prefixes: [...new Set(typed.flatMap(prefixesIn))] })}
                  splitChars={[',', ';', '\n', '\t']}
                  acceptValueOnBlur
                  clearable
                  clearButtonProps={{ 'aria-label': t('zones.clear', { country: name }) }}
                />
                <ActionIcon className={css.remove} aria-label={t('remove', { what: name })} onClick={() => put(draft.countries.toSpliced(i, 1))}>
                  <IconTrash size={16} aria-hidden />
                </ActionIcon>
              </li>
            );
          })}
        </ul>
        <Button className={css.add} variant="default" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => put([...draft.countries, { country: '', prefixes: [] }])}>
          {t('zones.addCountry')}
        </Button>
      </fieldset>
    </DraftForm>
  );
}
