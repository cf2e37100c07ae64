// Switchyard against a Vendure server that nobody here wrote: node eng/peers/run.mjs PROGRAM. The last line counts; the exit code is 0 when nothing failed.
// SWITCHYARD_PEERS_DIR names a folder in which what npm installed is kept for the next run.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { killAll, same, until } from './processes.mjs';
import { Switchyard } from './switchyard.mjs';
import { admin, install, Vendure, version } from './vendure.mjs';

const program = resolve(process.argv[2]);
const scratch = mkdtempSync(join(tmpdir(), 'switchyard-peers-'));
const kept = process.env.SWITCHYARD_PEERS_DIR ? resolve(process.env.SWITCHYARD_PEERS_DIR) : null;
const results = [];
const skus = [{ sku: 'CUP', price: 1295 }, { sku: 'BOWL', price: 2450 }, { sku: 'JUG', price: 3900 }];
const channel = 'vendure', at = `/connections/${channel}`;
let shop, ours;

const check = async (name, work) => {
  const began = performance.now();
  try { results.push({ name, note: await work() ?? '' }); } catch (fault) { results.push({ name, fault: fault.message }); }
  const { fault, note } = results.at(-1);
  console.log(`${fault ? 'failed' : 'passed'}  ${name}  ${Math.round(performance.now() - began)} ms${fault ? `\n        ${fault}` : note ? `  (${note})` : ''}`);
};

const ask = () => ours.post(`${at}/ask`);
const connection = password => ({
  adapter: 'vendure', baseUrl: shop.url, settings: { username: admin.username, payments: 'shipped' }, secrets: { password }, methods: { '*': 'standard' }, callsPerMinute: 6000,
});
const shows = (sku, wanted) => until(`the shop shows ${wanted} ${sku}`, async () => {
  const is = await shop.saleable(sku);
  return is === wanted || `it shows ${is}`;
});
const agrees = sku => until(`the shop shows as many ${sku} as may be promised`, async () => {
  const [there, here] = [await shop.saleable(sku), await ours.atp(sku)];
  return there === here || `${there} there, ${here} here`;
});

const bought = async (basket, how) => {
  const order = await shop.buy(basket, how);
  await ask();
  return { order, taken: await ours.taken(channel, order.id) };
};

// Picked and packed, in parcels of so many units of the first line.
const packed = async (order, ...parcels) => {
  const work = await ours.release(order);
  for (const step of ['start-picking', 'pick']) await ours.post(`/fulfilments/${work}/${step}`);
  await ours.post(`/fulfilments/${work}/pack`, { packages: parcels.map(quantity => ({ lines: [{ line: 1, quantity }] })) });
  return work;
};

const ship = (work, parcel, tracking) => ours.post(`/fulfilments/${work}/ship`, { carrier: 'Royal Mail', service: 'Tracked 48', packages: [{ package: parcel, tracking }] });

const checks = async () => {
  for (const { sku, price } of skus) {
    await ours.post('/products', { sku, name: `Product ${sku}`, kind: 'goods', weightGrams: 300, prices: [{ currency: 'GBP', priceMinor: price }] });
    await ours.stock(sku, 100);
  }
  await ours.put(`/channels/${channel}`, { name: 'Vendure', onShort: 'hold' });

  await check('wrong credentials are told as such', async () => {
    await ours.put(at, connection('not the password'));
    same('the test', (await ours.post(`${at}/test`)).ok, false);
  });
  await check('good credentials name the currency and both locations, and miss no right', async () => {
    await ours.put(at, connection(admin.password));
    const { ok, said, shop: found } = await ours.post(`${at}/test`);
    same(`the test (${said ?? ''})`, [ok, found?.currency, found?.places.length, found?.missing], [true, 'GBP', 2, []]);
    await ours.post(`${at}/start`, { withoutMessages: true });
    await ask();
  });
  await check('what the shop offers is matched by its SKU, and shows what may be promised', async () => {
    await ours.post(`${at}/listings/refresh`);
    await until('three listings are matched', async () => (await ours.get(`${at}/listings?state=matched`)).data.length === 3);
    for (const { sku } of skus) await shows(sku, 100);
  });
  await check('twenty orders of the shop appear, each once, with their goods and their money', async () => {
    const placed = [];
    for (let i = 0; i < 20; i++) {
      const basket = { [skus[i % 3].sku]: 1 + i % 3, ...(i % 4 === 0 ? { [skus[(i + 1) % 3].sku]: 1 } : {}) };
      placed.push(await shop.buy(basket, { postcode: `LS${1 + i % 9} 1AA` }));
    }
    await ask();
    for (const [i, order] of placed.entries()) {
      const taken = await ours.taken(channel, order.id);
      same(`the total of ${order.code}`, [taken.totalMinor, taken.paymentStatus, taken.shippingAddress.postcode], [order.totalWithTax, 'paid', `LS${1 + i % 9} 1AA`]);
      const units = list => Object.fromEntries(list.sort());
      same(`the goods of ${order.code}`, units(taken.lines.filter(l => l.kind === 'goods').map(l => [l.sku, l.quantity])), units((await shop.order(order.id)).lines.map(l => [l.productVariant.sku, l.quantity])));
    }
    await ask();
    same('orders of the channel', (await ours.get(`/orders?limit=200&query=channel:${channel}`)).data.length, placed.length);
  });
  await check('after these sales the shop shows what may be promised', async () => { for (const { sku } of skus) await agrees(sku); });
  await check('a change of stock here is shown there', async () => {
    const began = performance.now();
    await ours.stock('JUG', 77);
    await agrees('JUG');
    return `${Math.round(performance.now() - began)} ms`;
  });
  await check('an order in two parcels is two fulfilments with their tracking numbers, told once', async () => {
    const { order, taken } = await bought({ CUP: 3 });
    const work = await packed(taken.id, 2, 1);
    await ship(work, 1, 'PEER-1');
    await until('the first parcel is told', async () => (await shop.order(order.id)).state === 'PartiallyShipped');
    await ship(work, 2, 'PEER-2');
    await until('all of it is told', async () => (await shop.order(order.id)).state === 'Shipped');
    const parcels = (await shop.order(order.id)).fulfillments.map(f => [f.state, f.trackingCode, f.lines.reduce((sum, l) => sum + l.quantity, 0)]);
    same('the fulfilments', parcels.sort(), [['Shipped', 'PEER-1', 2], ['Shipped', 'PEER-2', 1]]);
    await agrees('CUP');
  });
  await check('money that was only authorised is settled with the parcel', async () => {
    const { order, taken } = await bought({ BOWL: 2 }, { method: 'later' });
    same('the shop', (await shop.order(order.id)).payments.map(p => p.state), ['Authorized']);
    await ship(await packed(taken.id, 2), 1, 'PEER-3');
    await until('it is told', async () => (await shop.order(order.id)).state === 'Shipped');
    same('the shop', (await shop.order(order.id)).payments.map(p => p.state), ['Settled']);
  });
  await check('an order cancelled here is cancelled there, and its goods are for sale again', async () => {
    const { order, taken } = await bought({ JUG: 2 });
    await ours.post(`/orders/${taken.id}/cancel`, { reason: 'Out of stock' });
    await until('it is told', async () => (await shop.order(order.id)).state === 'Cancelled');
    await agrees('JUG');
  });
  await check('an order cancelled there is cancelled here, and not told back', async () => {
    const { order, taken } = await bought({ JUG: 1 });
    const before = (await ours.get(`${at}/tasks?limit=200`)).data.length;
    await shop.cancel(order.id);
    await ask();
    await until('it is cancelled', async () => (await ours.get(`/orders/${taken.id}`)).state === 'cancelled');
    await agrees('JUG');
    same('tasks', (await ours.get(`${at}/tasks?limit=200`)).data.length, before);
  });
  await check('money given back here is given back there, once and to the penny', async () => {
    const { order, taken } = await bought({ BOWL: 1 });
    const payment = (await ours.get(`/orders/${taken.id}/payments`)).data.find(p => p.type !== 'refund');
    await ours.post(`/payments/${payment.id}/refund`, { amountMinor: 777, reason: 'A scratch' });
    const back = async () => (await shop.order(order.id)).payments.flatMap(p => p.refunds.map(r => r.total));
    await until('it is told', async () => { const is = await back(); return is.length > 0 || 'nothing was given back'; });
    same('refunds', await back(), [777]);
  });
  await check('a session that has ended is begun again', async () => {
    await shop.endSessions();
    await bought({ CUP: 1 });
  });
  await check('a server that was killed takes in what was bought meanwhile, each order once', async () => {
    const before = await shop.buy({ CUP: 1 });
    await ask();
    await ours.kill();
    const meanwhile = [await shop.buy({ CUP: 1 }), await shop.buy({ BOWL: 1 })];
    await ours.begin();
    await ask();
    for (const order of [before, ...meanwhile]) await ours.taken(channel, order.id);
    for (const { sku } of skus) await agrees(sku);
  });
  await check('nothing waits for a person, and the books are right', async () => {
    same('parked', [(await ours.get(`${at}/orders?state=parked`)).data.length, (await ours.get(`${at}/tasks?state=parked`)).data.length], [0, 0]);
    await ours.kill();
    ours.verify();
  });
};

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => killAll().finally(() => process.exit(130)));
try {
  const folder = kept ?? join(scratch, 'vendure');
  console.log(`Vendure ${version} from npm, in ${folder}; the first time this takes some minutes.`);
  install(folder);
  shop = await Vendure.open(folder);
  await shop.fill(skus);
  ours = await Switchyard.open(scratch, program);
  await checks();
} catch (fault) {
  results.push({ name: 'the two servers', fault: fault.message });
  console.log(`failed  the two servers\n        ${fault.message}`);
} finally {
  await killAll();
  rmSync(scratch, { recursive: true, force: true });
}
const failed = results.filter(r => r.fault).length;
console.log(`\n| what | Vendure ${version} |\n| --- | --- |`);
for (const { name, fault } of results) console.log(`| ${name} | ${fault ? 'failed' : 'passed'} |`);
console.log(`\n${results.length - failed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
