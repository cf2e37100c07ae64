// The JavaScript a person fetches before the first page shows: what index.html names and what those files import. At most 190 kB gzipped.
import { readFileSync, readdirSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const most = 190_000;
const dist = new URL('../dist/', import.meta.url);
const html = readFileSync(new URL('index.html', dist), 'utf8');
const seen = new Map();

function weigh(name) {
  if (seen.has(name)) return;
  const code = readFileSync(new URL(`assets/${name}`, dist), 'utf8');
  seen.set(name, gzipSync(code).length);
  for (const [, other] of code.matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g)) weigh(other);
}

for (const [, name] of html.matchAll(/(?:src|href)="\/assets\/([^"]+\.js)"/g)) weigh(name);
const sum = [...seen.values()].reduce((a, b) => a + b, 0);
for (const [name, bytes] of seen) console.log(`${String(bytes).padStart(8)}  ${name}`);
console.log(`${String(sum).padStart(8)}  first page, of ${most} allowed; ${readdirSync(new URL('assets/', dist)).length} files in all`);
if (sum > most) {
  console.error('The first page is too heavy.');
  process.exit(1);
}
