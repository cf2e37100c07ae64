import { expect, it } from 'vitest';
import { byArea, idOf, seesPrices } from './access.ts';

it('makes an id out of a name', () => {
  expect(idOf('Packers, Lyon')).toBe('packers-lyon');
  expect(idOf('Gäste & Café!')).toBe('ga-ste-cafe');
});

it('puts rights together by what they are about', () =>
  expect(byArea([{ code: 'orders:read', meaning: '' }, { code: 'nodes:read', meaning: '' }, { code: 'orders:write', meaning: '' }]).map(([area, r]) => [area, r.length])).toEqual([['orders', 2], ['nodes', 1]]));

it('knows who sees prices', () => {
  expect(seesPrices(['orders:read'])).toBe(false);
  expect(seesPrices(['prices:read'])).toBe(true);
});
