import { expect, test } from 'vitest';
import { bodyOf, draftOf, emptyAccount, faultsOf, tidied, type Account, type Adapter } from './accounts.ts';
import { actsOf, dayOf, stageOf, stepsOf, type Parcel, type Tracking } from './shipping.ts';

const label = (state: string, file: string | null = null) => ({ state, file }) as NonNullable<Parcel['label']>;

test('a parcel is called by its label while it is here and by its way once it has left', () => {
  expect(stageOf({ state: 'labelled', label: null })).toBe('label.none');
  expect(stageOf({ state: 'labelled', label: label('failed') })).toBe('label.failed');
  expect(stageOf({ state: 'inTransit', label: label('manifested') })).toBe('parcel.inTransit');
});

test('only what can be done is offered', () => {
  expect(actsOf({ state: 'labelled', label: null, tracking: null })).toEqual(['book']);
  expect(actsOf({ state: 'labelled', label: label('booked', '/file'), tracking: 'T1' })).toEqual(['print', 'void']);
  expect(actsOf({ state: 'labelled', label: label('failed'), tracking: null })).toEqual(['retry', 'void']);
  expect(actsOf({ state: 'labelled', label: label('manifested', '/file'), tracking: 'T1' })).toEqual(['print']);
  expect(actsOf({ state: 'inTransit', label: label('manifested', '/file'), tracking: 'T1' })).toEqual(['print', 'lose']);
  expect(actsOf({ state: 'delivered', label: label('manifested'), tracking: 'T1' })).toEqual([]);
});

test('the way is newest first, and of one instant the carrier’s word stands above ours', () => {
  const at = '2026-11-20T10:00:00Z';
  const told = { scans: [{ kind: 'accepted', code: 'A', words: 'Got it', place: 'Leeds', at }, { kind: 'delivered', code: 'D', words: 'Done', place: null, at: '2026-11-21T10:00:00Z' }] } as unknown as Tracking;
  const steps = stepsOf({ packedAt: '2026-11-20T08:00:00Z' } as Parcel, { bookedAt: null, scannedAt: at } as never, told);
  expect(steps.map((s) => s.what)).toEqual(['scan.delivered', 'scan.accepted', 'step.left', 'step.packed']);
});

test('what arrives by the end of a day is said to arrive on it', () => {
  expect(dayOf('2026-11-26T00:00:00Z')?.slice(0, 10)).toBe('2026-11-25');
  expect(dayOf(null)).toBeNull();
});

const adapter = { code: 'dpd-uk', settings: [{ name: 'userName', isSecret: false, isRequired: true }, { name: 'password', isSecret: true, isRequired: true }] } as unknown as Adapter;

test('a secret that is set is asked for no more and is not sent unless it is typed', () => {
  const draft = { ...emptyAccount, code: 'dpd', name: 'DPD', adapter: 'dpd-uk', settings: { userName: 'me', other: 'x' } };
  expect(faultsOf(draft, adapter, [], 'GBP', 'en-GB')).toEqual({ 'secrets.password': 'required' });
  expect(faultsOf(draft, adapter, ['password'], 'GBP', 'en-GB')).toEqual({});
  const body = bodyOf(draft, adapter, 'GBP', 'en-GB');
  expect([body.settings, body.secrets, 'messageSecret' in body]).toEqual([{ userName: 'me' }, {}, false]);
});

test('an account comes back from the form as it was', () => {
  const stored = {
    id: 'car_1', code: 'dpd', name: 'DPD', adapter: 'dpd-uk', baseUrl: 'https://x', node: null, isActive: true, settings: { userName: 'me' }, callsPerMinute: 60, stallHours: 48, lostDays: 9, claimDays: 14, coverMinor: 5050,
    services: [{ service: '1^12', name: 'Next day', methods: ['express'], minDays: 1, maxGrams: 1500, co2Grams: null, isGuaranteed: true, isOff: true }],
  } as unknown as Account;
  const draft = draftOf(stored, 'GBP', 'de');
  expect(draft.cover).toBe('50,50');
  const body = bodyOf(tidied({ ...draft, services: [...draft.services, { ...draft.services[0]!, service: '', name: '' }] }), adapter, 'GBP', 'de');
  expect(body.services).toEqual(stored.services);
  expect([body.coverMinor, body.stallHours, body.node]).toEqual([5050, 48, null]);
});
