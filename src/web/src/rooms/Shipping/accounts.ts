import { queryOptions } from '@tanstack/react-query';
import { api, ask, type Schema } from '@house/api/client.ts';
import { minorOf } from '@house/i18n/money.ts';
import { typedAmount } from './shipping.ts';

export type Account = Schema['CarrierAccountView'];
export type Adapter = Schema['AdapterManifest'];
type Typed = number | '';

/** A service as it stands in the form. */
export interface ServiceDraft {
  service: string;
  name: string;
  methods: string[];
  minDays: Typed;
  maxKg: Typed;
  co2Grams: Typed;
  isGuaranteed: boolean;
  isOff: boolean;
}

/** An account as it stands in the form. A secret is empty unless a new one is given. */
export interface AccountDraft {
  code: string;
  name: string;
  adapter: string;
  baseUrl: string;
  node: string;
  isActive: boolean;
  settings: Record<string, string>;
  secrets: Record<string, string>;
  messageSecret: string;
  services: ServiceDraft[];
  callsPerMinute: Typed;
  stallHours: Typed;
  lostDays: Typed;
  claimDays: Typed;
  cover: string;
}

export const accountsOptions = queryOptions({ queryKey: ['carrier-accounts'], queryFn: async ({ signal }) => (await ask(api.GET('/api/v1/carrier-accounts', { signal }))).data });
export const adaptersOptions = queryOptions({ queryKey: ['carriers'], queryFn: async ({ signal }) => (await ask(api.GET('/api/v1/carriers', { signal }))).data, staleTime: Infinity });

export const accountPage = (code: string) => `/settings/carriers/${encodeURIComponent(code)}`;
/** Where the carrier sends what happens to parcels. */
export const messagesAddress = (id: string) => `${location.origin}/api/v1/carrier-events/${id}`;

export const emptyService: ServiceDraft = { service: '', name: '', methods: ['standard'], minDays: '', maxKg: '', co2Grams: '', isGuaranteed: false, isOff: false };
export const emptyAccount: AccountDraft = {
  code: '', name: '', adapter: '', baseUrl: '', node: '', isActive: true, settings: {}, secrets: {}, messageSecret: '', services: [], callsPerMinute: 300, stallHours: 72, lostDays: 10, claimDays: 28, cover: '',
};

export function draftOf(a: Account, currency: string, locale: string): AccountDraft {
  return {
    code: a.code,
    name: a.name,
    adapter: a.adapter,
    baseUrl: a.baseUrl,
    node: a.node ?? '',
    isActive: a.isActive,
    settings: Object.fromEntries(Object.entries(a.settings as Record<string, unknown>).filter((e): e is [string, string] => typeof e[1] === 'string')),
    secrets: {},
    messageSecret: '',
    services: a.services.map((s) => ({
      service: s.service ?? '',
      name: s.name ?? '',
      methods: (s.methods ?? []).filter((m): m is string => m !== null),
      minDays: s.minDays ?? '',
      maxKg: s.maxGrams == null ? '' : s.maxGrams / 1000,
      co2Grams: s.co2Grams ?? '',
      isGuaranteed: s.isGuaranteed ?? false,
      isOff: s.isOff ?? false,
    })),
    callsPerMinute: a.callsPerMinute,
    stallHours: a.stallHours,
    lostDays: a.lostDays,
    claimDays: a.claimDays,
    cover: a.coverMinor === 0 ? '' : typedAmount(a.coverMinor, currency, locale),
  };
}

const whole = (n: Typed) => (n === '' ? null : n);

/** What is sent: settings and secrets that this adapter has, and no secret that nobody typed. */
export function bodyOf(d: AccountDraft, adapter: Adapter | undefined, currency: string, locale: string) {
  const has = (name: string, isSecret: boolean) => adapter === undefined || adapter.settings.some((s) => s.name === name && s.isSecret === isSecret);
  const filled = (from: Record<string, string>, isSecret: boolean) => Object.fromEntries(Object.entries(from).map(([k, v]) => [k, v.trim()] as const).filter(([k, v]) => v !== '' && has(k, isSecret)));
  return {
    name: d.name.trim(),
    adapter: d.adapter,
    baseUrl: d.baseUrl.trim() || null,
    node: d.node || null,
    isActive: d.isActive,
    settings: filled(d.settings, false) as never,
    secrets: filled(d.secrets, true),
    ...(d.messageSecret.trim() ? { messageSecret: d.messageSecret.trim() } : {}),
    services: d.services.map((s) => ({
      service: s.service.trim(),
      name: s.name.trim() || null,
      methods: s.methods,
      minDays: whole(s.minDays),
      maxGrams: s.maxKg === '' ? null : Math.round(s.maxKg * 1000),
      co2Grams: whole(s.co2Grams),
      isGuaranteed: s.isGuaranteed,
      isOff: s.isOff,
    })),
    callsPerMinute: whole(d.callsPerMinute),
    stallHours: whole(d.stallHours),
    lostDays: whole(d.lostDays),
    claimDays: whole(d.claimDays),
    coverMinor: d.cover.trim() === '' ? 0 : (minorOf(d.cover, currency, locale) ?? 0),
  };
}

/** Without services that were begun and left empty. */
export const tidied = (d: AccountDraft): AccountDraft => ({ ...d, services: d.services.filter((s) => s.service.trim() !== '' || s.name.trim() !== '') });

/** What can be seen to be wrong before it is sent, by field: keys of texts. */
export function faultsOf(d: AccountDraft, adapter: Adapter | undefined, secretsSet: readonly string[], currency: string, locale: string) {
  const faults: Record<string, 'required' | 'notAnAmount' | 'twice'> = {};
  if (d.code.trim() === '') faults['code'] = 'required';
  if (d.name.trim() === '') faults['name'] = 'required';
  if (d.adapter === '') faults['adapter'] = 'required';
  for (const s of adapter?.settings ?? []) {
    if (!s.isRequired) continue;
    if (s.isSecret ? !d.secrets[s.name]?.trim() && !secretsSet.includes(s.name) : !d.settings[s.name]?.trim()) faults[`${s.isSecret ? 'secrets' : 'settings'}.${s.name}`] = 'required';
  }
  d.services.forEach((s, i) => {
    if (s.service.trim() === '') faults[`services.${i}.service`] = 'required';
    else if (d.services.findIndex((o) => o.service.trim() === s.service.trim()) < i) faults[`services.${i}.service`] = 'twice';
  });
  if (d.cover.trim() !== '' && minorOf(d.cover, currency, locale) === null) faults['cover'] = 'notAnAmount';
  return faults;
}
