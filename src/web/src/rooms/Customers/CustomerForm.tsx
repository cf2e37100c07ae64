import { ActionIcon, Button, Select, TagsInput, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { api, ask } from '@house/api/client.ts';
import { byField } from '@house/api/problem.ts';
import { IconPlus, IconTrash } from '@house/icons.ts';
import { useSpeech, useTexts } from '@house/i18n/useTexts.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import css from './CustomerForm.module.css';
import { addressFields, contactFields, emptyAddress, emptyContact, type Draft } from './draft.ts';
import en from './texts.en.ts';

const languages = ['en', 'de', 'fr', 'es', 'it', 'nl', 'pl', 'pt', 'sv', 'da', 'cs', 'ar', 'he', 'ja', 'zh'];

interface Props {
  start: Draft;
  confirm: string;
  onSave: (draft: Draft) => void;
  onBack: () => void;
  isPending: boolean;
  error: unknown;
  isRelay?: boolean;
}

/** All that is kept of a customer, in one form; each fault stands at its field. */
export function CustomerForm({ start, confirm, onSave, onBack, isPending, error, isRelay = false }: Props) {
  const t = useTexts(en);
  const { locale } = useSpeech();
  const [draft, setDraft] = useState(start);
  const set = (change: Partial<Draft>) => setDraft((now) => ({ ...now, ...change }));
  const channels = useQuery({
    queryKey: ['channels', 'names'],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/channels', { params: { query: { limit: 250 } }, signal })),
    staleTime: 5 * 60_000,
    retry: false,
  });
  const faults = byField(error);
  const under = (begin: string) => Object.entries(faults).find(([path]) => path.startsWith(begin))?.[1];
  const names = new Intl.DisplayNames(locale, { type: 'language', fallback: 'code' });
  const text = (field: 'name' | 'email' | 'phone' | 'vatNumber') => ({
    value: draft[field],
    error: faults[field],
    onChange: (e: { currentTarget: { value: string } }) => set({ [field]: e.currentTarget.value }),
    autoComplete: 'off',
    dir: 'auto' as const,
  });
  const listed = Object.keys(faults).map((path) => `/${path.replaceAll('.', '/')}`);
  return (
    <form
      className={css.form}
      onSubmit={(e) => {
        e.preventDefault();
        onSave(draft);
      }}
    >
      <div className={css.fields}>
        <Select label={t('kind')} value={draft.kind} allowDeselect={false} onChange={(v) => set({ kind: v === 'company' ? 'company' : 'person' })} data={(['person', 'company'] as const).map((k) => ({ value: k, label: t(`kind.${k}`) }))} />
        <TextInput label={t('name')} {...text('name')} data-autofocus />
        <TextInput label={t('email')} type="email" {...text('email')} description={isRelay && t('relay.text')} />
        <TextInput label={t('phone')} type="tel" {...text('phone')} dir="ltr" />
        <TagsInput label={t('otherEmails.field')} value={draft.otherEmails} onChange={(otherEmails) => set({ otherEmails })} error={under('otherEmails')} />
        <Select label={t('language')} value={draft.language || null} onChange={(v) => set({ language: v ?? '' })} clearable searchable clearButtonProps={{ 'aria-label': t('clear') }} data={[...new Set([...languages, draft.language].filter(Boolean))].map((l) => ({ value: l, label: names.of(l) ?? l }))} error={faults['language']} />
        {draft.kind === 'company' && <TextInput label={t('vatNumber')} {...text('vatNumber')} />}
        <Select label={t('substitutes')} description={t('substitutes.text')} value={draft.substitutes} allowDeselect={false} onChange={(v) => set({ substitutes: v === 'yes' || v === 'no' ? v : '' })} data={[{ value: '', label: t('substitutes.channel') }, { value: 'yes', label: t('substitutes.yes') }, { value: 'no', label: t('substitutes.no') }]} />
        <TagsInput label={t('tags')} value={draft.tags} onChange={(tags) => set({ tags })} error={under('tags')} />
      </div>
      <Many title={t('addresses')} add={t('address.add')} onAdd={() => set({ addresses: [...draft.addresses, emptyAddress] })}>
        {draft.addresses.map((address, i) => (
          <fieldset key={i} className={css.one}>
            <legend>{t('address.n', { n: i + 1 })}</legend>
            <Remove label={t('address.remove', { n: i + 1 })} onClick={() => set({ addresses: draft.addresses.toSpliced(i, 1) })} />
            <div className={css.fields}>
              <TextInput label={t('address.label')} value={address.label} error={faults[`addresses.${i}.label`]} onChange={(e) => set({ addresses: draft.addresses.with(i, { ...address, label: e.currentTarget.value }) })} autoComplete="off" dir="auto" />
              <Select label={t('address.use')} value={address.use} allowDeselect={false} onChange={(v) => set({ addresses: draft.addresses.with(i, { ...address, use: v ?? '' }) })} data={[{ value: '', label: t('use.both') }, { value: 'shipping', label: t('use.shipping') }, { value: 'billing', label: t('use.billing') }]} />
              {addressFields.map((field) => (
                <TextInput
                  key={field}
                  label={t(`address.${field}`)}
                  value={address[field]}
                  error={faults[`addresses.${i}.${field}`]}
                  autoComplete="off"
                  dir="auto"
                  onChange={(e) => set({ addresses: draft.addresses.with(i, { ...address, [field]: e.currentTarget.value }) })}
                />
              ))}
            </div>
          </fieldset>
        ))}
      </Many>
      {draft.kind === 'company' && (
        <Many title={t('contacts')} add={t('contact.add')} onAdd={() => set({ contacts: [...draft.contacts, emptyContact] })}>
          {draft.contacts.map((contact, i) => (
            <fieldset key={i} className={css.one}>
              <legend>{t('contact.n', { n: i + 1 })}</legend>
              <Remove label={t('contact.remove', { n: i + 1 })} onClick={() => set({ contacts: draft.contacts.toSpliced(i, 1) })} />
              <div className={css.fields}>
                {contactFields.map((field) => (
                  <TextInput key={field} label={t(field)} value={contact[field]} error={faults[`contacts.${i}.${field}`]} autoComplete="off" dir="auto" onChange={(e) => set({ contacts: draft.contacts.with(i, { ...contact, [field]: e.currentTarget.value }) })} />
                ))}
              </div>
            </fieldset>
          ))}
        </Many>
      )}
      <Many title={t('numbers')} add={t('number.add')} onAdd={() => set({ externalIds: [...draft.externalIds, { channel: channels.data?.data[0]?.code ?? '', id: '' }] })}>
        {draft.externalIds.map((one, i) => (
          <div key={i} className={css.number}>
            <Select
              aria-label={t('number.channel', { n: i + 1 })}
              value={one.channel || null}
              allowDeselect={false}
              error={faults[`externalIds.${i}.channel`]}
              onChange={(v) => set({ externalIds: draft.externalIds.with(i, { ...one, channel: v ?? '' }) })}
              data={[...new Set([...(channels.data?.data ?? []).map((c) => c.code), one.channel].filter(Boolean))]}
            />
            <TextInput aria-label={t('number.id', { n: i + 1 })} value={one.id} error={faults[`externalIds.${i}.id`] ?? faults[`externalIds.${i}`]} onChange={(e) => set({ externalIds: draft.externalIds.with(i, { ...one, id: e.currentTarget.value }) })} autoComplete="off" dir="auto" />
            <Remove label={t('number.remove', { n: i + 1 })} onClick={() => set({ externalIds: draft.externalIds.toSpliced(i, 1) })} />
          </div>
        ))}
      </Many>
      <ProblemAlert error={error} what={t('notSaved')} shown={listed} />
      <div className={css.buttons}>
        <Button variant="default" onClick={onBack}>
          {t('back')}
        </Button>
        <Button type="submit" loading={isPending}>
          {confirm}
        </Button>
      </div>
    </form>
  );
}

/** A list of rows that grows and shrinks. */
function Many({ title, add, onAdd, children }: { title: string; add: string; onAdd: () => void; children: ReactNode }) {
  return (
    <section className={css.many} aria-label={title}>
      <h2 className={css.heading}>{title}</h2>
      {children}
      <div>
        <Button variant="subtle" size="compact-sm" leftSection={<IconPlus size={14} aria-hidden />} onClick={onAdd}>
          {add}
        </Button>
      </div>
    </section>
  );
}

function Remove({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <ActionIcon className={css.remove} aria-label={label} title={label} onClick={onClick}>
      <IconTrash size={16} aria-hidden />
    </ActionIcon>
  );
}
