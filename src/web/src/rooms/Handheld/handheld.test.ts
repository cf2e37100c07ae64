import { beforeEach, describe, expect, test } from 'vitest';
import { ApiError } from '@house/api/problem.ts';
import { readScan } from '@house/scan/read.ts';
import type { Shelf } from '@house/offline/shelf.ts';
import { flush, type Waiting } from './outbox.ts';
import { answered, begun, damaged, isFinished, named, makeIdsBy, nextBin, reconciled, scanned, shorted, skipped, stepOf, takeAll, undone, type Answer, type Command, type Stop, type Tour, type Verdict, type Walk } from './walk.ts';

const stop = (n: number, sku: string, bin: string | null, quantity: number, place: number | null, more: Partial<Stop> = {}): Stop => ({
  id: `tsk_${n}`, tour: 'tur_1', wave: 'wav_1', fulfilment: `ful_${n}`, number: `100${n}`, stop: n, stops: 4, bin, zone: 'A', lot: null, sku, name: `Product ${sku}`, picture: null,
  quantity, picked: 0, toteNo: place, tote: null, secondsLeft: 100, state: 'open', maySubstitute: false, ...more,
});
const codes = [
  { sku: 'A', key: '05012345678900', units: 1 },
  { sku: 'A', key: '15012345678907', units: 6 },
  { sku: 'B', key: '04006381333931', units: 1 },
];
const tour = (stops: Stop[], hasTotes = true): Tour => ({ id: 'tur_1', wave: 'wav_1', method: 'cluster', zone: null, hasTotes, seconds: 100, stops, codes }) as Tour;
const scan = (walk: Walk, text: string): Verdict => scanned(walk, readScan(text, 'wedge', 2026));
const a = '5012345678900';
const b = '4006381333931';

function right(walk: Walk, ...texts: string[]): { walk: Walk; commands: Command[] } {
  const commands: Command[] = [];
  for (const text of texts) {
    const verdict = scan(walk, text);
    expect(verdict.kind, `${text}: ${verdict.kind === 'wrong' ? verdict.why : ''}`).toBe('right');
    commands.push(...verdict.commands);
    walk = verdict.walk;
  }
  return { walk, commands };
}
const wrong = (walk: Walk, text: string) => {
  const verdict = scan(walk, text);
  expect(verdict.kind).toBe('wrong');
  return verdict.kind === 'wrong' ? [verdict.why, verdict.is, verdict.want, verdict.commands.map((c) => c.kind)] : [];
};

beforeEach(() => {
  let n = 0;
  makeIdsBy(() => `id-${++n}`);
});

describe('a walk', () => {
  const cart = () => begun('MAIN', tour([stop(1, 'A', 'BIN-A', 2, 1), stop(2, 'A', 'BIN-A', 1, 2), stop(3, 'B', 'BIN-B', 1, 1)]));

  test('goes bin, item, tote; the bin once for all its stops, and each unit by a scan', () => {
    let { walk, commands } = right(cart(), 'bin-a ', a, a);
    expect([stepOf(walk), commands, nextBin(walk)?.bin]).toEqual(['tote', [], 'BIN-B']);
    ({ walk, commands } = right(walk, 'TOTE-1'));
    expect(commands).toMatchObject([{ id: 'id-1', task: 'tsk_1', kind: 'pick', bin: 'BIN-A', item: a, tote: 'TOTE-1', quantity: 2 }]);
    expect(stepOf(walk)).toBe('item');
    ({ walk } = right(walk, a, 'TOTE-2', 'BIN-B', b, 'TOTE-1'));
    expect(isFinished(walk)).toBe(true);
    expect(walk.done).toMatchObject({ tsk_1: { kind: 'pick', units: 2 }, tsk_3: { kind: 'pick', units: 1 } });
  });

  test('says what is wrong and what is wanted, and counts a wrong item as a mis-pick', () => {
    expect(wrong(cart(), 'BIN-B')).toEqual(['bin', 'BIN-B', 'BIN-A', []]);
    expect(wrong(cart(), a)).toEqual(['binFirst', 'Product A', 'BIN-A', []]);
    const { walk } = right(cart(), 'BIN-A');
    expect(wrong(walk, b)).toEqual(['item', 'Product B', 'Product A', ['misPick']]);
    expect(wrong(walk, '9780201379624')).toEqual(['unknown', '9780201379624', 'Product A', ['misPick']]);
    expect(wrong(walk, '5012345678901')).toEqual(['unreadable', '5012345678901', 'Product A', []]);
    expect(wrong(walk, '15012345678907')).toEqual(['tooMany', '6', '2', []]);
    expect(wrong(right(walk, a).walk, `]C10105012345678900\u001d372`).slice(0, 3)).toEqual(['tooMany', '3', '2']);
  });

  test('a tote keeps its place, and neither an item nor a bin becomes one', () => {
    const atTote = right(cart(), 'BIN-A', a, a).walk;
    expect(wrong(atTote, a)[0]).toBe('tote');
    expect(wrong(atTote, 'BIN-B')[0]).toBe('tote');
    const second = right(atTote, 'TOTE-1', a).walk;
    expect(wrong(second, 'tote-1')).toEqual(['toteTaken', 'A', 'B', []]);
    const third = right(second, 'TOTE-2', 'BIN-B', b).walk;
    expect(wrong(third, 'TOTE-2')).toEqual(['tote', 'B', 'A', []]);
  });

  test('a case, a GS1 code with a count, the SKU and the button count units too; another lot does not', () => {
    const many = begun('MAIN', tour([stop(1, 'A', 'BIN-A', 8, null, { lot: 'L1' })], false));
    const at = right(many, 'BIN-A').walk;
    expect(right(at, '15012345678907', a, 'a').commands).toMatchObject([{ quantity: 8 }]);
    expect(right(at, ']C10105012345678900378').commands).toMatchObject([{ quantity: 8 }]);
    expect(wrong(at, '(01)05012345678900(10)L2')).toEqual(['lot', 'L2', 'L1', []]);
    const all = takeAll(right(at, a).walk);
    expect([all.commands[0]?.quantity, isFinished(all.walk)]).toEqual([8, true]);
  });

  test('short, damaged, skipped and begun again', () => {
    const walk = right(cart(), 'BIN-A', a).walk;
    expect(shorted(walk, 1)).toMatchObject({ commands: [{ kind: 'short', task: 'tsk_1', quantity: 1 }], walk: { done: { tsk_1: { kind: 'short', units: 1 } }, count: 0 } });
    expect(damaged(walk, 2)).toMatchObject({ commands: [{ kind: 'damaged', quantity: 2 }], walk: { done: { tsk_1: { units: 0 } } } });
    expect(skipped(walk).walk.todo).toEqual(['tsk_2', 'tsk_3', 'tsk_1']);
    expect([stepOf(undone(walk)), undone(walk).count]).toEqual(['bin', 0]);
  });

  test('what the server refused comes back, what clashed is over, and what was said before the device stopped is known after it', () => {
    const { walk, commands } = right(cart(), 'BIN-A', a, a, 'TOTE-1', a);
    const said = commands[0]!;
    const answer = (outcome: Answer['outcome'], code: string | null): Answer => ({ id: said.id, outcome, code, detail: null, left: 0, isRepeat: false });
    const back = answered(walk, said, answer('refused', 'picking.wrong_tote'));
    expect(back).toMatchObject({ todo: ['tsk_2', 'tsk_1', 'tsk_3'], count: 1, totes: {}, again: { tsk_1: 'picking.wrong_tote' } });
    expect(back.done).toEqual({});
    expect(answered(walk, said, answer('clash', 'picking.task_ended')).done).toMatchObject({ tsk_1: { kind: 'gone' } });
    expect(answered(walk, said, answer('ok', null))).toBe(walk);
    expect(reconciled(cart(), commands)).toMatchObject({ todo: ['tsk_2', 'tsk_3'], totes: { 1: 'TOTE-1' }, done: { tsk_1: { units: 2 } } });
    // Fetched again while something is counted, the walk goes on where it was.
    const fetched = begun('MAIN', tour([stop(1, 'A', 'BIN-A', 2, 1, { state: 'done', picked: 2, tote: 'TOTE-1' }), stop(2, 'A', 'BIN-A', 1, 2), stop(3, 'B', 'BIN-B', 1, 1, { state: 'cancelled' })]), walk);
    expect(fetched).toMatchObject({ todo: ['tsk_2'], bin: 'BIN-A', count: 1, done: { tsk_1: { units: 2 }, tsk_3: { kind: 'gone' } }, totes: { 1: 'TOTE-1' } });
  });
});

function shelfOf(commands: Command[], owner = 'me'): Shelf<Waiting> & { rows: Waiting[] } {
  const rows = commands.map((command, seq): Waiting => ({ seq, owner, command, about: { bin: null, sku: '', name: '', number: '', tote: null, units: 0 } }));
  return {
    rows,
    add: async (w) => void rows.push({ ...w, seq: rows.length }),
    list: async (who) => rows.filter((r) => r.owner === who),
    remove: async (seqs) => void rows.splice(0, rows.length, ...rows.filter((r) => !seqs.includes(r.seq))),
  };
}
const commandsOf = (n: number): Command[] => Array.from({ length: n }, (_, i) => ({ id: `c-${i}`, task: `tsk_${i}`, kind: 'skip', at: '2026-01-01T00:00:00Z' }) as Command);
const ok = (commands: readonly Command[]): Answer[] => commands.map((c) => ({ id: c.id, outcome: 'ok', code: null, detail: null, left: 0, isRepeat: false }));

describe('what waits', () => {
  test('is sent in order, in parts, and stays when the line breaks', async () => {
    const shelf = shelfOf(commandsOf(120));
    const sent: string[] = [];
    let calls = 0;
    const send = async (commands: Command[]) => {
      if (++calls === 3) throw new ApiError(0, {});
      sent.push(...commands.map((c) => c.id));
      return ok(commands);
    };
    expect(await flush({ shelf, owner: 'me', send, answered: async () => undefined })).toBe('unreachable');
    expect([sent.length, shelf.rows.length, shelf.rows[0]!.command.id]).toEqual([100, 20, 'c-100']);
    expect(await flush({ shelf, owner: 'me', send, answered: async () => undefined })).toBe('empty');
    expect(sent).toEqual(commandsOf(120).map((c) => c.id));
  });

  test('is told before it is taken off, so that a device that stops in between sends it again', async () => {
    const shelf = shelfOf(commandsOf(1));
    await expect(flush({ shelf, owner: 'me', send: async (c) => ok(c), answered: () => Promise.reject(new Error('stopped')) })).rejects.toThrow('stopped');
    expect(shelf.rows).toHaveLength(1);
  });

  test('of somebody else stays, and what nobody can read keeps nothing back', async () => {
    const shelf = shelfOf(commandsOf(3));
    shelf.rows[2]!.owner = 'other';
    const told: (string | null | undefined)[] = [];
    const send = async (commands: Command[]) => {
      if (commands.some((c) => c.id === 'c-0')) throw new ApiError(400, { code: 'request.invalid' });
      return ok(commands);
    };
    expect(await flush({ shelf, owner: 'me', send, answered: async (pairs) => void told.push(...pairs.map((p) => p.answer.code)) })).toBe('empty');
    expect([told, shelf.rows.map((r) => r.owner)]).toEqual([['request.invalid', null], ['other']]);
  });

  test('goes without its time when the clock of the device is ahead', async () => {
    const shelf = shelfOf(commandsOf(1));
    const send = async (commands: Command[]) => {
      if (commands[0]!.at !== undefined) throw new ApiError(400, { code: 'request.invalid', errors: [{ pointer: '/commands/0/at', code: 'field.in_future', detail: '' }] });
      return ok(commands);
    };
    const told: string[] = [];
    expect(await flush({ shelf, owner: 'me', send, answered: async (pairs) => void told.push(...pairs.map((p) => p.answer.outcome)) })).toBe('empty');
    expect(told).toEqual(['ok']);
  });

  test('stays while the server still works on what was sent before, also without its time', async () => {
    const shelf = shelfOf(commandsOf(2));
    const busy = new ApiError(409, { code: 'request.in_progress' });
    const told: Answer[] = [];
    const answered = async (pairs: { answer: Answer }[]) => void told.push(...pairs.map((p) => p.answer));
    expect(await flush({ shelf, owner: 'me', send: () => Promise.reject(busy), answered })).toBe('unreachable');
    const ahead = new ApiError(400, { code: 'request.invalid', errors: [{ pointer: '/commands/0/at', code: 'field.in_future', detail: '' }] });
    expect(await flush({ shelf, owner: 'me', send: ([first]) => Promise.reject(first!.at === undefined ? busy : ahead), answered })).toBe('unreachable');
    expect([told, shelf.rows.map((r) => r.command.id)]).toEqual([[], ['c-0', 'c-1']]);
  });

  test('waits until the server knows again who is there', async () => {
    const shelf = shelfOf(commandsOf(1));
    expect(await flush({ shelf, owner: 'me', send: () => Promise.reject(new ApiError(401, {})), answered: async () => undefined })).toBe('unknown');
    expect(shelf.rows).toHaveLength(1);
  });
});

describe('a cart of two clients', () => {
  const of = (n: number, merchant: string, bin: string, place: number) => stop(n, 'MUG', bin, 1, place, { merchant, merchantName: merchant.toUpperCase(), name: 'Mug' });
  const shared = [
    { sku: 'MUG', key: '05012345678900', units: 1, merchant: 'alpha' },
    { sku: 'MUG', key: '04006381333931', units: 1, merchant: 'beta' },
    { sku: 'MUG', key: '09780201379624', units: 1, merchant: 'alpha' },
    { sku: 'MUG', key: '09780201379624', units: 1, merchant: 'beta' },
  ];
  const cart = () => begun('SHED', { ...tour([of(1, 'alpha', 'A-1', 1), of(2, 'beta', 'A-2', 2)]), codes: shared } as Tour);

  test('takes of each what is its own, and says whose the other is', () => {
    const atItem = right(cart(), 'A-1').walk;
    expect(wrong(atItem, b)).toEqual(['item', 'Mug (BETA)', 'Mug', ['misPick']]);
    expect(wrong(atItem, 'mug').slice(0, 2)).toEqual(['sameName', 'mug']);
    // Goods without a barcode: the picker says whose they are, and that is told.
    const said = named(named(atItem, 'mug', 'alpha').walk, 'mug', 'alpha');
    expect(said).toMatchObject({ kind: 'wrong', why: 'tooMany' });
    expect(named(atItem, 'mug', 'beta')).toMatchObject({ kind: 'wrong', why: 'item', is: 'Mug (BETA)', commands: [{ kind: 'misPick' }] });
    expect(right(named(atItem, 'mug', 'alpha').walk, 'T-1').commands[0]).toMatchObject({ kind: 'pick', item: 'mug', merchant: 'alpha', tote: 'T-1' });
    expect(right(atItem, a, 'T-1').commands[0]).not.toHaveProperty('merchant');
    const next = right(atItem, a, 'T-1', 'A-2').walk;
    expect(wrong(next, a)[1]).toBe('Mug (ALPHA)');
    expect(wrong(right(next, b).walk, 'T-1')[0]).toBe('toteTaken');
    expect(isFinished(right(next, b, 'T-2').walk)).toBe(true);
  });

  test('a barcode that both sell is that of the stop one stands at', () => {
    const { commands } = right(cart(), 'A-1', '9780201379624', 'T-1', 'A-2', '9780201379624', 'T-2');
    expect(commands.map((c) => c.task)).toEqual(['tsk_1', 'tsk_2']);
  });
});
