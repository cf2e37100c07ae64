// Programs that are started and ended, free ports, and waiting for what becomes true.
import { spawn } from 'node:child_process';
import { openSync } from 'node:fs';
import { createServer } from 'node:net';

const running = new Set();

export const start = (command, args, { cwd, env, log }) => {
  const out = openSync(log, 'a');
  const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', out, out] });
  running.add(child);
  child.ended = new Promise(done => child.once('exit', code => { running.delete(child); done(code ?? -1); }));
  return child;
};

export const kill = async child => {
  if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
  await child.ended;
};

export const killAll = () => Promise.all([...running].map(kill));

export const freePort = () => new Promise((done, failed) => {
  const server = createServer().once('error', failed).listen(0, '127.0.0.1', () => {
    const { port } = server.address();
    server.close(() => done(port));
  });
});

export const until = async (what, isSo, seconds = 60) => {
  const end = Date.now() + seconds * 1000;
  let last;
  for (;;) {
    try { last = await isSo(); } catch (fault) { last = fault.message; }
    if (last === true) return;
    if (Date.now() > end) throw new Error(`${what}: not within ${seconds} s (${typeof last === 'string' ? last : JSON.stringify(last)})`);
    await new Promise(done => setTimeout(done, 100));
  }
};

export const same = (what, is, wanted) => {
  const [a, b] = [JSON.stringify(is), JSON.stringify(wanted)];
  if (a !== b) throw new Error(`${what}: is ${a}, should be ${b}`);
};
