import { expect, test } from 'vitest';
import { bodyOf, draftOf, emptyNode, faultsOf, nodePart, tidied, workOf, type WorkSettings } from './draft.ts';
import * as lanes from './lanes.ts';
import type { Node } from './nodes.ts';

const node = {
  code: 'BHM', name: 'Birmingham', kind: 'warehouse', address: { name: null, line1: '12 Wharf', line2: null, city: 'Birmingham', region: null }, country: 'GB', postcode: 'B7 5RA',
  position: { latitude: 52.493, longitude: -1.875 }, timeZone: 'Europe/London', openingHours: { monday: [{ from: '09:00', to: '18:00' }] }, cutOffs: { '*': '17:30', 'next-day': '15:00' }, services: ['standard'],
  pickFixedMinor: 45, handlingMinor: 8, leadDays: 1, isActive: true, closedDays: ['2026-12-25'],
  groups: ['north'], attributes: { trust: '95' }, feedSteps: [{ afterHours: 4, percent: 50 }],
} as unknown as Node;
const work = { acceptsByDefault: false, acceptMinutes: 30, dailyCapacity: 200, version: 4 } as WorkSettings;

test('a node that goes through the form unchanged is the same node', () => {
  const draft = tidied(draftOf(node, work, 'GBP', 'de'));
  const { code, name, kind, address, country, postcode, position, timeZone, openingHours, cutOffs, services, pickFixedMinor, handlingMinor, leadDays, isActive, closedDays, groups, attributes, feedSteps } = node;
  expect(bodyOf(draft, 'GBP', 'de')).toEqual({ code, name, kind, address, country, postcode, position, timeZone, openingHours, cutOffs, services, pickFixedMinor, handlingMinor, leadDays, isActive, closedDays, groups, attributes, feedSteps });
  expect(workOf(draft)).toEqual({ acceptsByDefault: false, acceptMinutes: 30, dailyCapacity: 200 });
  expect(draft.pickFixed).toBe('0,45');
});

test('hours that end before they begin, or lie over one another, are seen at their day', () => {
  const of = (...monday: [string, string][]) => faultsOf({ ...emptyNode('UTC'), code: 'A', name: 'A', week: [monday.map(([from, to]) => ({ from, to })), [], [], [], [], [], []] }, 'GBP', 'en-GB');
  expect(of(['09:00', '18:00'])).toEqual({});
  expect(of(['18:00', '00:00'])).toEqual({});
  expect(of(['18:00', '09:00'])).toEqual({ 'openingHours.monday': 'fault.hours' });
  expect(of(['09:00', ''])).toEqual({ 'openingHours.monday': 'fault.hours' });
  expect(of(['13:00', '18:00'], ['09:00', '13:30'])).toEqual({ 'openingHours.monday': 'fault.overlap' });
});

test('half a position, a cut-off told twice and an amount that is none are seen', () => {
  const draft = { ...emptyNode('UTC'), latitude: 1 as const, cutOffs: [{ service: '', time: '15:00' }, { service: ' ', time: '16:00' }], pickFixed: 'much' };
  expect(faultsOf(draft, 'GBP', 'en-GB')).toEqual({ code: 'fault.code', name: 'fault.name', 'position.longitude': 'fault.position', 'cutOffs.*': 'fault.twice', pickFixedMinor: 'fault.amount' });
});

test('the capacity is no part of the node itself', () => {
  const draft = draftOf(node, work, 'GBP', 'en-GB');
  expect(nodePart({ ...draft, dailyCapacity: 1, workVersion: 9 })).toEqual(nodePart(draft));
});

test('a lane goes through the form unchanged, and what it lacks is seen at its row', () => {
  const lane = { zone: 'GB', service: 'tracked', method: 'express', currency: 'GBP', baseMinor: 495, perKgMinor: 30, maxWeightGrams: 2500, transitDays: 2 };
  for (const locale of ['en-GB', 'de']) expect(lanes.bodyOf(lanes.draftOf(lane, locale), locale)).toEqual(lane);
  const draft = lanes.draftOf(lane, 'en-GB');
  expect(lanes.faultsOf([draft, { ...draft, zone: '', base: 'x' }, draft], 'en-GB')).toEqual({ '1.zone': 'fault.needed', '1.baseMinor': 'fault.amount', '2.service': 'fault.twiceHere' });
});
