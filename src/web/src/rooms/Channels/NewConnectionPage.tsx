import { Button, NativeSelect, Radio, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api, ask, ifMatch } from '@house/api/client.ts';
import { byField } from '@house/api/problem.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { PageHead } from '@house/parts/PageHead.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { Section } from '@house/parts/Section.tsx';
import { Status } from '@house/parts/Status.tsx';
import { AdapterFacts } from './AdapterFacts.tsx';
import { freshChannel } from './ChannelDialog.tsx';
import { adaptersOptions, channelsOptions, connectionsOptions, connectPage } from './channels.ts';
import css from './Channels.module.css';
import en from './texts.en.ts';

/** The first step: which system, and for which channel of ours. */
export default function NewConnectionPage() {
  const t = useTexts(en);
  const navigate = useNavigate();
  const queries = useQueryClient();
  const adapters = useQuery(adaptersOptions);
  const channels = useQuery(channelsOptions);
  const connections = useQuery(connectionsOptions);
  const [adapter, setAdapter] = useState<string | null>(null);
  const [existing, setExisting] = useState('');
  const [name, setName] = useState<string | null>(null);
  const [code, setCode] = useState<string | null>(null);
  const chosen = adapters.data?.find((a) => a.code === adapter);
  // Offered until somebody writes something else.
  const newName = name ?? chosen?.name ?? '';
  const newCode = code ?? freeCode(chosen?.code ?? '', (channels.data ?? []).map((c) => c.code));
  const free = (channels.data ?? []).filter((c) => !connections.data?.some((k) => k.channel === c.code));
  const isTaken = existing === '' && (channels.data ?? []).some((c) => c.code.toLowerCase() === newCode.trim().toLowerCase());
  const go = useMutation({
    mutationFn: async () => {
      if (existing !== '') return existing;
      const { object: _object, code: _code, version: _version, ...body } = { ...freshChannel, name: newName.trim() };
      return (await ask(api.PUT('/api/v1/channels/{code}', { params: { path: { code: newCode.trim() } }, body, headers: ifMatch(0) }))).code;
    },
    onSuccess: async (channel) => {
      await Promise.all([queries.invalidateQueries({ queryKey: ['channels'] }), queries.invalidateQueries({ queryKey: ['channel-names'] })]);
      void navigate({ to: connectPage(channel), search: { adapter: adapter! } as never });
    },
  });
  const faults = byField(go.error);
  const error = adapters.error ?? channels.error ?? connections.error;
  return (
    <>
      <PageHead title={t('connect')} />
      <div className={css.page}>
        {error && <ProblemAlert error={error} what={t('notLoaded')} again={() => void Promise.all([adapters.refetch(), channels.refetch(), connections.refetch()])} />}
        <form
          className="sy-stack"
          onSubmit={(e) => {
            e.preventDefault();
            if (adapter !== null && !isTaken) go.mutate();
          }}
        >
          <Radio.Group label={t('chooseAdapter')} value={adapter} onChange={setAdapter} required>
            <div className={css.adapters}>
              {adapters.data?.map((a) => (
                <div key={a.code} className={css.adapter}>
                  <span className="sy-row sy-row-wrap">
                    <Radio value={a.code} label={a.name} />
                    <Status tone="neutral" isPlain>
                      {t.maybe(`kind.${a.kind}`)}
                    </Status>
                  </span>
                  <AdapterFacts adapter={a} />
                </div>
              ))}
            </div>
          </Radio.Group>
          {chosen && (
            <Section title={t('forChannel')}>
              <div className={css.fields}>
                {free.length > 0 && <NativeSelect label={t('channel')} value={existing} onChange={(e) => setExisting(e.currentTarget.value)} data={[{ value: '', label: t('channels.new') }, ...free.map((c) => ({ value: c.code, label: c.name }))]} />}
                {existing === '' && (
                  <>
                    <TextInput label={t('channels.name')} required maxLength={200} value={newName} error={faults['name']} onChange={(e) => setName(e.currentTarget.value)} />
                    <TextInput label={t('channels.code')} description={t('channels.code.text')} required maxLength={64} value={newCode} error={isTaken ? t('channels.taken') : faults['code']} onChange={(e) => setCode(e.currentTarget.value)} />
                  </>
                )}
              </div>
              <ProblemAlert error={go.error} shown={['/name', '#code']} />
              <div className={css.buttons}>
                <Button type="submit" loading={go.isPending}>
                  {t('goOn')}
                </Button>
              </div>
            </Section>
          )}
        </form>
      </div>
    </>
  );
}

/** A code that no channel has: shopify, shopify-2, … */
function freeCode(of: string, taken: readonly string[]): string {
  const has = new Set(taken.map((c) => c.toLowerCase()));
  if (!has.has(of)) return of;
  let n = 2;
  while (has.has(`${of}-${n}`)) n++;
  return `${of}-${n}`;
}
