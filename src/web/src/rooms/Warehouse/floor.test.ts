import { describe, expect, test } from 'vitest';
import { bayOf, boxOf, fillOf, lengthOf, walkOf, type Layout, type Spot } from './floor.ts';

const layout: Layout = { object: 'layout', node: 'MAIN', aisles: 4, blocks: 1, blockLengthMm: 10_000, aisleSpacingMm: 3_000, depotAisle: 0, walkMmPerSecond: 1000, lengthMm: 10_000, version: 1 };
const spot = (change: Partial<Spot>): Spot => ({ code: 'A', zone: null, kind: 'pick', aisle: 0, yMm: 1000, side: 'left', level: 0, units: 0, capacityUnits: null, wanted: 0, isClosed: false, ...change });

describe('a walk over the floor', () => {
  test('is as long as the plan of the server says', () => {
    // The example of the server's own test: into the first two aisles and back, up the third and down the fourth.
    const places = [{ aisle: 0, y: 1000 }, { aisle: 1, y: 3000 }, { aisle: 2, y: 5000 }, { aisle: 3, y: 7000 }];
    expect(lengthOf(walkOf(layout, places))).toBe(2 * 4000 + 2 * 10_000 + 2 * 9000);
  });
  test('begins and ends at the depot, and turns only at cross-aisles', () => {
    const points = walkOf({ ...layout, blocks: 2, depotAisle: 1 }, [{ aisle: 3, y: 12_000 }]);
    expect(points[0]).toEqual({ x: 3000, y: 0 });
    expect(points.at(-1)).toEqual({ x: 3000, y: 0 });
    expect(points.every((p, i) => i === 0 || p.x === points[i - 1]!.x || p.y === points[i - 1]!.y)).toBe(true);
  });
  test('over nothing is no walk', () => expect(lengthOf(walkOf(layout, []))).toBe(0));
});

describe('a bin', () => {
  test('stands on its side of the aisle, upper levels outside', () => {
    const left = boxOf(spot({}), layout, 2, 1000)!;
    const above = boxOf(spot({ level: 1 }), layout, 2, 1000)!;
    const right = boxOf(spot({ side: 'right' }), layout, 2, 1000)!;
    expect(above.x).toBeLessThan(left.x);
    expect(left.x + left.width).toBeLessThan(0);
    expect(right.x).toBeGreaterThan(0);
    expect(boxOf(spot({ aisle: null, yMm: null }), layout, 1, 1000)).toBeNull();
  });
  test('is as full as what fits says', () => {
    expect([fillOf(spot({})), fillOf(spot({ units: 4 })), fillOf(spot({ units: 1, capacityUnits: 100 })), fillOf(spot({ units: 100, capacityUnits: 100 })), fillOf(spot({ units: 300, capacityUnits: 100 }))]).toEqual([0, 3, 1, 5, 5]);
  });
  test('is as long as the bins beside it leave room', () => expect(bayOf([spot({}), spot({ yMm: 2500 }), spot({ yMm: 2500, level: 1 })], layout)).toBe(1500));
});
