import { useCallback, useEffect, useRef } from 'react';
import { api, ask, newKey, type Schema } from '@house/api/client.ts';
import { ApiError } from '@house/api/problem.ts';
import { sendEach, shelfOf, type Outcome, type Waits } from '@house/offline/shelf.ts';
import { useKept } from '@house/offline/useKept.ts';
import { useOutbox, useOwner } from '@house/offline/useOutbox.ts';
import { added, empty, goodsOf, sellOf, sold, tokenOf, type Basket, type Command, type Goods, type Present, type Receipt, type Refused, type Shift } from './till.ts';

type Waiting = Waits & { command: Command };

const shelf = shelfOf<Waiting>('till');
const nothing: Present = { shift: null, basket: empty, slips: [] };
const noRefusals: Refused[] = [];
const noGoods: Goods[] = [];
const pageSize = 250;
/** So many products are kept on the device, to be sold without network. */
const mostGoods = 5000;
/** Prices change while a till is open. */
const goodsAgain = 10 * 60_000;

function send({ command }: Waiting): Promise<Receipt | Schema['CartView']> {
  const signal = AbortSignal.timeout(20_000);
  switch (command.kind) {
    case 'sell':
      return ask(api.POST('/api/v1/till/sales', { body: command.body, signal }));
    case 'claim':
      // Who may not claim is told so, and the next one is sent.
      return ask(api.POST('/api/v1/carts/{token}/claim', { params: { path: { token: command.token } }, body: { for: command.body.for, ...(command.body.channel === undefined ? {} : { channel: command.body.channel }) }, signal })).catch((error: unknown) => {
        throw error instanceof ApiError && error.status === 403 ? new ApiError(409, error.extra) : error;
      });
    case 'void':
      return ask(api.POST('/api/v1/till/receipts/{id}/void', { params: { path: { id: command.of } }, body: command.body, signal }));
    case 'return':
      return ask(api.POST('/api/v1/till/returns', { body: command.body, signal }));
    case 'cash':
      return ask(api.POST('/api/v1/till/shifts/{id}/cash', { params: { path: { id: command.shift } }, body: command.body, signal }));
  }
}

/** unpriced: it has no price here, and whoever sells may not say one. partOfCart: some of a cart is not sold here. */
export type Scanned = 'added' | 'cart' | 'partOfCart' | 'unpriced' | 'unknown';

/** What was asked for; null when there is none such. */
async function known<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof ApiError && (error.status === 404 || error.status === 400)) return null;
    throw error;
  }
}

async function product(sku: string, currency: string): Promise<Goods | null> {
  const found = await known(ask(api.GET('/api/v1/products/{sku}', { params: { path: { sku } } })));
  return found && goodsOf(found, currency);
}

/** What is on this device of its till. Everything is kept before it is shown, and sent when it can be. */
export function useTill(mayPrice: boolean) {
  const { owner } = useOwner();
  const { value: present, put, read, show, now } = useKept<Present>('till', owner, nothing);
  const { value: refused, put: putRefused, read: readRefused, show: showRefused, now: refusedNow } = useKept<Refused[]>('tillRefused', owner, noRefusals);
  const { value: goods, put: putGoods, read: readGoods, show: showGoods, now: goodsNow } = useKept<Goods[]>('tillGoods', owner, noGoods);
  const isFetching = useRef(false);
  // Sales that were paid and not sent are not to be thrown away by a browser that is short of room.
  useEffect(() => {
    if ('storage' in navigator) void navigator.storage.persist().catch(() => undefined);
  }, []);

  const begin = useCallback(async (waits: readonly Waiting[]) => {
    const [stored, no, known] = await Promise.all([read(), readRefused(), readGoods()]);
    let newest = stored ?? nothing;
    if (newest.selling) {
      // The device stopped while a sale was put aside: it is once on the shelf, whatever had been done.
      const command = newest.selling;
      if (!waits.some((w) => w.command.body.id === command.body.id)) await shelf.add({ owner, command });
      newest = sold(newest, command);
      await put(newest);
    }
    return () => {
      show(newest);
      showRefused(no ?? []);
      showGoods(known ?? []);
    };
  }, [owner, read, readRefused, readGoods, put, show, showRefused, showGoods]);
  const told = useCallback(
    async ({ command }: Waiting, { ok, refused: no }: Outcome<Receipt | Schema['CartView']>) => {
      if (no) {
        // What is stored counts: another window may have sent the ones before.
        const others = ((await readRefused()) ?? refusedNow()).filter((r) => r.command.body.id !== command.body.id);
        await putRefused([...others, { command, code: no.code, detail: no.message, fields: no.fields.map((f) => f.detail).filter((d) => d !== no.message) }]);
        if (command.kind === 'void') await put({ ...now(), slips: now().slips.map((s) => (s.id === command.of ? { ...s, kind: 'sale', isLast: false } : s)) });
      } else if (ok?.object === 'tillReceipt' && command.kind === 'sell')
        await put({ ...now(), slips: now().slips.map((s) => (s.id === command.body.id ? { ...s, orderNumber: (ok as Receipt).orderNumber ?? null } : s)) });
    },
    [now, put, putRefused, readRefused, refusedNow],
  );
  const flush = useCallback(() => sendEach({ shelf, owner, send, told }), [owner, told]);
  const after = useCallback(() => undefined, []);
  const { waiting, isRead, isOffline, count, send: sendNow, lost } = useOutbox({ name: 'till', shelf, begin, flush, after });

  /** Something was done: it is kept, and sent when it can be. */
  const say = useCallback(
    async (command: Command) => {
      await shelf.add({ owner, command });
      await count();
      void sendNow();
    },
    [owner, count, sendNow],
  );

  /** Reads what can be sold, so that it can be without network too. */
  const fetchGoods = useCallback(
    async (currency: string) => {
      if (isFetching.current) return;
      isFetching.current = true;
      try {
        const found: Goods[] = [];
        let cursor: string | null = null;
        do {
          const page: { data: Parameters<typeof goodsOf>[0][]; next?: string | null } = await ask(
            api.GET('/api/v1/products', { params: { query: { limit: pageSize, ...(cursor === null ? {} : { after: cursor }) } } }),
          );
          found.push(...page.data.map((p) => goodsOf(p, currency)));
          cursor = page.next ?? null;
        } while (cursor !== null && found.length < mostGoods);
        await putGoods(found);
      } finally {
        isFetching.current = false;
      }
    },
    [putGoods],
  );
  const currency = present.shift?.currency ?? null;
  useEffect(() => {
    if (!isRead || isOffline || currency === null) return;
    fetchGoods(currency).catch(lost);
    const timer = setInterval(() => void fetchGoods(currency).catch(lost), goodsAgain);
    return () => clearInterval(timer);
  }, [isRead, isOffline, currency, fetchGoods, lost]);

  return {
    present, refused, goods, waiting, isRead, isOffline,
    setShift: (shift: Shift | null, place?: string) => put({ ...now(), shift, ...(place === undefined ? {} : { place }), basket: shift === null ? empty : now().basket }),
    setBasket: (basket: Basket) => put({ ...now(), basket }),
    add: (found: Goods) => put({ ...now(), basket: added(now().basket, found, now().shift?.taxRates ?? []) }),
    /** Puts one more of what was scanned into the basket. What this device does not know the server may: a new product, or the cart that a customer made. */
    scan: async (key: string, text: string): Promise<Scanned> => {
      const taxRates = now().shift?.taxRates ?? [];
      const put1 = async (found: Goods): Promise<Scanned> => {
        if (found.priceMinor === null && !mayPrice) return 'unpriced';
        await put({ ...now(), basket: added(now().basket, found, taxRates, found.codes.find((c) => c.key === key)?.units ?? 1) });
        return 'added';
      };
      const here = goodsNow().find((g) => g.codes.some((c) => c.key === key));
      if (here) return put1(here);
      if (isOffline || !now().shift) return 'unknown';
      const token = tokenOf(text);
      if (token !== null && now().basket.cart === undefined) {
        const cart = await known(ask(api.GET('/api/v1/carts/{token}', { params: { path: { token } } })));
        if (cart?.state === 'open') {
          const all = await Promise.all(cart.lines.map(async (line) => ({ line, goods: goodsNow().find((g) => g.sku === line.sku) ?? (await product(line.sku, now().shift!.currency)) })));
          if (now().basket.cart !== undefined) return 'cart'; // scanned twice
          let basket = now().basket;
          for (const { line, goods } of all) if (goods && (goods.priceMinor !== null || mayPrice)) basket = added(basket, goods, taxRates, line.quantity);
          await put({ ...now(), basket: { ...basket, cart: token, ...(cart.reservation == null ? {} : { reservation: cart.reservation }) } });
          return all.every(({ goods }) => goods && (goods.priceMinor !== null || mayPrice)) ? 'cart' : 'partOfCart';
        }
      }
      const found = await known(ask(api.GET('/api/v1/products/by-barcode/{barcode}', { params: { path: { barcode: text } } })));
      const goods = found ? goodsOf(found, now().shift!.currency) : await product(text, now().shift!.currency);
      return goods ? put1(goods) : 'unknown';
    },
    /**
     * Charges the basket; the slip is there at once. Put down first and then put aside to be sent, so that a device that stops in between sells it once. A device that cannot
     * keep it has not sold it: that is thrown.
     */
    sell: async () => {
      const { basket, shift } = now();
      const selling = sellOf(basket, newKey(), shift!.id, new Date().toISOString());
      try {
        await put({ ...now(), selling });
        await shelf.add({ owner, command: selling });
      } catch (error) {
        await put({ ...now(), selling: null }).catch(() => undefined);
        throw error;
      }
      await put(sold(now(), selling));
      if (basket.cart !== undefined) await shelf.add({ owner, command: { kind: 'claim', token: basket.cart, body: { id: newKey(), for: `till:${selling.body.id}`, channel: shift!.channel } } }).catch(() => undefined);
      await count().catch(() => undefined);
      void sendNow();
    },
    /** Something else was rung up: the last sale is no longer the last. */
    moved: () => put({ ...now(), slips: now().slips.map((s) => ({ ...s, isLast: false })) }),
    /** Voids the newest slip. */
    undo: async (reason: string) => {
      const last = now().slips[0];
      if (!last || last.kind !== 'sale') return;
      const command: Command = { kind: 'void', of: last.id, body: { id: newKey(), reason, at: new Date().toISOString() } };
      // Money is given back once the server has said that the sale is void. Without network, or with something before it, the void waits its turn.
      let isTold = false;
      if (!isOffline && waiting.length === 0)
        try {
          await send({ seq: 0, owner, command });
          isTold = true;
        } catch (error) {
          if (!(error instanceof ApiError)) throw error;
          if (!error.isPassing && error.status < 500 && error.code !== 'request.in_progress') {
            // Who is not let in may void it all the same, once somebody else is.
            if (error.status !== 401 && error.status !== 403) await put({ ...now(), slips: now().slips.map((s) => (s.id === last.id ? { ...s, isLast: false } : s)) });
            throw error;
          }
        }
      if (!isTold) await say(command);
      await put({ ...now(), slips: now().slips.map((s, i) => (i === 0 ? { ...s, kind: 'void' } : s)) });
    },
    say,
    again: async (entry: Refused) => {
      // Off the list first: what comes back refused is another entry.
      await shelf.add({ owner, command: entry.command });
      await putRefused(refusedNow().filter((r) => r !== entry));
      await count();
      void sendNow();
    },
    settled: (id: string) => putRefused(refusedNow().filter((r) => r.command.body.id !== id)),
  };
}

export type Till = ReturnType<typeof useTill>;
