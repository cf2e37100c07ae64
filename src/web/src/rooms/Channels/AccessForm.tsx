import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask, ifMatch } from '@house/api/client.ts';
import { byField } from '@house/api/problem.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { notify } from '@house/parts/notices.ts';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { accessOf, bodyOf, settingsOf, textsOf, type Adapter, type Connection } from './channels.ts';
import css from './Channels.module.css';
import { useSimulators } from './simulators.ts';
import en from './texts.en.ts';

interface Props {
  channel: string;
  adapter: Adapter;
  /** What is kept already; null: the connection is made by this. */
  connection: Connection | null;
  confirm: string;
  onSaved: (saved: Connection) => void;
}

const below: ('label' | 'input' | 'description' | 'error')[] = ['label', 'input', 'description', 'error'];

/** What an adapter needs to be let in: a form made of its manifest. Secrets are never shown again; one that is left empty stays. */
export function AccessForm({ channel, adapter, connection, confirm, onSaved }: Props) {
  const t = useTexts(en);
  const queries = useQueryClient();
  const [baseUrl, setBaseUrl] = useState(connection?.baseUrl ?? adapter.defaultUrl);
  const [settings, setSettings] = useState<Record<string, string>>(settingsOf(connection));
  const [secrets, setSecrets] = useState<Record<string, string>>({});
  const save = useMutation({
    mutationFn: () => {
      const access = accessOf(adapter, settings, secrets);
      const body = { ...(connection ? bodyOf(connection) : {}), adapter: adapter.code, baseUrl: baseUrl.trim(), settings: access.settings, ...(Object.keys(access.secrets ?? {}).length > 0 ? { secrets: access.secrets } : {}) };
      return ask(api.PUT('/api/v1/connections/{channel}', { params: { path: { channel } }, body, headers: ifMatch(connection?.version ?? 0) }));
    },
    onSuccess: async (saved) => {
      await Promise.all([queries.invalidateQueries({ queryKey: ['connections'] }), queries.invalidateQueries({ queryKey: ['simulators'] })]);
      setSecrets({});
      notify(t('saved', { name: saved.channelName }));
      onSaved(saved);
    },
  });
  const faults = byField(save.error);
  const simulated = useSimulators().find((s) => s.adapter === adapter.code && (s.channel === null || s.channel === channel));
  // What a setting means stands as its adapter's author wrote it.
  const about = (meaning: string, isKept: boolean) => (
    <>
      {isKept && `${t('secretKept')} `}
      <span lang="en">{meaning}</span>
    </>
  );
  return (
    <form
      className={css.form}
      onSubmit={(e) => {
        e.preventDefault();
        save.mutate();
      }}
    >
      {simulated && (
        <div className={css.simulated}>
          <span>{t('sim.useText', { shop: simulated.shop })}</span>
          <Button
            variant="default"
            onClick={() => {
              setBaseUrl(simulated.baseUrl);
              setSettings((now) => ({ ...now, ...textsOf(simulated.settings) }));
              setSecrets(textsOf(simulated.secrets));
            }}
          >
            {t('sim.use')}
          </Button>
        </div>
      )}
      <div className={css.fields}>
        <TextInput inputWrapperOrder={below} label={t('baseUrl')} description={t(adapter.kind === 'shop' ? 'baseUrl.shop' : 'baseUrl.market')} type="url" inputMode="url" value={baseUrl} maxLength={500} required error={faults['baseUrl']} onChange={(e) => setBaseUrl(e.currentTarget.value)} />
        {adapter.settings.map((s) => {
          const isKept = s.isSecret && (connection?.secretNames.includes(s.name) ?? false);
          return s.isSecret ? (
            <PasswordInput
              key={s.name}
              inputWrapperOrder={below}
              label={t.maybe(`setting.${s.name}`)}
              description={about(s.meaning, isKept)}
              value={secrets[s.name] ?? ''}
              required={s.isRequired && !isKept}
              error={faults[`secrets.${s.name}`]}
              autoComplete="new-password"
              visibilityToggleButtonProps={{ 'aria-label': t('seeSecret') }}
              onChange={(e) => {
                const typed = e.currentTarget.value;
                setSecrets((now) => ({ ...now, [s.name]: typed }));
              }}
            />
          ) : (
            <TextInput
              key={s.name}
              inputWrapperOrder={below}
              label={t.maybe(`setting.${s.name}`)}
              description={about(s.meaning, false)}
              value={settings[s.name] ?? ''}
              required={s.isRequired}
              maxLength={1000}
              error={faults[`settings.${s.name}`]}
              onChange={(e) => {
                const typed = e.currentTarget.value;
                setSettings((now) => ({ ...now, [s.name]: typed }));
              }}
            />
          );
        })}
      </div>
      <ProblemAlert error={save.error} what={t('notSaved')} shown={['/baseUrl', ...adapter.settings.map((s) => `/${s.isSecret ? 'secrets' : 'settings'}/${s.name}`)]} />
      <div className={css.buttons}>
        <Button type="submit" loading={save.isPending}>
          {confirm}
        </Button>
      </div>
    </form>
  );
}
