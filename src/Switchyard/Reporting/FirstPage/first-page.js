'use strict';
// The plain first page. It shows what GET /api/v1/reports/overview says, every ten seconds while it is looked at.
const at = id => document.getElementById(id);
const number = new Intl.NumberFormat();
const words = {
  address: 'Address', payment: 'Payment', stock: 'Stock', unknown_sku: 'Unknown SKU', price_off_list: 'Price off list', manual: 'Held by a person',
  customer: "At the customer's wish", fraud: 'Fraud check', documents: 'Documents', placed: 'Placed', confirmed: 'Confirmed', cancelled: 'Cancelled',
  closed: 'Closed', expired: 'Expired', draft: 'Draft',
};
let session = null, timer = 0;

async function ask(path, options) {
  const answer = await fetch(path, { headers: { Accept: 'application/json' }, ...options });
  const body = answer.status === 204 ? null : await answer.json().catch(() => null);
  return { answer, body };
}

function pair(term, value) {
  const div = document.createElement('div'), dt = document.createElement('dt'), dd = document.createElement('dd');
  dt.textContent = term;
  dd.textContent = value;
  div.append(dt, dd);
  return div;
}

function money(minor, currency) {
  const format = new Intl.NumberFormat(undefined, { style: 'currency', currency });
  return format.format(minor / 10 ** format.resolvedOptions().maximumFractionDigits);
}

// Today by the clock, earlier by the date; the zone is the reader's own.
function when(instant) {
  const at = new Date(instant), isToday = at.toDateString() === new Date().toDateString();
  return new Intl.DateTimeFormat(undefined, isToday ? { timeStyle: 'short' } : { dateStyle: 'medium' }).format(at);
}

function row(order) {
  const tr = document.createElement('tr');
  const status = order.isHeld ? 'On hold' : words[order.state] ?? order.state;
  for (const [text, side] of [['#' + order.number], [when(order.placedAt)], [order.channel], [status], [money(order.totalMinor, order.currency), 'end']]) {
    const td = document.createElement('td');
    td.textContent = text;
    if (side) td.className = side;
    tr.append(td);
  }
  return tr;
}

function note(text) {
  const p = document.createElement('p');
  p.className = 'none';
  p.textContent = text;
  return p;
}

async function health() {
  const line = at('health');
  try {
    const { answer, body } = await ask('/healthz/ready');
    line.className = 'status ' + (answer.ok ? 'good' : 'bad');
    const warning = body?.parts.find(part => part.warning)?.warning;
    line.textContent = answer.ok ? warning ?? `Ready, version ${body.version}` : 'Not ready: ' + (warning ?? 'the database does not answer');
  } catch {
    line.className = 'status bad';
    line.textContent = 'The server does not answer. Trying again.';
  }
}

async function overview() {
  const { answer, body } = await ask('/api/v1/reports/overview');
  if (answer.status === 401) { session = null; show(); return; }
  at('shop-error').hidden = answer.ok;
  if (!answer.ok) { at('shop-error').textContent = body?.detail ?? 'The figures could not be read.'; at('shop').hidden = true; return; }
  at('figures').replaceChildren(
    pair('Open orders', body.openOrders > 10000 ? '10,000+' : number.format(body.openOrders)), pair('On hold', number.format(body.heldOrders)),
    pair('Units waiting for stock', number.format(body.waitingUnits)), pair('SKUs in stock', number.format(body.skus)), pair('Places', number.format(body.nodes)),
    pair('Units on hand', number.format(body.onHand)), pair('Units allocated', number.format(body.allocated)), pair('Units available', number.format(body.available)));
  const holds = Object.entries(body.openHolds);
  at('holds').replaceChildren(...holds.length ? holds.map(([kind, count]) => pair(words[kind] ?? kind, number.format(count))) : [note('Nothing. Every open order may go forward.')]);
  at('orders').replaceChildren(...body.latestOrders.map(row));
  if (!body.latestOrders.length) {
    const td = document.createElement('td');
    td.colSpan = 5;
    td.textContent = 'No order yet. Place one with POST /api/v1/orders.';
    at('orders').append(document.createElement('tr'));
    at('orders').firstElementChild.append(td);
  }
  at('shop').hidden = false;
}

function show() {
  at('login').hidden = session !== null;
  at('leave').hidden = session === null;
  if (session === null) at('shop').hidden = true;
}

async function look() {
  clearTimeout(timer);
  await health();
  if (session) await overview().catch(() => { });
  timer = setTimeout(() => document.hidden ? 0 : look(), 10000);
}

at('login').addEventListener('submit', async event => {
  event.preventDefault();
  const { answer, body } = await ask('/api/v1/session', {
    method: 'POST', headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ userName: at('user').value, password: at('password').value }),
  });
  at('login-error').hidden = answer.ok;
  if (!answer.ok) { at('login-error').textContent = body?.detail ?? 'Signing in did not work.'; return; }
  session = body;
  at('password').value = '';
  show();
  look();
});

at('leave').addEventListener('click', async () => {
  await ask('/api/v1/session', { method: 'DELETE', headers: { 'Switchyard-Antiforgery': session?.antiforgeryToken ?? '' } });
  session = null;
  show();
});

document.addEventListener('visibilitychange', () => { if (!document.hidden) look(); });

(async () => {
  const { answer, body } = await ask('/api/v1/session').catch(() => ({ answer: { ok: false } }));
  session = answer.ok ? body : null;
  show();
  look();
})();
