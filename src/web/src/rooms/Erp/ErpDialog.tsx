import { PasswordInput, Select, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask, ifMatch } from '@house/api/client.ts';
import { byField } from '@house/api/problem.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { notify } from '@house/parts/notices.ts';
import { FormDialog } from '@rooms/Settings/FormDialog.tsx';
import css from './Erp.module.css';
import { flows, lines, owners, pairs, strange, type Erp, type ErpAdapter, type Flow } from './erp.ts';
import en from './texts.en.ts';

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Where the ERP is, its keys, who owns what, and which location is which node. */
export function ErpDialog({ erp, adapters, onClose }: { erp: Erp | null; adapters: readonly ErpAdapter[]; onClose: () => void }) {
  const t = useTexts(en);
  const queries = useQueryClient();
  const [code, setCode] = useState(erp?.adapter ?? adapters[0]?.code ?? '');
  const [baseUrl, setBaseUrl] = useState(erp?.baseUrl ?? '');
  const [settings, setSettings] = useState<Record<string, string>>(() => Object.fromEntries(Object.entries(erp?.settings ?? {}).map(([k, v]) => [k, text(v)])));
  const [secrets, setSecrets] = useState<Record<string, string>>({});
  const [owner, setOwner] = useState<Record<string, string>>(() => ({ ...erp?.flows }));
  const [places, setPlaces] = useState(() => lines(erp?.places ?? {}));
  const adapter = adapters.find((a) => a.code === code);
  const filled = Object.entries(settings).filter(([, v]) => v.trim() !== '');
  const save = useMutation({
    mutationFn: () =>
      ask(
        api.PUT('/api/v1/erp', {
          params: erp ? { header: ifMatch(erp.version) } : {},
          body: {
            adapter: code,
            baseUrl: baseUrl.trim(),
            settings: Object.fromEntries(filled.map(([k, v]) => [k, v.trim()])) as unknown as Erp['settings'],
            secrets: Object.fromEntries(Object.entries(secrets).filter(([, v]) => v !== '')),
            flows: owner,
            places: pairs(places),
            liveFrom: erp?.liveFrom ?? null,
            callsPerMinute: erp?.callsPerMinute ?? null,
          },
        }),
      ),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['erp'] });
      notify(t('saved'));
      onClose();
    },
  });
  const faults = byField(save.error);
  const broken = strange(places);
  return (
    <FormDialog
      title={t(erp ? 'change' : 'connect')}
      confirm={t('save')}
      onClose={onClose}
      onSubmit={() => broken.length === 0 && save.mutate()}
      isPending={save.isPending}
      error={save.error}
      shown={Object.keys(faults)}
    >
      <Select
        label={t('adapter')}
        value={code}
        onChange={(v) => v && setCode(v)}
        data={adapters.map((a) => ({ value: a.code, label: a.name }))}
        error={faults['adapter']}
        allowDeselect={false}
      />
      <TextInput
        label={t('baseUrl')}
        description={t('baseUrlText')}
        value={baseUrl}
        onChange={(e) => setBaseUrl(e.currentTarget.value)}
        error={faults['baseUrl']}
        maxLength={500}
        required
        data-autofocus
      />
      <div className={css.fields}>
        {adapter?.settings
          .filter((s) => !s.isSecret)
          .map((s) => (
            <TextInput
              key={s.name}
              label={t.maybe(`setting.${s.name}`)}
              value={settings[s.name] ?? ''}
              onChange={(e) => setSettings({ ...settings, [s.name]: e.currentTarget.value })}
              error={faults[`settings.${s.name}`]}
              maxLength={4000}
              required={s.isRequired}
            />
          ))}
      </div>
      <p className="sy-muted">{t('secretsText')}</p>
      <div className={css.fields}>
        {adapter?.settings
          .filter((s) => s.isSecret && s.name !== 'privateKey')
          .map((s) => (
            <PasswordInput
              key={s.name}
              label={t.maybe(`setting.${s.name}`)}
              placeholder={erp?.secretNames.includes(s.name) ? t('kept') : ''}
              value={secrets[s.name] ?? ''}
              onChange={(e) => setSecrets({ ...secrets, [s.name]: e.currentTarget.value })}
              error={faults[`secrets.${s.name}`]}
              autoComplete="off"
            />
          ))}
      </div>
      {adapter?.settings.some((s) => s.name === 'privateKey') && (
        <Textarea
          label={t.maybe('setting.privateKey')}
          placeholder={erp?.secretNames.includes('privateKey') ? t('kept') : ''}
          value={secrets['privateKey'] ?? ''}
          onChange={(e) => setSecrets({ ...secrets, privateKey: e.currentTarget.value })}
          error={faults['secrets.privateKey']}
          autosize
          minRows={2}
          maxRows={8}
          spellCheck={false}
        />
      )}
      <div className={css.fields}>
        {flows.map((flow: Flow) => (
          <Select
            key={flow}
            label={t(`flow.${flow}`)}
            value={owner[flow] ?? null}
            onChange={(v) => v && setOwner({ ...owner, [flow]: v })}
            data={owners[flow].map((o) => ({ value: o, label: t(`owner.${o}`) }))}
            placeholder={t('usual')}
            error={faults[`flows.${flow}`]}
            allowDeselect={false}
          />
        ))}
      </div>
      <Textarea
        label={t('places')}
        description={t('placesText')}
        value={places}
        onChange={(e) => setPlaces(e.currentTarget.value)}
        error={broken.length > 0 ? t('placesBroken', { line: broken[0]! }) : faults['places']}
        autosize
        minRows={2}
        maxRows={10}
        spellCheck={false}
      />
    </FormDialog>
  );
}
