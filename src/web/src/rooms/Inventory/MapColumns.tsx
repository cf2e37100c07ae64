import { Button, Checkbox, Select, TextInput } from '@mantine/core';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask, type Schema } from '@house/api/client.ts';
import { byField } from '@house/api/problem.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import type { Job } from '@house/parts/jobs.ts';
import { notify } from '@house/parts/notices.ts';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { Section } from '@house/parts/Section.tsx';
import css from './Imports.module.css';
import { columnsOf, oursOf, remap, startImport, type Kind, type Mapping } from './imports.ts';
import { PreviewRows } from './PreviewRows.tsx';
import en from './texts.en.ts';

interface Props {
  file: Schema['UploadView'];
  kind: Kind;
  onStarted: (job: Job) => void;
}

/** What each column of the file means, with what would become of its first rows. */
export function MapColumns({ file, kind, onStarted }: Props) {
  const t = useTexts(en);
  // Of orders a mapping is a document of its own: one of the kept or built-in ones is named.
  const isOrders = kind.kind === 'orders';
  const [mapping, setMapping] = useState<Mapping | null>(null);
  const [saved, setSaved] = useState<string | null>(isOrders ? 'simple' : null);
  const [upsert, setUpsert] = useState(true);
  const [as, setAs] = useState('history');
  const [channel, setChannel] = useState<string | null>(null);
  const wish: Schema['StartImportRequest'] = {
    kind: kind.kind,
    file: file.id,
    upsert,
    ...(isOrders ? { savedMapping: saved, as, channel } : mapping ? { mapping } : {}),
  };
  const { data: preview, error, isFetching } = useQuery({
    queryKey: ['imports', 'preview', wish],
    queryFn: ({ signal }) => ask(api.POST('/api/v1/imports/preview', { body: wish, signal })),
    placeholderData: keepPreviousData,
    retry: false,
  });
  const { data: channels } = useQuery({
    queryKey: ['channels', 'names'],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/channels', { params: { query: { limit: 250 } }, signal })),
    enabled: isOrders,
    retry: false,
  });
  const start = useMutation({ mutationFn: (dryRun: boolean) => startImport({ ...wish, dryRun }), onSuccess: onStarted });
  const shown: Mapping = mapping ?? (preview?.mapping as Mapping | undefined) ?? {};
  const missing = kind.columns.filter((c) => c.isRequired && !isOrders && preview && !shown.columns?.[c.name]);
  const isReady = Boolean(preview) && missing.length === 0 && (preview?.problems.length ?? 1) === 0 && !isFetching;

  return (
    <>
      <Section title={t('map.title')} beside={t('map.beside')}>
        <div className={css.settings}>
          <SavedMappings kind={kind.kind} value={saved} isOrders={isOrders} onChoose={(name, kept) => (setSaved(name), setMapping(kept))} />
          {isOrders ? (
            <>
              <Select label={t('map.as')} value={as} onChange={(v) => setAs(v ?? 'history')} allowDeselect={false} data={[{ value: 'history', label: t('map.history') }, { value: 'open', label: t('map.openOrders') }]} />
              <Select label={t('map.channel')} value={channel} onChange={setChannel} data={(channels?.data ?? []).map((c) => ({ value: c.code, label: c.name }))} />
            </>
          ) : (
            <Select
              label={t('map.decimal')}
              value={shown.decimalMark ?? '.'}
              onChange={(v) => setMapping({ ...shown, decimalMark: v })}
              allowDeselect={false}
              data={[{ value: '.', label: t('map.point') }, { value: ',', label: t('map.comma') }]}
            />
          )}
        </div>
        {!isOrders && preview && (
          <table className={`sy-table ${css.map}`}>
            <caption className="sy-hidden">{t('map.title')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('map.header')}</th>
                <th scope="col">{t('map.sample')}</th>
                <th scope="col">{t('map.means')}</th>
              </tr>
            </thead>
            <tbody>
              {preview.headers.map((header, i) => (
                <tr key={`${header}${i}`}>
                  <th scope="row" dir="auto">{header}</th>
                  <td className="sy-muted sy-clip" dir="auto">{preview.rows[0]?.cells[i] ?? ''}</td>
                  <td>
                    <Select
                      aria-label={t('map.meansOf', { header })}
                      placeholder={t('map.notRead')}
                      value={oursOf(shown, header)}
                      onChange={(ours) => setMapping(remap(shown, header, ours))}
                      data={columnsOf(kind).map((c) => ({ value: c, label: t.maybe(`file.${c}`) }))}
                      clearable
                      searchable
                      clearButtonProps={{ 'aria-label': t('map.notRead') }}
                    />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        {!isOrders && preview && <KeepMapping kind={kind.kind} mapping={shown} isReady={missing.length === 0} />}
      </Section>
      <ProblemAlert error={error} what={t('preview.failed')} />
      {preview && missing.length > 0 && <p className={css.missing} role="status">{t('map.missing', { columns: missing.map((c) => t.maybe(`file.${c.name}`)).join(', ') })}</p>}
      {preview && missing.length === 0 && <PreviewRows preview={preview} mapping={shown} />}
      <ProblemAlert error={start.error} what={t('imports.notStarted')} />
      <div className={css.foot}>
        {!isOrders && <Checkbox label={t('map.upsert')} checked={upsert} onChange={(e) => setUpsert(e.currentTarget.checked)} />}
        <span className="sy-grow" />
        <Button variant="default" disabled={!isReady} loading={start.isPending && start.variables} onClick={() => start.mutate(true)}>
          {t('checkAll')}
        </Button>
        <Button disabled={!isReady} loading={start.isPending && !start.variables} onClick={() => start.mutate(false)}>
          {t('import.go')}
        </Button>
      </div>
    </>
  );
}

const builtIn = ['simple', 'shopify-orders', 'amazon-orders', 'ebay-orders', 'magento-orders', 'mintsoft', 'online-retail', 'olist'];

function SavedMappings({ kind, value, isOrders, onChoose }: { kind: string; value: string | null; isOrders: boolean; onChoose: (name: string | null, mapping: Mapping | null) => void }) {
  const t = useTexts(en);
  const { data } = useQuery({
    queryKey: ['imports', 'mappings', kind],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/import-mappings', { params: { query: { kind } }, signal })),
  });
  const kept = data?.data ?? [];
  const names = [...new Set([...(isOrders ? builtIn : []), ...kept.map((m) => m.name)])];
  return (
    <Select
      label={t('map.saved')}
      placeholder={names.length === 0 ? t('map.noneSaved') : t('map.guessed')}
      value={value}
      onChange={(name) => onChoose(name, isOrders ? null : ((kept.find((m) => m.name === name)?.mapping as Mapping | undefined) ?? null))}
      data={names}
      clearable={!isOrders}
      allowDeselect={!isOrders}
      disabled={names.length === 0}
      clearButtonProps={{ 'aria-label': t('map.guessed') }}
    />
  );
}

/** For the next file of the same sender. */
function KeepMapping({ kind, mapping, isReady }: { kind: string; mapping: Mapping; isReady: boolean }) {
  const t = useTexts(en);
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const keep = useMutation({
    mutationFn: () => ask(api.PUT('/api/v1/import-mappings/{kind}/{name}', { params: { path: { kind, name: name.trim() } }, body: { mapping } })),
    onSuccess: () => {
      notify(t('map.kept', { name: name.trim() }));
      setName('');
      void queries.invalidateQueries({ queryKey: ['imports', 'mappings', kind] });
    },
  });
  return (
    <form
      className={css.keep}
      onSubmit={(e) => {
        e.preventDefault();
        keep.mutate();
      }}
    >
      <TextInput aria-label={t('map.keepName')} placeholder={t('map.keepName')} value={name} onChange={(e) => setName(e.currentTarget.value)} maxLength={80} error={byField(keep.error)['name']} />
      <Button type="submit" variant="default" disabled={!isReady || name.trim() === ''} loading={keep.isPending}>
        {t('map.keep')}
      </Button>
      <ProblemAlert error={keep.error} what={t('map.notKept')} />
    </form>
  );
}
