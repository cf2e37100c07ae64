import type { Schema } from '@house/api/client.ts';
import { minorOf, major } from '@house/i18n/money.ts';
import { days, type Node } from './nodes.ts';

export type WorkSettings = Schema['WriteWorkSettingsResponse'];
export type Typed = number | '';
export interface Times {
  from: string;
  to: string;
}

/** A node as it stands in the form, with how it takes its work. */
export interface NodeDraft {
  code: string;
  name: string;
  kind: Node['kind'];
  addressName: string;
  line1: string;
  line2: string;
  city: string;
  region: string;
  country: string;
  postcode: string;
  latitude: Typed;
  longitude: Typed;
  timeZone: string;
  /** From Monday on; a day without times is closed. Without any times every day is a working day. */
  week: Times[][];
  closedDays: string[];
  /** An empty service is every other. */
  cutOffs: { service: string; time: string }[];
  services: string[];
  pickFixed: string;
  handling: string;
  leadDays: Typed;
  isActive: boolean;
  /** What the form does not show is written back as it was. */
  kept: Pick<Schema['NodeBody'], 'groups' | 'attributes' | 'feedSteps'>;
  acceptsByDefault: boolean;
  acceptMinutes: Typed;
  dailyCapacity: Typed;
  /** Of how it takes its work, which has a version of its own. */
  workVersion: number;
}

export const emptyNode = (timeZone: string): NodeDraft => ({
  code: '', name: '', kind: 'warehouse', addressName: '', line1: '', line2: '', city: '', region: '', country: '', postcode: '', latitude: '', longitude: '', timeZone,
  week: days.map((_, i) => (i < 5 ? [{ from: '09:00', to: '17:00' }] : [])), closedDays: [], cutOffs: [], services: [], pickFixed: '', handling: '', leadDays: 0, isActive: true, kept: {},
  acceptsByDefault: true, acceptMinutes: 60, dailyCapacity: '', workVersion: 0,
});

const typedAmount = (minor: unknown, currency: string, locale: string) =>
  typeof minor === 'number' ? major(minor, currency).replace('.', new Intl.NumberFormat(locale).formatToParts(1.5).find((p) => p.type === 'decimal')?.value ?? '.') : '';

export function draftOf(node: Node, work: WorkSettings, currency: string, locale: string): NodeDraft {
  const a = node.address;
  return {
    code: node.code,
    name: node.name,
    kind: node.kind,
    addressName: a.name ?? '',
    line1: a.line1 ?? '',
    line2: a.line2 ?? '',
    city: a.city ?? '',
    region: a.region ?? '',
    country: node.country ?? '',
    postcode: node.postcode ?? '',
    latitude: node.position?.latitude ?? '',
    longitude: node.position?.longitude ?? '',
    timeZone: node.timeZone,
    week: days.map((day) => (node.openingHours[day] ?? []).map((h) => ({ from: h.from ?? '', to: h.to ?? '' }))),
    closedDays: node.closedDays,
    cutOffs: Object.entries(node.cutOffs).map(([service, time]) => ({ service: service === '*' ? '' : service, time })),
    services: node.services,
    pickFixed: typedAmount(node.pickFixedMinor, currency, locale),
    handling: typedAmount(node.handlingMinor, currency, locale),
    leadDays: node.leadDays,
    isActive: node.isActive,
    kept: { groups: node.groups, attributes: node.attributes, feedSteps: node.feedSteps },
    acceptsByDefault: work.acceptsByDefault,
    acceptMinutes: work.acceptMinutes,
    dailyCapacity: work.dailyCapacity ?? '',
    workVersion: work.version,
  };
}

const whole = (n: Typed): number | null => (n === '' ? null : n);
const text = (s: string): string | null => s.trim() || null;

export function bodyOf(d: NodeDraft, currency: string, locale: string): Schema['NodeBody'] {
  return {
    code: d.code.trim(),
    name: d.name.trim(),
    kind: d.kind,
    address: { name: text(d.addressName), line1: text(d.line1), line2: text(d.line2), city: text(d.city), region: text(d.region) },
    country: d.country || null,
    postcode: text(d.postcode),
    position: d.latitude === '' || d.longitude === '' ? null : { latitude: d.latitude, longitude: d.longitude },
    timeZone: d.timeZone,
    openingHours: Object.fromEntries(days.map((day, i) => [day, d.week[i] ?? []] as const).filter(([, times]) => times.length > 0)),
    closedDays: d.closedDays,
    cutOffs: Object.fromEntries(d.cutOffs.map((c) => [c.service.trim() || '*', c.time])),
    services: d.services,
    pickFixedMinor: minorOf(d.pickFixed, currency, locale) ?? 0,
    handlingMinor: minorOf(d.handling, currency, locale) ?? 0,
    leadDays: whole(d.leadDays) ?? 0,
    isActive: d.isActive,
    ...d.kept,
  };
}

/** The body of a node as it is, to write it back with something changed. */
export const bodyOfNode = (node: Node, currency: string, locale: string): Schema['NodeBody'] =>
  bodyOf(draftOf(node, { acceptsByDefault: true, acceptMinutes: 60, dailyCapacity: null, version: 0 } as WorkSettings, currency, locale), currency, locale);

export const workOf = (d: NodeDraft): Schema['WriteWorkSettingsRequest'] => ({
  acceptsByDefault: d.acceptsByDefault,
  acceptMinutes: whole(d.acceptMinutes) ?? 60,
  dailyCapacity: whole(d.dailyCapacity),
});

/** Without the rows that were begun and left empty. */
export const tidied = (d: NodeDraft): NodeDraft => ({
  ...d,
  week: d.week.map((times) => times.filter((h) => h.from !== '' || h.to !== '')),
  cutOffs: d.cutOffs.filter((c) => c.time !== ''),
});

export type Fault = 'fault.code' | 'fault.name' | 'fault.hours' | 'fault.overlap' | 'fault.amount' | 'fault.position' | 'fault.twice';

/** What can be seen to be wrong before it is sent. */
export function faultsOf(d: NodeDraft, currency: string, locale: string): Record<string, Fault> {
  const faults: Record<string, Fault> = {};
  if (d.code.trim() === '') faults['code'] = 'fault.code';
  if (d.name.trim() === '') faults['name'] = 'fault.name';
  d.week.forEach((times, i) => {
    const end = (h: Times) => (h.to === '00:00' ? '24:00' : h.to);
    if (times.some((h) => h.from === '' || h.to === '' || h.from >= end(h))) faults[`openingHours.${days[i]}`] = 'fault.hours';
    else if ([...times].sort((a, b) => a.from.localeCompare(b.from)).some((h, n, all) => n > 0 && h.from < end(all[n - 1]!))) faults[`openingHours.${days[i]}`] = 'fault.overlap';
  });
  for (const [field, typed] of [['pickFixedMinor', d.pickFixed], ['handlingMinor', d.handling]] as const)
    if (typed.trim() !== '' && (minorOf(typed, currency, locale) ?? -1) < 0) faults[field] = 'fault.amount';
  if ((d.latitude === '') !== (d.longitude === '')) faults[d.latitude === '' ? 'position.latitude' : 'position.longitude'] = 'fault.position';
  d.cutOffs.forEach((c, i) => {
    if (d.cutOffs.findIndex((o) => o.service.trim() === c.service.trim()) < i) faults[`cutOffs.${c.service.trim() || '*'}`] = 'fault.twice';
  });
  return faults;
}

/** Without how it takes its work, and without what has versions of its own: is the node itself otherwise? */
export const nodePart = ({ acceptsByDefault: _a, acceptMinutes: _m, dailyCapacity: _c, workVersion: _v, ...node }: NodeDraft) => node;
export const workPart = ({ acceptsByDefault, acceptMinutes, dailyCapacity }: NodeDraft) => ({ acceptsByDefault, acceptMinutes, dailyCapacity });
