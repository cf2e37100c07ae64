import { describe, expect, test } from 'vitest';
import { ApiError } from '@house/api/problem.ts';
import { readScan } from '@house/scan/read.ts';
import { sendEach, type Outcome, type Shelf } from '@house/offline/shelf.ts';
import type { Deed, Waiting } from './deeds.ts';
import { binScanned, heapsOf, leftToPut, moved, usualOf, type Put } from './putting.ts';
import { begun, beyond, counting, differences, goodsOf, itemsOf, lacks, linesOf, received, scanned, units, withGoods, type Delivery, type Entry, type Goods, type Sheet, type Verdict } from './receiving.ts';

const pen = '4006381333931';
const caseOfPens = '14006381333938';
const goods = (sku: string, more: Partial<Goods> = {}): Goods => ({ sku, name: `Product ${sku}`, picture: null, tracks: 'none', needsExpiry: false, codes: [], ...more });
const all: Goods[] = [
  goods('PEN', { codes: [{ key: '04006381333931', units: 1 }, { key: caseOfPens, units: 12 }] }),
  goods('WAX', { tracks: 'lot', needsExpiry: true, codes: [{ key: '05012345678900', units: 1 }] }),
  goods('CAM', { tracks: 'serial', codes: [{ key: 'CAM-CODE', units: 1 }] }),
];
const line = (sku: string, expected: number, good = 0, damaged = 0) => ({ sku, expected, good, damaged, received: good + damaged, open: Math.max(0, expected - good - damaged), over: 0, difference: null });
const delivery = (more: Partial<Delivery> = {}): Delivery =>
  ({ object: 'delivery', id: 'dlv_1', node: 'MAIN', reference: 'ASN-7', supplier: null, transfer: null, isBlind: false, state: 'open', openedBy: 'x', openedAt: '', closedBy: null, closedAt: null, lines: [line('PEN', 30), line('WAX', 10), line('CAM', 2)], ...more }) as Delivery;
const fresh = (more: Partial<Delivery> = {}): Sheet => begun(delivery(more), all);
const scan = (sheet: Sheet, text: string): Verdict => scanned(sheet, readScan(text, 'wedge', 2026));
const right = (sheet: Sheet, ...texts: string[]): Sheet =>
  texts.reduce((now, text) => {
    const verdict = scan(now, text);
    if (verdict.kind !== 'right') throw new Error(`${text}: ${JSON.stringify(verdict)}`);
    return verdict.sheet;
  }, sheet);
const wrong = (sheet: Sheet, text: string) => {
  const verdict = scan(sheet, text);
  return verdict.kind === 'wrong' ? [verdict.why, verdict.is, verdict.want] : [verdict.kind];
};

describe('what is counted', () => {
  test('grows by units and cases; any other product waits until it is booked in', () => {
    const sheet = right(fresh(), pen, caseOfPens, pen);
    expect(sheet.entry).toMatchObject({ sku: 'PEN', units: 14, code: null });
    expect(wrong(sheet, '5012345678900')).toEqual(['otherItem', 'Product WAX', 'Product PEN']);
    expect(wrong(sheet, '5012345678901')).toEqual(['unreadable', '5012345678901', 'Product PEN']);
    expect(wrong(sheet, 'NOBODY')).toEqual(['notThis', 'NOBODY', 'Product PEN']);
    expect(scan(fresh(), 'NOBODY').kind).toBe('ask');
    expect(right(fresh(), 'pen').entry?.units).toBe(1);
  });

  test('says its barcode as long as it is the only one, and the SKU otherwise', () => {
    const two = right(fresh(), caseOfPens, caseOfPens).entry!;
    expect(itemsOf(two, 'id')).toMatchObject([{ barcode: caseOfPens, sku: null, quantity: 2, condition: 'good', scanId: 'id.good' }]);
    expect(itemsOf(units(two, 25), 'id')).toMatchObject([{ barcode: null, sku: 'PEN', quantity: 25 }]);
    expect(itemsOf({ ...units(two, 25), damaged: 3, needsLabel: true }, 'id')).toMatchObject([
      { quantity: 22, condition: 'good', needsLabel: true }, { quantity: 3, condition: 'damaged', scanId: 'id.damaged', needsLabel: false },
    ]);
    expect(units({ ...two, damaged: 20 }, 5).damaged).toBe(5);
  });

  test('asks for the lot and its last day, and takes them from the label; one lot at a time', () => {
    let sheet = right(fresh(), '5012345678900');
    const wax = goodsOf(sheet, 'WAX')!;
    expect(lacks(wax, sheet.entry!)).toBe('lot');
    sheet = right(sheet, 'LOT-9');
    expect([sheet.entry?.lot, lacks(wax, sheet.entry!)]).toEqual(['LOT-9', 'expiry']);
    sheet = right(fresh(), `]C10105012345678900${'17300131'}10L7`);
    expect(sheet.entry).toMatchObject({ lot: 'L7', expiry: '2030-01-31', units: 1 });
    expect(lacks(wax, sheet.entry!)).toBeNull();
    expect(wrong(sheet, ']C1010501234567890010L8')).toEqual(['otherLot', 'L8', 'Product WAX']);
    expect(right(sheet, ']C1010501234567890010L7\u001d3705').entry?.units).toBe(6);
    expect(itemsOf(sheet.entry!, 'id')).toMatchObject([{ sku: 'WAX', lot: 'L7', expiry: '2030-01-31' }]);
  });

  test('takes one serial number a unit, each once', () => {
    let sheet = right(fresh(), 'CAM-CODE');
    expect([sheet.entry?.units, lacks(goodsOf(sheet, 'CAM')!, sheet.entry!)]).toEqual([0, 'serial']);
    sheet = right(sheet, 'SN-1', 'SN-2');
    expect(sheet.entry?.units).toBe(2);
    expect(wrong(sheet, 'sn-1')).toEqual(['serialTwice', 'sn-1', 'Product CAM']);
    expect(wrong(sheet, 'CAM-CODE')[0]).toBe('serial');
    sheet.entry!.serials[1]!.isDamaged = true;
    expect(itemsOf(sheet.entry!, 'id').map((i) => [i.serial, i.condition, i.quantity, i.scanId])).toEqual([['SN-1', 'good', 1, 'id.1'], ['SN-2', 'damaged', 1, 'id.2']]);
  });

  test('is seen in the lines before it is sent, and what is over is known before it is booked', () => {
    const sheet = counting(fresh(), all[0]!, { units: 24, code: null });
    const { deed, sheet: after } = received(sheet, 'id', { ...sheet.entry!, damaged: 2 });
    const waiting: Waiting[] = [{ seq: 1, owner: 'me', deed, about: { sku: 'PEN', name: '', units: 24, where: '' } }];
    const pens = linesOf(after, waiting).find((l) => l.sku === 'PEN')!;
    expect(pens).toMatchObject({ expected: 30, received: 24, damaged: 2 });
    const entry = (n: number): Entry => counting(after, all[0]!, { units: n }).entry!;
    expect([beyond(after, pens, entry(6)), beyond(after, pens, entry(8)), beyond(fresh({ isBlind: true }), undefined, entry(8)), beyond(after, undefined, entry(8))]).toEqual([0, 2, 0, 8]);
    const byCase = received(right(fresh(), caseOfPens), 'x', right(fresh(), caseOfPens).entry!).deed;
    expect(linesOf(fresh(), [{ ...waiting[0]!, deed: byCase }]).find((l) => l.sku === 'PEN')?.received).toBe(12);
    expect(linesOf(fresh({ lines: [line('PEN', 1, 1), line('WAX', 10)] as Delivery['lines'] }), []).map((l) => l.sku)).toEqual(['WAX', 'PEN']);
  });

  test('stays when the delivery is fetched again, and what is not on the papers is learnt', () => {
    const sheet = counting(withGoods(fresh(), goods('INK')), goods('INK'), { units: 3 });
    const again = begun(delivery(), all, sheet);
    expect([again.entry?.sku, goodsOf(again, 'ink')?.name]).toEqual(['INK', 'Product INK']);
    expect(begun(delivery({ id: 'dlv_2' }), all, sheet).entry).toBeNull();
  });

  test('differs from its papers by what is short, over and damaged', () => {
    const lines = linesOf(fresh({ lines: [line('PEN', 30, 28, 1), line('WAX', 10, 12), line('CAM', 2, 2)] as Delivery['lines'] }), []);
    const told = differences(lines, false);
    expect([told.short.map((l) => l.sku), told.over.map((l) => l.sku), told.damaged.map((l) => l.sku), told.asTold]).toEqual([['PEN'], ['WAX'], ['PEN'], 1]);
    expect(differences(lines, true)).toMatchObject({ short: [], over: [], asTold: 2 });
  });
});

describe('putting away', () => {
  const put = (sku: string, lot: string | null, quantity: number, ...places: [string, number][]): Put => ({
    sku, name: sku, picture: null, codes: all.find((g) => g.sku === sku)?.codes ?? [], lot, from: 'UNPLACED', quantity, rule: null, lacking: 0, places: places.map(([bin, n]) => ({ bin, zone: null, quantity: n, why: 'empty' as const })),
  });
  const heaps = [put('PEN', 'L7', 24, ['P-1', 5], ['P-R', 19]), put('PEN', null, 5, ['P-1', 5]), put('WAX', 'W1', 3, ['A-1', 3])];

  test('goes bin by bin, without what was done here and is not sent yet', () => {
    expect(leftToPut(heaps, []).map((p) => p.sku)).toEqual(['WAX', 'PEN', 'PEN']);
    const waiting: Waiting[] = [
      { seq: 1, owner: 'me', deed: moved('MAIN', 'm1', heaps[0]!, 'P-1', 5), about: { sku: '', name: '', units: 5, where: '' } },
      { seq: 2, owner: 'me', deed: moved('MAIN', 'm2', heaps[1]!, 'X-9', 5), about: { sku: '', name: '', units: 5, where: '' } },
    ];
    expect(leftToPut(heaps, waiting)).toMatchObject([{ sku: 'WAX' }, { sku: 'PEN', lot: 'L7', quantity: 19, places: [{ bin: 'P-R', quantity: 19 }] }]);
    expect(waiting[1]!.deed).toMatchObject({ items: [{ lot: '', moveId: 'm2', from: 'UNPLACED', to: 'X-9' }] });
  });

  test('knows a heap by its code and lot, and a bin by what is suggested', () => {
    const read = (text: string) => readScan(text, 'wedge', 2026);
    expect(heapsOf(heaps, read(pen)).length).toBe(2);
    expect(heapsOf(heaps, read(`(01)0${pen}(10)L7`)).map((p) => p.lot)).toEqual(['L7']);
    expect(heapsOf(heaps, read('NOBODY'))).toEqual([]);
    expect([usualOf(heaps[0]!), usualOf(put('INK', null, 7))]).toEqual([5, 7]);
    expect(binScanned(heaps[0]!, read('p-r'))).toEqual({ kind: 'suggested', bin: 'P-R' });
    expect(binScanned(heaps[0]!, read(caseOfPens))).toEqual({ kind: 'item' });
    expect(binScanned(heaps[0]!, read('Z-1'))).toEqual({ kind: 'other', code: 'Z-1' });
  });
});

describe('what waits', () => {
  const deed = (id: string): Deed => ({ kind: 'receive', id, delivery: 'dlv_1', items: [] });
  const shelfOf = (...ids: string[]): Shelf<Waiting> & { rows: Waiting[] } => {
    const rows = ids.map((id, seq): Waiting => ({ seq, owner: 'me', deed: deed(id), about: { sku: '', name: '', units: 0, where: '' } }));
    return {
      rows,
      add: async (w) => void rows.push({ ...w, seq: rows.length }),
      list: async (who) => rows.filter((r) => r.owner === who),
      remove: async (seqs) => void rows.splice(0, rows.length, ...rows.filter((r) => !seqs.includes(r.seq))),
    };
  };

  test('is sent in order, one by one; what is refused is told and keeps nothing back', async () => {
    const shelf = shelfOf('a', 'b', 'c');
    const told: [string, Outcome][] = [];
    const send = async ({ deed: d }: Waiting) => {
      if (d.id === 'b') throw new ApiError(409, { code: 'inventory.delivery_not_open' });
      return d.id;
    };
    expect(await sendEach({ shelf, owner: 'me', send, told: async (w, o) => void told.push([w.deed.id, o]) })).toBe('empty');
    expect(told.map(([id, o]) => [id, o.refused?.code ?? o.ok])).toEqual([['a', 'a'], ['b', 'inventory.delivery_not_open'], ['c', 'c']]);
    expect(shelf.rows).toEqual([]);
  });

  test('stays, in order, when the line breaks or nobody knows who is there', async () => {
    for (const [status, code, became] of [[0, 'network', 'unreachable'], [500, 'unknown', 'unreachable'], [429, 'unknown', 'unreachable'], [409, 'request.in_progress', 'unreachable'], [401, 'unknown', 'unknown']] as const) {
      const shelf = shelfOf('a', 'b');
      const told: string[] = [];
      expect(await sendEach({ shelf, owner: 'me', send: () => Promise.reject(new ApiError(status, { code })), told: async (w) => void told.push(w.deed.id) })).toBe(became);
      expect([told, shelf.rows.map((r) => r.deed.id)]).toEqual([[], ['a', 'b']]);
    }
  });

  test('is told before it is taken off, so that a device that stops in between sends it again', async () => {
    const shelf = shelfOf('a');
    await expect(sendEach({ shelf, owner: 'me', send: async () => 1, told: () => Promise.reject(new Error('stopped')) })).rejects.toThrow('stopped');
    expect(shelf.rows).toHaveLength(1);
  });
});
