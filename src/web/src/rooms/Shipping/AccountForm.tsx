import { Checkbox, NativeSelect, NumberInput, PasswordInput, TagsInput, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { api, ask, ifMatch } from '@house/api/client.ts';
import { useSpeech, useTexts } from '@house/i18n/useTexts.tsx';
import { Code } from '@house/parts/Code.tsx';
import { DraftForm } from '@house/parts/DraftForm.tsx';
import { FieldRows } from '@house/parts/FieldRows.tsx';
import { notify } from '@house/parts/notices.ts';
import { Section } from '@house/parts/Section.tsx';
import { useMay, useSession } from '@house/session.tsx';
import { useDraftForm } from '@house/useDraftForm.ts';
import { allNodesOptions } from '@rooms/Nodes/nodes.ts';
import { accountsOptions, bodyOf, draftOf, emptyAccount, emptyService, faultsOf, messagesAddress, tidied, type Account, type AccountDraft, type Adapter } from './accounts.ts';
import css from './Shipping.module.css';
import en from './texts.en.ts';

/** Fields of a row stand side by side, whichever of them has a word more to say. */
const below: ('label' | 'input' | 'description' | 'error')[] = ['label', 'input', 'description', 'error'];

interface Props {
  /** By which unsaved changes are found again. */
  name: string;
  adapters: Adapter[];
  stored: Account | null;
}

/** An account to be made or changed: what its adapter asks, which services are used for what, and how long one waits. */
export function AccountForm({ name, adapters, stored }: Props) {
  const t = useTexts(en);
  const may = useMay();
  const { session } = useSession();
  const { locale } = useSpeech();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const currency = session.baseCurrency ?? 'GBP';
  const { data: nodes = [] } = useQuery({ ...allNodesOptions, enabled: may('nodes:read') });
  const { data: cards = [] } = useQuery({ queryKey: ['rate-cards', 'all'], queryFn: async ({ signal }) => (await ask(api.GET('/api/v1/rate-cards', { params: { query: { limit: 250 } }, signal }))).data, retry: false });
  const adapterOf = (d: AccountDraft) => adapters.find((a) => a.code === d.adapter);
  const form = useDraftForm<AccountDraft, Account>({
    name,
    stored: stored ? { draft: draftOf(stored, currency, locale), version: stored.version } : { draft: emptyAccount, version: null },
    tidied,
    faultsOf: (d) => Object.fromEntries(Object.entries(faultsOf(d, adapterOf(d), stored?.secretsSet ?? [], currency, locale)).map(([field, key]) => [field, t(`fault.${key}`)])),
    save: ({ draft, version }) =>
      ask(api.PUT('/api/v1/carrier-accounts/{code}', { params: { path: { code: draft.code.trim() } }, body: bodyOf(draft, adapterOf(draft), currency, locale), headers: ifMatch(version ?? 0) })),
    onSaved: async (saved, { version }, begin) => {
      begin(draftOf(saved, currency, locale), saved.version);
      await queries.invalidateQueries({ queryKey: ['carrier-accounts'] });
      notify(t(version === null ? 'account.made' : 'account.saved', { name: saved.name }));
      void navigate({ to: '/settings/carriers' });
    },
    read: async ({ code }) => {
      const now = (await queries.fetchQuery({ ...accountsOptions, staleTime: 0 })).find((a) => a.code === code.trim());
      return now ? { draft: draftOf(now, currency, locale), version: now.version } : { draft: emptyAccount, version: null };
    },
  });
  const { draft, change, faults, isNew } = form;
  const adapter = adapterOf(draft);
  const set = (part: Partial<AccountDraft>) => change(part);
  const number = (field: 'callsPerMinute' | 'stallHours' | 'lostDays' | 'claimDays', min = 1) => (
    <NumberInput label={t(`field.${field}`)} value={draft[field]} min={min} allowDecimal={false} onChange={(v) => set({ [field]: v === '' ? '' : Number(v) })} error={faults[field]} />
  );
  return (
    <DraftForm
      form={form}
      title={isNew ? t('accounts.new') : t('account.title', { name: form.kept.start.name })}
      beside={!isNew && <Code>{draft.code}</Code>}
      confirm={t(isNew ? 'account.make' : 'account.save')}
      away="/settings/carriers"
      notSaved={t('account.notSaved')}
      shownAt={/^(code|name|adapter|baseUrl|node|callsPerMinute|stallHours|lostDays|claimDays|coverMinor|messageSecret|settings\.|secrets\.|services\.\d+\.(service|name|minDays|co2Grams|maxGrams))/}
      clash={{ of: ['carrier-accounts', draft.code], nameOf: (field) => t.maybe(`field.${field}`), hidden: ['secrets', 'messageSecret'] }}
    >
      <div className={css.form}>
        <Section title={t('account.what')}>
          <div className={css.fields}>
            <NativeSelect
              label={t('field.adapter')}
              value={draft.adapter}
              onChange={(e) => {
                const chosen = adapters.find((a) => a.code === e.currentTarget.value);
                const was = adapter?.name;
                set({ adapter: e.currentTarget.value, ...(isNew && chosen ? { baseUrl: chosen.defaultUrl, ...(draft.name === '' || draft.name === was ? { name: chosen.name } : {}), ...(draft.code === '' || draft.code === adapter?.code ? { code: chosen.code } : {}) } : {}) });
              }}
              data={[{ value: '', label: t('account.choose'), disabled: true }, ...adapters.map((a) => ({ value: a.code, label: a.name }))]}
              disabled={!isNew}
              error={faults['adapter']}
              required
            />
            <TextInput label={t('field.name')} value={draft.name} onChange={(e) => set({ name: e.currentTarget.value })} error={faults['name']} required />
            {isNew && <TextInput inputWrapperOrder={below} label={t('field.code')} description={t('field.code.about')} value={draft.code} onChange={(e) => set({ code: e.currentTarget.value })} error={faults['code']} required />}
            <NativeSelect label={t('field.node')} value={draft.node} onChange={(e) => set({ node: e.currentTarget.value })} error={faults['node']} data={[{ value: '', label: t('account.allNodes') }, ...nodes.map((n) => ({ value: n.code, label: `${n.code} · ${n.name}` }))]} />
          </div>
          <Checkbox label={t('field.isActive')} checked={draft.isActive} onChange={(e) => set({ isActive: e.currentTarget.checked })} />
        </Section>
        {adapter && (
          <Section title={t('account.access')}>
            <div className={css.fields}>
              {adapter.settings.map((s) =>
                s.isSecret ? (
                  <PasswordInput inputWrapperOrder={below}
                    key={s.name}
                    label={t.maybe(`setting.${s.name}`)}
                    description={stored?.secretsSet.includes(s.name) ? t('account.secretSet') : undefined}
                    value={draft.secrets[s.name] ?? ''}
                    onChange={(e) => set({ secrets: { ...draft.secrets, [s.name]: e.currentTarget.value } })}
                    error={faults[`secrets.${s.name}`]}
                    required={s.isRequired && !stored?.secretsSet.includes(s.name)}
                    autoComplete="new-password"
                    visibilityToggleButtonProps={{ 'aria-label': t('account.seeSecret') }}
                  />
                ) : s.name === 'rateCard' && cards.length > 0 ? (
                  <NativeSelect
                    key={s.name}
                    label={t('setting.rateCard')}
                    value={draft.settings[s.name] ?? ''}
                    onChange={(e) => set({ settings: { ...draft.settings, [s.name]: e.currentTarget.value } })}
                    error={faults[`settings.${s.name}`]}
                    required={s.isRequired}
                    data={[{ value: '', label: t('account.noCard') }, ...cards.map((c) => ({ value: c.code, label: c.name })), ...(draft.settings[s.name] && !cards.some((c) => c.code === draft.settings[s.name]) ? [{ value: draft.settings[s.name]!, label: draft.settings[s.name]! }] : [])]}
                  />
                ) : (
                  <TextInput inputWrapperOrder={below} key={s.name} label={t.maybe(`setting.${s.name}`)} description={`setting.${s.name}.about` in en.words ? t.maybe(`setting.${s.name}.about`) : undefined} value={draft.settings[s.name] ?? ''} onChange={(e) => set({ settings: { ...draft.settings, [s.name]: e.currentTarget.value } })} error={faults[`settings.${s.name}`]} required={s.isRequired} />
                ),
              )}
              {adapter.defaultUrl !== '' && <TextInput label={t('field.baseUrl')} type="url" value={draft.baseUrl} onChange={(e) => set({ baseUrl: e.currentTarget.value })} error={faults['baseUrl']} />}
            </div>
            {adapter.settings.some((s) => s.name === 'rateCard') && cards.length === 0 && <p className={css.about}>{t.node('account.cardFirst', { link: <Link to="/new/rate-card">{t('account.newCard')}</Link> })}</p>}
            <p className={css.about}>{t('account.formats', { formats: adapter.labelFormats.map((f) => f.toUpperCase()).join(', ') })}</p>
            <Assumptions adapter={adapter} />
          </Section>
        )}
        {adapter?.can.includes('webhook') && (
          <Section title={t('account.messages')}>
            <p className={css.about}>{t('account.messages.about')}</p>
            {stored ? <Code>{messagesAddress(stored.id)}</Code> : <p className="sy-muted">{t('account.messages.later')}</p>}
            <div className={css.fields}>
              <PasswordInput inputWrapperOrder={below} label={t('field.messageSecret')} description={stored?.takesMessages ? t('account.secretSet') : t('account.messages.none')} value={draft.messageSecret} onChange={(e) => set({ messageSecret: e.currentTarget.value })} error={faults['messageSecret']} autoComplete="new-password" visibilityToggleButtonProps={{ 'aria-label': t('account.seeSecret') }} />
            </div>
          </Section>
        )}
        {adapter && (
          <Section title={t('account.servicesTitle')}>
            <p className={css.about}>{t('account.services.about')}</p>
            <FieldRows rows={draft.services} onRows={(services) => set({ services })} fresh={emptyService} label={t('account.servicesTitle')} add={t('service.add')} remove={(s, i) => t('service.remove', { name: s.name || s.service || String(i + 1) })}>
              {(s, put, i) => (
                <div className={css.service}>
                  <TextInput label={t('service.code')} value={s.service} onChange={(e) => put({ service: e.currentTarget.value })} error={faults[`services.${i}.service`]} />
                  <TextInput label={t('service.name')} value={s.name} onChange={(e) => put({ name: e.currentTarget.value })} error={faults[`services.${i}.name`]} />
                  <TagsInput label={t('service.methods')} value={s.methods} onChange={(methods) => put({ methods })} data={['standard', 'express', 'next-day', 'tracked', 'economy']} />
                  <NumberInput label={t('service.minDays')} value={s.minDays} min={0} max={90} allowDecimal={false} hideControls onChange={(v) => put({ minDays: v === '' ? '' : Number(v) })} error={faults[`services.${i}.minDays`]} />
                  <NumberInput label={t('service.maxKg')} value={s.maxKg} min={0} hideControls onChange={(v) => put({ maxKg: v === '' ? '' : Number(v) })} error={faults[`services.${i}.maxGrams`]} />
                  <NumberInput label={t('service.co2')} value={s.co2Grams} min={0} allowDecimal={false} hideControls onChange={(v) => put({ co2Grams: v === '' ? '' : Number(v) })} error={faults[`services.${i}.co2Grams`]} />
                  <div className={css.ticks}>
                    <Checkbox label={t('service.isOn')} checked={!s.isOff} onChange={(e) => put({ isOff: !e.currentTarget.checked })} />
                    <Checkbox label={t('quote.guaranteed')} checked={s.isGuaranteed} onChange={(e) => put({ isGuaranteed: e.currentTarget.checked })} />
                  </div>
                </div>
              )}
            </FieldRows>
          </Section>
        )}
        <Section title={t('account.patience')}>
          <p className={css.about}>{t('account.patience.about')}</p>
          <div className={css.fields}>
            {number('stallHours')}
            {number('lostDays')}
            {number('claimDays')}
            <TextInput inputWrapperOrder={below} label={t('field.cover', { currency })} description={t('field.cover.about')} inputMode="decimal" value={draft.cover} onChange={(e) => set({ cover: e.currentTarget.value })} error={faults['cover'] ?? faults['coverMinor']} />
            {number('callsPerMinute')}
          </div>
        </Section>
      </div>
    </DraftForm>
  );
}

/** What nobody has verified against the vendor. It stands as its author wrote it. */
function Assumptions({ adapter }: { adapter: Adapter }) {
  const t = useTexts(en);
  if (adapter.assumptions.length === 0) return null;
  return (
    <details className={css.details}>
      <summary>{t('account.assumptions', { n: adapter.assumptions.length })}</summary>
      <ul className={css.plain} lang="en">
        {adapter.assumptions.map((a) => <li key={a}>{a}</li>)}
      </ul>
    </details>
  );
}
