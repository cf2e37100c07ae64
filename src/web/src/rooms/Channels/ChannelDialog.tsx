import { Checkbox, NumberInput, Select, TagsInput, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask, ifMatch } from '@house/api/client.ts';
import { byField } from '@house/api/problem.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { notify } from '@house/parts/notices.ts';
import { useSession } from '@house/session.tsx';
import { AmountInput } from '@rooms/Settings/AmountInput.tsx';
import { FormDialog } from '@rooms/Settings/FormDialog.tsx';
import type { Channel } from './channels.ts';
import en from './texts.en.ts';

const kinds = ['warehouse', 'store', '3pl', 'supplier'] as const;
export const freshChannel: Channel = {
  object: 'channel', code: '', name: '', onShort: 'hold', splitPenaltyMinor: 0, buffer: 0, excludedNodeKinds: [], version: 0, graceMinutes: 0, urgentMethods: [], acceptsCancels: true,
  paymentRule: 'authorised', release: 'manual', closeAfterDays: 14, riskMinutes: 120, allowSubstitutes: false,
};

/** How the orders of a channel are served; a new channel is made by it too. */
export function ChannelDialog({ channel, taken, onClose }: { channel: Channel; taken: readonly string[]; onClose: () => void }) {
  const t = useTexts(en);
  const queries = useQueryClient();
  const { session } = useSession();
  const [draft, setDraft] = useState(channel);
  const set = (change: Partial<Channel>) => setDraft((now) => ({ ...now, ...change }));
  const isNew = channel.version === 0;
  const save = useMutation({
    mutationFn: () => {
      const { object: _object, code, version: _version, ...body } = draft;
      return ask(api.PUT('/api/v1/channels/{code}', { params: { path: { code: code.trim() } }, body, headers: ifMatch(channel.version) }));
    },
    onSuccess: async (saved) => {
      await Promise.all([queries.invalidateQueries({ queryKey: ['channels'] }), queries.invalidateQueries({ queryKey: ['channel-names'] })]);
      notify(t('channels.saved', { name: saved.name }));
      onClose();
    },
  });
  const faults = byField(save.error);
  const isTaken = isNew && taken.includes(draft.code.trim().toLowerCase());
  const whole = (field: 'buffer' | 'graceMinutes' | 'closeAfterDays' | 'riskMinutes', most: number, least = 0) => ({
    label: t(`channels.${field}`), description: t(`channels.${field}.text`), value: draft[field], min: least, max: most, allowDecimal: false, error: faults[field], onChange: (v: number | string) => set({ [field]: Number(v) || least }),
  });
  const choice = <F extends 'onShort' | 'paymentRule' | 'release'>(field: F, values: readonly string[], words: string) => ({
    label: t(`channels.${field}`), value: draft[field], allowDeselect: false, error: faults[field], data: values.map((value) => ({ value, label: t.maybe(`channels.${words}.${value}`) })), onChange: (v: string | null) => v && set({ [field]: v } as Partial<Channel>),
  });
  return (
    <FormDialog
      title={isNew ? t('channels.new') : channel.name}
      confirm={t('save')}
      onClose={onClose}
      onSubmit={() => !isTaken && save.mutate()}
      isPending={save.isPending}
      error={save.error}
      shown={['#code', '/name', '/onShort', '/paymentRule', '/release', '/splitPenaltyMinor', '/buffer', '/graceMinutes', '/urgentMethods', '/closeAfterDays', '/riskMinutes', '/excludedNodeKinds']}
    >
      {isNew && <TextInput label={t('channels.code')} description={t('channels.code.text')} required maxLength={64} value={draft.code} onChange={(e) => set({ code: e.currentTarget.value })} error={isTaken ? t('channels.taken') : faults['code']} data-autofocus />}
      <TextInput label={t('channels.name')} required maxLength={200} value={draft.name} onChange={(e) => set({ name: e.currentTarget.value })} error={faults['name']} data-autofocus={!isNew || undefined} />
      <Select {...choice('onShort', ['refuse', 'hold', 'backorder'], 'short')} />
      <Checkbox label={t('channels.allowSubstitutes')} description={t('channels.allowSubstitutes.text')} checked={draft.allowSubstitutes} onChange={(e) => set({ allowSubstitutes: e.currentTarget.checked })} />
      <Select {...choice('release', ['manual', 'automatic'], 'release')} />
      <Select {...choice('paymentRule', ['authorised', 'paid'], 'payment')} />
      <NumberInput {...whole('graceMinutes', 10_080)} />
      <TagsInput label={t('channels.urgentMethods')} description={t('channels.urgentMethods.text')} value={[...draft.urgentMethods]} onChange={(urgentMethods) => set({ urgentMethods })} error={faults['urgentMethods']} />
      <Checkbox label={t('channels.acceptsCancels')} description={t('channels.acceptsCancels.text')} checked={draft.acceptsCancels} onChange={(e) => set({ acceptsCancels: e.currentTarget.checked })} />
      <NumberInput {...whole('buffer', 1_000_000_000)} />
      <AmountInput label={t('channels.splitPenalty')} currency={session.baseCurrency ?? 'GBP'} value={draft.splitPenaltyMinor} onChange={(minor) => set({ splitPenaltyMinor: minor ?? 0 })} error={faults['splitPenaltyMinor']} />
      <Checkbox.Group label={t('channels.excluded')} description={t('channels.excluded.text')} value={[...draft.excludedNodeKinds]} onChange={(excludedNodeKinds) => set({ excludedNodeKinds })}>
        <div className="sy-stack">
          {kinds.map((k) => <Checkbox key={k} value={k} label={t(`channels.kind.${k}`)} />)}
        </div>
      </Checkbox.Group>
      <NumberInput {...whole('riskMinutes', 20_160)} />
      <NumberInput {...whole('closeAfterDays', 365, 1)} />
    </FormDialog>
  );
}
