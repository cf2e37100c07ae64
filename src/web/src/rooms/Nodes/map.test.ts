import { expect, test } from 'vitest';
import { clustersOf, placeOf, shareOf, spotAt, spotOf, stateOf, viewOf, type Load } from './map.ts';

const near = (a: number, b: number, by = 0.001) => expect(Math.abs(a - b)).toBeLessThan(by);

test('a place on the sheet is that place again', () => {
  for (const [latitude, longitude] of [[52.493, -1.875], [-33.86, 151.2], [0, 0], [64.1, -21.9]] as const) {
    const back = placeOf(spotOf(latitude, longitude));
    near(back.latitude, latitude);
    near(back.longitude, longitude);
  }
  expect(placeOf({ x: 190, y: 0 }).longitude).toBe(-170);
  expect(Number.isFinite(spotOf(90, 0).y)).toBe(true);
});

test('all nodes are seen, whatever the shape of the sheet', () => {
  const spots = [spotOf(55.9, -4.2), spotOf(51.4, -2.6), spotOf(51.9, 4.4)];
  for (const shape of [3, 1, 0.5]) {
    const view = viewOf(spots, shape);
    for (const spot of spots) {
      const { left, top } = shareOf(spot, view, shape);
      for (const share of [left, top]) expect(share > 0 && share < 1).toBe(true);
      const back = spotAt(left, top, view, shape);
      near(back.x, spot.x);
      near(back.y, spot.y);
    }
  }
  expect(viewOf([spots[0]!], 2).span).toBe(12);
});

test('pins that would lie over one another stand together', () => {
  const at = (code: string, x: number) => ({ code, x, y: 0 });
  const clusters = clustersOf([at('A', 0), at('B', 0.5), at('C', 10)], 1, 1);
  expect(clusters.map((c) => c.members.map((m) => m.code))).toEqual([['A', 'B'], ['C']]);
  expect(clusters[0]!.x).toBe(0.25);
});

test('a node that was given its day is full, and a closed one is closed', () => {
  const load = (givenToday: number, dailyCapacity: number | null) => ({ givenToday, dailyCapacity }) as Load;
  expect(stateOf({ isActive: true }, load(5, 5))).toBe('full');
  expect(stateOf({ isActive: true }, load(4, 5))).toBe('working');
  expect(stateOf({ isActive: true }, load(500, null))).toBe('working');
  expect(stateOf({ isActive: true }, undefined)).toBe('working');
  expect(stateOf({ isActive: false }, load(5, 5))).toBe('closed');
});
