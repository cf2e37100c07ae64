// A Switchyard server with a new database, asked over its API as any program would.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, kill, start, until } from './processes.mjs';

const key = 'sy_peers_administrator';

export class Switchyard {
  static async open(folder, program) {
    const server = new Switchyard();
    Object.assign(server, { folder, program, port: await freePort() });
    await server.begin();
    return server;
  }

  get env() {
    return { SWITCHYARD_DATABASE: join(this.folder, 'switchyard.db'), SWITCHYARD_BOOTSTRAP_KEY: key, SWITCHYARD_WEBHOOK_ALLOW: '127.0.0.1', SWITCHYARD_WEBHOOK_HTTP: '1' };
  }

  async begin() {
    const url = `http://127.0.0.1:${this.port}`;
    const log = join(this.folder, 'switchyard.log');
    this.process = start('dotnet', [this.program, 'serve', '--urls', url, '--Logging:LogLevel:Default', 'Warning'], { cwd: this.folder, log, env: this.env });
    const isReady = async () => (await (await fetch(`${url}/healthz/ready`)).json()).isReady === true;
    await until('Switchyard starts', async () => this.process.exitCode !== null ? `it ended: ${readFileSync(log, 'utf8').slice(-400)}` : isReady(), 120);
  }

  // Ends it without warning.
  kill() { return kill(this.process); }

  async send(method, path, body) {
    const answer = await fetch(`http://127.0.0.1:${this.port}/api/v1${path}`, {
      method, headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' }, ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text.slice(0, 400)}`);
    return text ? JSON.parse(text) : null;
  }

  get(path) { return this.send('GET', path); }
  post(path, body = {}) { return this.send('POST', path, body); }
  put(path, body) { return this.send('PUT', path, body); }

  async stock(sku, setTo) { await this.post('/inventory/adjustments', { items: [{ sku, node: 'MAIN', setTo, reason: 'peers' }] }); }
  async atp(sku) { return (await this.get(`/inventory?sku=${sku}`)).atp; }

  // Our order of one of the channel's, once it is taken in.
  async taken(channel, externalId) {
    let told;
    await until(`order ${externalId} is taken in`, async () => {
      told = (await this.get(`/connections/${channel}/orders?limit=200`)).data.find(o => o.externalId === externalId);
      return told?.state === 'taken' || (told ? `${told.state} ${told.said ?? ''}` : 'not told');
    });
    return await this.get(`/orders/${told.orderId}`);
  }

  async release(order) { return (await this.post(`/orders/${order}/release`)).fulfilments[0].id; }

  verify() {
    const { status, stdout, stderr } = spawnSync('dotnet', [this.program, 'verify'], { cwd: this.folder, env: { ...process.env, ...this.env }, encoding: 'utf8' });
    if (status !== 0) throw new Error(`${stdout}${stderr}`.trim().split('\n').slice(-5).join(' '));
  }
}
