import { ActionIcon, Button, Checkbox, NumberInput, Select, TagsInput, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '@house/api/client.ts';
import { byField } from '@house/api/problem.ts';
import { IconPlus, IconTrash } from '@house/icons.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { notify } from '@house/parts/notices.ts';
import { useMay, useSession } from '@house/session.tsx';
import words from '@house/words/texts.en.ts';
import { idOf, rolesOptions } from './access.ts';
import { FormDialog } from './FormDialog.tsx';
import { bodyOf, hasList, hasThreshold, isByConditions, kinds, ruleName, signals, told, writeRule, type Conditions, type Kind, type Rule, type RuleSettings, type Signal } from './holdRules.ts';
import { AmountInput } from './AmountInput.tsx';
import css from './Settings.module.css';
import en from './texts.en.ts';

interface Props {
  /** Null for a new one, which is tried last. */
  rule: Rule | null;
  last: number;
  onClose: () => void;
}

type Faults = Record<string, string>;

/** A rule by form: what it looks at, which orders it is about, what people read, and what becomes of its hold. */
export function RuleDialog({ rule, last, onClose }: Props) {
  const t = useTexts(en);
  const word = useTexts(words);
  const queries = useQueryClient();
  const may = useMay();
  const [name, setName] = useState(rule?.code ?? '');
  const [kind, setKind] = useState<Kind>((rule?.kind as Kind | undefined) ?? 'manual');
  const [settings, setSettings] = useState<RuleSettings>(rule?.settings ?? {});
  const [when, setWhen] = useState<Conditions>(rule?.when ?? {});
  const [more, setMore] = useState({
    reason: rule?.reason ?? '',
    scope: rule?.scope ?? '',
    owner: rule?.owner ?? '',
    permission: rule?.permission ?? null,
    expires: rule?.expiresAfterMinutes ?? null,
    escalate: rule?.escalateAfterMinutes ?? null,
    isFinal: rule?.isFinal ?? false,
  });
  const set = (change: Partial<typeof more>) => setMore((now) => ({ ...now, ...change }));
  const roles = useQuery({ ...rolesOptions, enabled: may('access:manage'), retry: false });
  const save = useMutation({
    mutationFn: () => {
      const said = {
        kind,
        settings: told(settings),
        when: told(when),
        reason: more.reason.trim() || null,
        scope: (more.scope || null) as 'line' | 'order' | null,
        owner: more.owner.trim() || null,
        permission: more.permission,
        expiresAfterMinutes: more.expires,
        escalateAfterMinutes: more.escalate,
        isFinal: more.isFinal,
      };
      return rule ? writeRule(rule.code, bodyOf(rule, said), rule.version) : writeRule(idOf(name), { ...said, position: last + 100, isActive: true }, 0);
    },
    onSuccess: async (saved) => {
      await queries.invalidateQueries({ queryKey: ['hold-rules'] });
      notify(t('rules.saved', { name: ruleName(saved, word) }));
      onClose();
    },
  });
  const faults: Faults = byField(save.error);
  const minutes = (field: 'expires' | 'escalate', fault: string) => (
    <NumberInput label={t(`rules.${field}`)} description={t(`rules.${field}Text`)} value={more[field] ?? ''} min={1} max={525_600} allowDecimal={false} suffix={` ${t('rules.minutes')}`} onChange={(v) => set({ [field]: v === '' ? null : Number(v) })} error={faults[fault]} />
  );
  const permissions = [...new Set([...(roles.data?.allPermissions ?? []).map((p) => p.code), 'orders:reviewRisk', more.permission].filter((p): p is string => Boolean(p)))];
  return (
    <FormDialog
      title={rule ? t('rules.change', { name: ruleName(rule, word) }) : t('rules.new')}
      confirm={rule ? t('save') : t('rules.make')}
      onClose={onClose}
      onSubmit={() => save.mutate()}
      isPending={save.isPending}
      error={save.error}
      shown={Object.keys(faults).map((path) => (path === 'code' ? '#code' : `/${path.replaceAll('.', '/')}`))}
    >
      {!rule && (
        <>
          <TextInput label={t('name')} description={t('rules.nameText')} required value={name} onChange={(e) => setName(e.currentTarget.value)} error={faults['code']} maxLength={64} data-autofocus />
          <Select label={t('rules.kind')} value={kind} allowDeselect={false} onChange={(v) => setKind((v as Kind | null) ?? 'manual')} data={kinds.map((k) => ({ value: k, label: word.maybe(`hold.${k}`) }))} error={faults['kind']} />
        </>
      )}
      <p className={css.about}>{t(`rules.says.${kind}`)}</p>
      <KindSettings kind={kind} settings={settings} onChange={(change) => setSettings((now) => ({ ...now, ...change }))} faults={faults} />
      <Textarea label={t('rules.reason')} description={t.node('rules.reasonText', { reason: <code>{'{reason}'}</code> })} value={more.reason} onChange={(e) => set({ reason: e.currentTarget.value })} error={faults['reason']} maxLength={500} autosize minRows={2} dir="auto" />
      <WhichOrders when={when} onChange={(change) => setWhen((now) => ({ ...now, ...change }))} faults={faults} isNeeded={isByConditions(kind)} />
      <details className={css.details}>
        <summary>{t('rules.then')}</summary>
        <div className={css.fields}>
          <Select label={t('rules.scope')} value={more.scope} allowDeselect={false} onChange={(v) => set({ scope: v ?? '' })} data={[{ value: '', label: t('rules.scope.usual') }, { value: 'order', label: t('rules.scope.order') }, { value: 'line', label: t('rules.scope.line') }]} error={faults['scope']} />
          <TextInput label={t('rules.ownerField')} description={t('rules.ownerText')} value={more.owner} onChange={(e) => set({ owner: e.currentTarget.value })} error={faults['owner']} maxLength={200} dir="auto" />
          <Select label={t('rules.permission')} placeholder={t('rules.permissionNone')} value={more.permission} clearable searchable clearButtonProps={{ 'aria-label': t('clear') }} onChange={(permission) => set({ permission })} data={permissions.map((code) => ({ value: code, label: `right.${code}` in en.words ? t.maybe(`right.${code}`) : code }))} error={faults['permission']} />
          {minutes('expires', 'expiresAfterMinutes')}
          {minutes('escalate', 'escalateAfterMinutes')}
        </div>
        <Checkbox label={t('rules.finalField')} checked={more.isFinal} onChange={(e) => set({ isFinal: e.currentTarget.checked })} />
      </details>
    </FormDialog>
  );
}

interface SettingsProps {
  kind: Kind;
  settings: RuleSettings;
  onChange: (change: Partial<RuleSettings>) => void;
  faults: Faults;
}

/** What a rule of this kind can be told, and nothing else. */
function KindSettings({ kind, settings, onChange, faults }: SettingsProps) {
  const t = useTexts(en);
  const { session } = useSession();
  const fault = (name: string) => Object.entries(faults).find(([path]) => path === `settings.${name}` || path.startsWith(`settings.${name}.`))?.[1];
  const tick = (name: 'ignorePostcode' | 'refusePostBoxes' | 'onlyBelow') => <Checkbox label={t(`rules.set.${name}`)} checked={settings[name] ?? false} onChange={(e) => onChange({ [name]: e.currentTarget.checked })} />;
  const list = (name: 'emails' | 'phones' | 'postcodes') => <TagsInput label={t(`rules.set.${name}`)} description={name === 'emails' ? t('rules.set.emailsText') : undefined} value={settings[name] ?? []} onChange={(v) => onChange({ [name]: v })} error={fault(name)} />;
  if (kind === 'address')
    return (
      <>
        {tick('ignorePostcode')}
        {tick('refusePostBoxes')}
      </>
    );
  if (kind === 'price_off_list')
    return (
      <>
        <div className={css.fields}>
          <NumberInput label={t('rules.set.tolerancePercent')} value={settings.tolerancePercent ?? ''} min={0} max={100} suffix=" %" onChange={(v) => onChange({ tolerancePercent: v === '' ? null : Number(v) })} error={fault('tolerancePercent')} />
          <AmountInput label={t('rules.set.toleranceMinor')} currency={session.baseCurrency ?? 'GBP'} value={settings.toleranceMinor ?? null} onChange={(toleranceMinor) => onChange({ toleranceMinor })} error={fault('toleranceMinor')} />
        </div>
        {tick('onlyBelow')}
      </>
    );
  if (kind === 'duplicate')
    return <NumberInput label={t('rules.set.withinMinutes')} value={settings.withinMinutes ?? ''} min={1} max={10_080} allowDecimal={false} suffix={` ${t('rules.minutes')}`} onChange={(v) => onChange({ withinMinutes: v === '' ? null : Number(v) })} error={fault('withinMinutes')} />;
  if (kind === 'blacklist')
    return (
      <>
        {list('emails')}
        {list('phones')}
        {list('postcodes')}
      </>
    );
  return kind === 'risk' ? <Signals settings={settings} onChange={onChange} faults={faults} /> : null;
}

/** The score of a risk rule: what adds to it, and how much is too much. */
function Signals({ settings, onChange, faults }: Omit<SettingsProps, 'kind'>) {
  const t = useTexts(en);
  const { session } = useSession();
  const currency = session.baseCurrency ?? 'GBP';
  const list = settings.signals ?? [];
  const put = (i: number, change: Partial<Signal>) => onChange({ signals: list.with(i, { ...list[i]!, ...change }) });
  const unused = signals.find((s) => !list.some((l) => l.signal === s)) ?? 'value_above';
  return (
    <fieldset className={css.area}>
      <legend>{t('rules.signals')}</legend>
      <NumberInput label={t('rules.set.limit')} value={settings.limit ?? ''} min={0} max={10_000} allowDecimal={false} onChange={(v) => onChange({ limit: v === '' ? null : Number(v) })} error={faults['settings.limit']} />
      {faults['settings.signals'] && <p className={css.fault} role="alert">{faults['settings.signals']}</p>}
      {list.map((s, i) => {
        const at = `settings.signals.${i}`;
        return (
          <div key={i} className={css.signal}>
            <Select aria-label={t('rules.signal', { n: i + 1 })} value={s.signal} allowDeselect={false} onChange={(v) => put(i, { signal: v as Signal['signal'], threshold: null, minPriceMinor: null, list: null })} data={signals.map((x) => ({ value: x, label: t(`signal.${x}`) }))} error={faults[`${at}.signal`]} />
            <NumberInput aria-label={t('rules.weight', { n: i + 1 })} suffix={` ${t('rules.points')}`} value={s.weight} min={-10_000} max={10_000} allowDecimal={false} onChange={(v) => put(i, { weight: Number(v) || 0 })} error={faults[`${at}.weight`]} />
            <ActionIcon aria-label={t('rules.dropSignal', { n: i + 1 })} onClick={() => onChange({ signals: list.toSpliced(i, 1) })}>
              <IconTrash size={16} aria-hidden />
            </ActionIcon>
            {(hasThreshold(s.signal) || hasList(s.signal)) && (
              <div className={css.signalMore}>
                {s.signal === 'value_above' && <AmountInput label={t('signal.moreThan')} currency={currency} value={s.threshold ?? null} onChange={(threshold) => put(i, { threshold })} error={faults[`${at}.threshold`]} />}
                {hasThreshold(s.signal) && s.signal !== 'value_above' && <NumberInput label={t('signal.atLeast')} value={s.threshold ?? ''} min={1} allowDecimal={false} onChange={(v) => put(i, { threshold: v === '' ? null : Number(v) })} error={faults[`${at}.threshold`]} />}
                {s.signal === 'many_units' && <AmountInput label={t('signal.priceFrom')} currency={currency} value={s.minPriceMinor ?? null} onChange={(minPriceMinor) => put(i, { minPriceMinor })} error={faults[`${at}.minPriceMinor`]} />}
                {hasList(s.signal) && <TagsInput label={t(`signal.list.${s.signal as 'free_mail' | 'forwarder'}`)} value={s.list ?? []} onChange={(v) => put(i, { list: v.length > 0 ? v : null })} error={Object.entries(faults).find(([path]) => path.startsWith(`${at}.list`))?.[1]} />}
              </div>
            )}
          </div>
        );
      })}
      <div>
        <Button variant="subtle" size="compact-sm" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => onChange({ signals: [...list, { signal: unused, weight: 10 } as Signal] })}>
          {t('rules.addSignal')}
        </Button>
      </div>
    </fieldset>
  );
}

const lists = ['channels', 'methods', 'countries', 'postcodePrefixes', 'skus', 'skuFlags', 'paymentMethods'] as const;

/** Every condition that is given must hold; of several entries any one. */
function WhichOrders({ when, onChange, faults, isNeeded }: { when: Conditions; onChange: (change: Partial<Conditions>) => void; faults: Faults; isNeeded: boolean }) {
  const t = useTexts(en);
  const word = useTexts(words);
  const { session } = useSession();
  const currency = session.baseCurrency ?? 'GBP';
  const channels = useQuery({ queryKey: ['channels', 'names'], queryFn: ({ signal }) => ask(api.GET('/api/v1/channels', { params: { query: { limit: 250 } }, signal })), staleTime: 5 * 60_000, retry: false });
  const fault = (name: string) => Object.entries(faults).find(([path]) => path === `when.${name}` || path.startsWith(`when.${name}.`))?.[1];
  const payments = ['none', 'pending', 'authorised', 'paid', 'failed', 'terms'];
  return (
    <details className={css.details} open={isNeeded || told(when) !== null}>
      <summary>{t('rules.which')}</summary>
      <p className={css.about}>{t('rules.whichText')}</p>
      {faults['when'] && <p className={css.fault} role="alert">{faults['when']}</p>}
      <div className={css.fields}>
        {lists.map((name) => (
          <TagsInput
            key={name}
            label={t(`rules.when.${name}`)}
            value={when[name] ?? []}
            onChange={(v) => onChange({ [name]: v.length > 0 ? v : null })}
            error={fault(name)}
            {...(name === 'channels' ? { data: (channels.data?.data ?? []).map((c) => c.code) } : {})}
          />
        ))}
        <TagsInput label={t('rules.when.paymentStatuses')} value={when.paymentStatuses ?? []} onChange={(v) => onChange({ paymentStatuses: v.length > 0 ? v : null })} error={fault('paymentStatuses')} data={payments} renderOption={({ option }) => word.maybe(`payment.${option.value}`)} />
        <AmountInput label={t('rules.when.minTotalMinor')} currency={currency} value={when.minTotalMinor ?? null} onChange={(minTotalMinor) => onChange({ minTotalMinor })} error={fault('minTotalMinor')} />
        <AmountInput label={t('rules.when.maxTotalMinor')} currency={currency} value={when.maxTotalMinor ?? null} onChange={(maxTotalMinor) => onChange({ maxTotalMinor })} error={fault('maxTotalMinor')} />
        <NumberInput label={t('rules.when.minUnits')} value={when.minUnits ?? ''} min={1} allowDecimal={false} onChange={(v) => onChange({ minUnits: v === '' ? null : Number(v) })} error={fault('minUnits')} />
      </div>
    </details>
  );
}
