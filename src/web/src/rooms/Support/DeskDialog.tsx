import { Checkbox, MultiSelect, PasswordInput, Select, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask, ifMatch } from '@house/api/client.ts';
import { byField } from '@house/api/problem.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { notify } from '@house/parts/notices.ts';
import { useSession } from '@house/session.tsx';
import words from '@house/words/texts.en.ts';
import { AmountInput } from '@rooms/Settings/AmountInput.tsx';
import { FormDialog } from '@rooms/Settings/FormDialog.tsx';
import { macros, offered, type Desk } from './desks.ts';
import en from './texts.en.ts';

const textsOf = (settings: Desk['settings'] | undefined): Record<string, string> =>
  Object.fromEntries(Object.entries((settings ?? {}) as Record<string, unknown>).map(([name, value]) => [name, typeof value === 'string' ? value : '']));

/** Where a desk is, what agents may do from it, and which troubles open a ticket. */
export function DeskDialog({ desk, taken, onClose }: { desk: Desk | null; taken: readonly string[]; onClose: () => void }) {
  const t = useTexts(en);
  const word = useTexts(words);
  const { session } = useSession();
  const queries = useQueryClient();
  const adapters = useQuery({ queryKey: ['support-adapters'], queryFn: ({ signal }) => ask(api.GET('/api/v1/support-adapters', { signal })), staleTime: 5 * 60_000 });
  const [form, setForm] = useState(() => ({
    code: desk?.code ?? '',
    name: desk?.name ?? '',
    adapter: desk?.adapter ?? '',
    baseUrl: desk?.baseUrl ?? '',
    settings: textsOf(desk?.settings),
    secrets: {} as Record<string, string>,
    troubles: desk ? [...desk.troubles] : ['parcel_lost', 'parcel_exception'],
    macros: desk ? [...desk.macros] : ([...macros] as string[]),
    refundMostMinor: desk?.refundMostMinor ?? null,
    isActive: desk ? desk.state === 'active' : true,
  }));
  const put = (change: Partial<typeof form>) => setForm((now) => ({ ...now, ...change }));
  const adapter = adapters.data?.data.find((a) => a.code === form.adapter);
  const code = form.code.trim();
  const isTaken = !desk && taken.includes(code);
  const plain = (adapter?.settings ?? []).filter((s) => !s.isSecret && form.settings[s.name]?.trim());
  const settings = Object.fromEntries(plain.map((s) => [s.name, form.settings[s.name]!.trim()]));
  const save = useMutation({
    mutationFn: () =>
      ask(
        api.PUT('/api/v1/support-desks/{code}', {
          params: { path: { code }, ...(desk ? { header: ifMatch(desk.version) } : {}) },
          body: {
            adapter: form.adapter,
            name: form.name.trim() || null,
            baseUrl: form.baseUrl.trim(),
            isActive: form.isActive,
            troubles: form.troubles,
            macros: form.macros,
            refundMostMinor: form.refundMostMinor,
            settings: settings as unknown as Desk['settings'],
            secrets: Object.fromEntries(Object.entries(form.secrets).filter(([, value]) => value !== '')),
            callsPerMinute: desk && desk.adapter === form.adapter ? desk.callsPerMinute : null,
          },
        }),
      ),
    onSuccess: async (saved) => {
      await queries.invalidateQueries({ queryKey: ['support-desks'] });
      notify(t('saved', { name: saved.name }));
      onClose();
    },
  });
  const faults = byField(save.error);
  const kinds = [...new Set([...offered, ...form.troubles])];
  const own = (adapter?.settings ?? []).map((s) => `/${s.isSecret ? 'secrets' : 'settings'}/${s.name}`);
  const shown = ['#code', '/name', '/adapter', '/baseUrl', '/troubles', '/macros', '/refundMostMinor', ...own];
  return (
    <FormDialog
      title={desk ? t('changeOf', { name: desk.name }) : t('new')}
      confirm={t('save')}
      onClose={onClose}
      onSubmit={() => !isTaken && save.mutate()}
      isPending={save.isPending}
      error={save.error ?? adapters.error}
      shown={shown}
    >
      <TextInput
        label={t('field.code')}
        description={t('field.codeText')}
        value={form.code}
        onChange={(e) => put({ code: e.currentTarget.value })}
        error={isTaken ? t('field.codeTaken') : faults['code']}
        maxLength={40}
        disabled={desk !== null}
        required
        data-autofocus
      />
      <TextInput label={t('field.name')} value={form.name} onChange={(e) => put({ name: e.currentTarget.value })} error={faults['name']} maxLength={100} />
      <Select
        label={t('field.adapter')}
        value={form.adapter || null}
        allowDeselect={false}
        onChange={(v) => v && put({ adapter: v, secrets: {} })}
        error={faults['adapter']}
        data={(adapters.data?.data ?? []).map((a) => ({ value: a.code, label: a.name }))}
        required
      />
      <TextInput
        label={t('field.baseUrl')}
        description={t('field.baseUrlText')}
        value={form.baseUrl}
        onChange={(e) => put({ baseUrl: e.currentTarget.value })}
        error={faults['baseUrl']}
        maxLength={500}
        required
      />
      {adapter?.settings.map((s) =>
        s.isSecret ? (
          <PasswordInput
            key={s.name}
            label={t.maybe(`setting.${s.name}`)}
            description={desk?.secretNames.includes(s.name) ? t('field.kept') : undefined}
            value={form.secrets[s.name] ?? ''}
            onChange={(e) => put({ secrets: { ...form.secrets, [s.name]: e.currentTarget.value } })}
            error={faults[`secrets.${s.name}`]}
            required={s.isRequired && !desk?.secretNames.includes(s.name)}
            autoComplete="off"
          />
        ) : (
          <TextInput
            key={s.name}
            label={t.maybe(`setting.${s.name}`)}
            value={form.settings[s.name] ?? ''}
            onChange={(e) => put({ settings: { ...form.settings, [s.name]: e.currentTarget.value } })}
            error={faults[`settings.${s.name}`]}
            maxLength={1000}
            required={s.isRequired}
          />
        ),
      )}
      <MultiSelect
        label={t('field.troubles')}
        description={t('field.troublesText')}
        value={form.troubles}
        onChange={(troubles) => put({ troubles })}
        data={kinds.map((k) => ({ value: k, label: word.maybe(`hold.${k}`) }))}
        error={faults['troubles']}
        searchable
      />
      <MultiSelect
        label={t('field.macros')}
        description={t('field.macrosText')}
        value={form.macros}
        onChange={(chosen) => put({ macros: chosen })}
        data={macros.map((m) => ({ value: m, label: t(`macro.${m}`) }))}
        error={faults['macros']}
      />
      {form.macros.includes('refund') && (
        <AmountInput
          label={t('field.refundMost')}
          currency={desk?.currency ?? session.baseCurrency ?? 'GBP'}
          value={form.refundMostMinor}
          onChange={(refundMostMinor) => put({ refundMostMinor })}
          error={faults['refundMostMinor']}
        />
      )}
      <Checkbox label={t('field.isActive')} checked={form.isActive} onChange={(e) => put({ isActive: e.currentTarget.checked })} />
    </FormDialog>
  );
}
