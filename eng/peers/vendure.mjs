// A Vendure shop from npm: installed, started, filled, and bought from in its shop API.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, start, until } from './processes.mjs';

export const version = '3.7.3';
export const admin = { username: 'switchyard', password: 'a-password-for-one-run' };
const taxPercent = 20, shippingMinor = 500;

const packages = {
  name: 'peer-vendure', private: true, version: '0.0.0', dependencies: { '@vendure/core': version, 'better-sqlite3': '^12.0.0' },
  // Not every registry has the newest of this one.
  overrides: { '@graphql-tools/batch-execute': '10.2.0' },
};

const npm = (folder, ...args) => {
  const { status } = spawnSync('npm', args, { cwd: folder, stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) throw new Error(`npm ${args[0]} ended with ${status}.`);
};

export const install = folder => {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify(packages, null, 2));
  copyFileSync(new URL('./vendure-server.cjs', import.meta.url), join(folder, 'server.cjs'));
  if (!existsSync(join(folder, 'node_modules/@vendure/core'))) npm(folder, 'install', '--no-audit', '--no-fund', '--loglevel=error');
  if (!existsSync(join(folder, 'node_modules/better-sqlite3/build/Release/better_sqlite3.node'))) npm(folder, 'rebuild', 'better-sqlite3');
};

class Session {
  constructor(url) { this.url = url; }

  async ask(query, variables = {}) {
    const answer = await fetch(this.url, {
      method: 'POST', body: JSON.stringify({ query, variables }),
      headers: { 'content-type': 'application/json', ...(this.token ? { authorization: `Bearer ${this.token}` } : {}) },
    });
    this.token ??= answer.headers.get('vendure-auth-token') ?? undefined;
    const { data, errors } = await answer.json();
    if (errors) throw new Error(errors.map(e => e.message).join(' '));
    return data;
  }

  // A mutation whose answer is of another type than the wanted one was refused.
  async do(name, type, query, variables) {
    const done = (await this.ask(query, variables))[name];
    if (done?.__typename !== type) throw new Error(`${name}: ${done?.message ?? JSON.stringify(done)}`);
    return done;
  }
}

export class Vendure {
  static async open(folder) {
    rmSync(join(folder, 'shop.sqlite'), { force: true });
    const shop = new Vendure();
    const port = await freePort();
    shop.url = `http://127.0.0.1:${port}`;
    const log = join(folder, 'vendure.log');
    const env = { PORT: String(port), USER_NAME: admin.username, PASSWORD: admin.password };
    shop.process = start(process.execPath, ['server.cjs'], { cwd: folder, log, env });
    await until('Vendure starts', async () => shop.process.exitCode !== null ? `it ended: ${readFileSync(log, 'utf8').slice(-400)}` : (await fetch(`${shop.url}/health`)).ok, 240);
    shop.desk = new Session(`${shop.url}/admin-api`);
    await shop.logIn();
    return shop;
  }

  logIn() {
    return this.desk.do('login', 'CurrentUser', `mutation ($username: String!, $password: String!) {
      login(username: $username, password: $password) { __typename ... on ErrorResult { message } } }`, admin);
  }

  async make(name, input) {
    const type = name[0].toUpperCase() + name.slice(1) + 'Input';
    return (await this.desk.ask(`mutation ($input: ${type}!) { ${name}(input: $input) { ... on Node { id } } }`, { input }))[name].id;
  }

  // A shop in the United Kingdom with prices that have tax in them, two locations, and money that is taken at once ("card") or only authorised ("later").
  async fill(skus) {
    const named = (name, more = {}) => [{ languageCode: 'en', name, ...more }];
    const country = await this.make('createCountry', { code: 'GB', enabled: true, translations: named('United Kingdom') });
    const zone = await this.make('createZone', { name: 'Home', memberIds: [country] });
    const taxCategoryId = await this.make('createTaxCategory', { name: 'Standard', isDefault: true });
    await this.make('createTaxRate', { name: 'VAT', enabled: true, value: taxPercent, categoryId: taxCategoryId, zoneId: zone });
    const { channels } = await this.desk.ask('{ channels { items { id } } }');
    const rules = {
      defaultTaxZoneId: zone, defaultShippingZoneId: zone, pricesIncludeTax: true, availableCurrencyCodes: ['GBP'], defaultCurrencyCode: 'GBP', trackInventory: true,
    };
    await this.desk.do('updateChannel', 'Channel', 'mutation ($input: UpdateChannelInput!) { updateChannel(input: $input) { __typename ... on ErrorResult { message } } }', {
      input: { id: channels.items[0].id, ...rules },
    });
    for (const [code, settles] of [['card', 'true'], ['later', 'false']]) {
      await this.make('createPaymentMethod', {
        code, enabled: true, translations: named(code, { description: '' }), handler: { code: 'dummy-payment-handler', arguments: [{ name: 'automaticSettle', value: settles }] },
      });
    }
    this.shipping = await this.make('createShippingMethod', {
      code: 'standard', fulfillmentHandler: 'manual-fulfillment', translations: named('Standard', { description: '' }),
      checker: { code: 'default-shipping-eligibility-checker', arguments: [{ name: 'orderMinimum', value: '0' }] },
      calculator: {
        code: 'default-shipping-calculator',
        arguments: [{ name: 'rate', value: String(shippingMinor) }, { name: 'includesTax', value: 'auto' }, { name: 'taxRate', value: String(taxPercent) }],
      },
    });
    const places = async () => (await this.desk.ask('{ stockLocations { items { id } } }')).stockLocations.items.map(p => p.id);
    if ((await places()).length < 2) await this.make('createStockLocation', { name: 'Dock' });
    this.variants = {};
    for (const { sku, price } of skus) {
      const productId = await this.make('createProduct', { enabled: true, translations: named(`Product ${sku}`, { slug: sku.toLowerCase(), description: '' }) });
      const stockLevels = (await places()).map(stockLocationId => ({ stockLocationId, stockOnHand: 0 }));
      const input = [{ productId, sku, price, taxCategoryId, trackInventory: 'TRUE', translations: named(`Product ${sku}`), stockLevels }];
      const made = await this.desk.ask('mutation ($input: [CreateProductVariantInput!]!) { createProductVariants(input: $input) { id } }', { input });
      this.variants[sku] = made.createProductVariants[0].id;
    }
  }

  // What can be sold of a SKU.
  async saleable(sku) {
    const { productVariant } = await this.desk.ask('query ($id: ID!) { productVariant(id: $id) { stockLevels { stockOnHand stockAllocated } } }', { id: this.variants[sku] });
    return productVariant.stockLevels.reduce((sum, l) => sum + l.stockOnHand - l.stockAllocated, 0);
  }

  // Somebody buys, as a browser would: {SKU: units}.
  async buy(basket, { postcode = 'LS1 1AA', method = 'card' } = {}) {
    const buyer = new Session(`${this.url}/shop-api`);
    // Arguments are [name, type, value].
    const act = (name, args) => buyer.do(name, 'Order', `mutation (${args.map(([arg, type]) => `$${arg}: ${type}`).join(', ')}) {
      ${name}(${args.map(([arg]) => `${arg}: $${arg}`).join(', ')}) { __typename ... on Order { id code totalWithTax state } ... on ErrorResult { message } } }`,
    Object.fromEntries(args.map(([arg, , value]) => [arg, value])));
    const customer = { firstName: 'Ada', lastName: 'Fielding', emailAddress: `ada.${Math.random().toString(36).slice(2)}@example.com` };
    const address = { fullName: 'Ada Fielding', streetLine1: '1 Mill Lane', city: 'Leeds', postalCode: postcode, countryCode: 'GB' };
    for (const [sku, units] of Object.entries(basket)) await act('addItemToOrder', [['productVariantId', 'ID!', this.variants[sku]], ['quantity', 'Int!', units]]);
    await act('setCustomerForOrder', [['input', 'CreateCustomerInput!', customer]]);
    await act('setOrderShippingAddress', [['input', 'CreateAddressInput!', address]]);
    await act('setOrderShippingMethod', [['shippingMethodId', '[ID!]!', [this.shipping]]]);
    await act('transitionOrderToState', [['state', 'String!', 'ArrangingPayment']]);
    return await act('addPaymentToOrder', [['input', 'PaymentInput!', { method, metadata: {} }]]);
  }

  async order(id) {
    const { order } = await this.desk.ask(`query ($id: ID!) { order(id: $id) { state totalWithTax fulfillments { state method trackingCode lines { quantity } }
      payments { state refunds { total } } lines { quantity productVariant { sku } } } }`, { id });
    return order;
  }

  cancel(id) {
    return this.desk.do('cancelOrder', 'Order', 'mutation ($input: CancelOrderInput!) { cancelOrder(input: $input) { __typename ... on ErrorResult { message } } }', {
      input: { orderId: id, reason: 'Changed my mind', cancelShipping: true },
    });
  }

  // Signing out ends all sessions of the administrator, the adapter's too.
  async endSessions() {
    await this.desk.ask('mutation { logout { success } }');
    this.desk.token = undefined;
    await this.logIn();
  }
}
