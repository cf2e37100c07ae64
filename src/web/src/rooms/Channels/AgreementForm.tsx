import { Button, NativeSelect, NumberInput, TagsInput, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask, ifMatch } from '@house/api/client.ts';
import { byField } from '@house/api/problem.ts';
import { useSpeech, useTexts } from '@house/i18n/useTexts.tsx';
import { instantOf, localOf } from '@house/i18n/zoned.ts';
import { FieldRows } from '@house/parts/FieldRows.tsx';
import { notify } from '@house/parts/notices.ts';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { Section } from '@house/parts/Section.tsx';
import { bodyOf, type Connection, type Serving } from './channels.ts';
import css from './Channels.module.css';
import en from './texts.en.ts';

interface Props {
  connection: Connection;
  /** Who serves the buyer where nobody says otherwise: the adapter's own. */
  usual: Serving | null;
  confirm: string;
  onSaved: () => void;
}

const usualMethods = ['standard', 'express', 'next-day', 'tracked', 'economy'];

/** What is agreed with a channel: from when on its orders are ours, who writes, refunds and owes the tax, how its delivery methods are called here. */
export function AgreementForm({ connection: c, usual, confirm, onSaved }: Props) {
  const t = useTexts(en);
  const { zone } = useSpeech();
  const queries = useQueryClient();
  const [draft, setDraft] = useState({
    goLive: localOf(c.goLiveAt, zone),
    serving: c.serving,
    methods: Object.entries(c.methods).map(([theirs, ours]) => ({ theirs, ours })),
    buffer: c.buffer,
    callsPerMinute: c.callsPerMinute,
  });
  const set = (change: Partial<typeof draft>) => setDraft((now) => ({ ...now, ...change }));
  const serve = (change: Partial<Serving>) => set({ serving: { ...draft.serving, ...change } });
  const save = useMutation({
    mutationFn: () =>
      ask(
        api.PUT('/api/v1/connections/{channel}', {
          params: { path: { channel: c.channel } },
          body: {
            ...bodyOf(c),
            // What is as the adapter has it stays so when the adapter changes its mind.
            serving: usual !== null && isSame(draft.serving, usual) ? null : draft.serving,
            methods: Object.fromEntries(draft.methods.filter((m) => m.theirs.trim() && m.ours.trim()).map((m) => [m.theirs.trim(), m.ours.trim()])),
            goLiveAt: instantOf(draft.goLive, zone),
            callsPerMinute: draft.callsPerMinute,
            buffer: draft.buffer,
          },
          headers: ifMatch(c.version),
        }),
      ),
    onSuccess: async (saved) => {
      await queries.invalidateQueries({ queryKey: ['connections'] });
      notify(t('saved', { name: saved.channelName }));
      onSaved();
    },
  });
  const faults = byField(save.error);
  const who = (field: 'mailsBuyer' | 'refundsItself' | 'owesTax', yes: 'who.we' | 'who.channel' | 'who.marketplace', no: 'who.we' | 'who.channel') => (
    <NativeSelect label={t(`serving.${field}`)} description={t(`serving.${field}.text`)} value={draft.serving[field] ? 'yes' : 'no'} onChange={(e) => serve({ [field]: e.currentTarget.value === 'yes' })} data={[{ value: 'yes', label: t(yes) }, { value: 'no', label: t(no) }]} />
  );
  return (
    <form
      className={css.form}
      onSubmit={(e) => {
        e.preventDefault();
        save.mutate();
      }}
    >
      <TextInput type="datetime-local" label={t('goLive')} description={t('goLive.text')} value={draft.goLive} maw={320} error={faults['goLiveAt']} onChange={(e) => set({ goLive: e.currentTarget.value })} />
      <Section title={t('serving')} isSide>
        <div className={css.fields}>
          {who('mailsBuyer', 'who.we', 'who.channel')}
          {who('refundsItself', 'who.channel', 'who.we')}
          {who('owesTax', 'who.marketplace', 'who.we')}
          <NumberInput label={t('serving.purgeDays')} description={t('serving.purgeDays.text')} value={draft.serving.purgeDays ?? ''} min={1} max={3650} allowDecimal={false} error={faults['serving.purgeDays']} onChange={(v) => serve({ purgeDays: v === '' ? null : Number(v) })} />
          <TagsInput label={t('serving.relayDomains')} description={t('serving.relayDomains.text')} value={[...draft.serving.relayDomains]} error={faults['serving.relayDomains']} onChange={(relayDomains) => serve({ relayDomains })} />
        </div>
      </Section>
      <Section title={t('methods')} isSide>
        <p className="sy-muted">{t('methods.text')}</p>
        <FieldRows rows={draft.methods} onRows={(methods) => set({ methods })} fresh={{ theirs: draft.methods.length === 0 ? '*' : '', ours: 'standard' }} label={t('methods')} add={t('methods.add')} remove={(m) => t('methods.remove', { name: m.theirs })}>
          {(m, put) => (
            <div className={css.method}>
              <TextInput label={t('methods.theirs')} value={m.theirs} maxLength={200} dir="auto" onChange={(e) => put({ theirs: e.currentTarget.value })} />
              <TextInput label={t('methods.ours')} value={m.ours} maxLength={64} list="usual-methods" onChange={(e) => put({ ours: e.currentTarget.value })} />
            </div>
          )}
        </FieldRows>
        <datalist id="usual-methods">
          {usualMethods.map((m) => (
            <option key={m} value={m} />
          ))}
        </datalist>
      </Section>
      <div className={css.fields}>
        <NumberInput label={t('buffer')} description={t('buffer.text')} value={draft.buffer} min={0} max={1_000_000_000} allowDecimal={false} error={faults['buffer']} onChange={(v) => set({ buffer: Number(v) || 0 })} />
        <NumberInput label={t('calls')} description={t('calls.text')} value={draft.callsPerMinute} min={1} max={60_000} allowDecimal={false} error={faults['callsPerMinute']} onChange={(v) => set({ callsPerMinute: Number(v) || 1 })} />
      </div>
      <ProblemAlert error={save.error} what={t('notSaved')} shown={['/goLiveAt', '/serving/purgeDays', '/serving/relayDomains', '/buffer', '/callsPerMinute']} />
      <div className={css.buttons}>
        <Button type="submit" loading={save.isPending}>
          {confirm}
        </Button>
      </div>
    </form>
  );
}

const isSame = (a: Serving, b: Serving) =>
  a.mailsBuyer === b.mailsBuyer && a.refundsItself === b.refundsItself && a.owesTax === b.owesTax && (a.purgeDays ?? null) === (b.purgeDays ?? null) && a.relayDomains.join(' ') === b.relayDomains.join(' ');
