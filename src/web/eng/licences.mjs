// Every npm package that is shipped or used to build is under a permissive licence.
import { readFileSync } from 'node:fs';

const permissive = new Set([
  'MIT', 'MIT-0', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', '0BSD', 'OFL-1.1', 'CC0-1.0', 'CC-BY-4.0', 'Unlicense', 'MPL-2.0',
  'Python-2.0', 'BlueOak-1.0.0', 'Unicode-3.0',
]);
const lock = JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8'));
const fits = (licence) => licence.replace(/[()]/g, '').split(' OR ').some((one) => one.split(' AND ').every((part) => permissive.has(part)));
const wrong = Object.entries(lock.packages)
  .filter(([path, p]) => path !== '' && !fits(p.license ?? 'none'))
  .map(([path, p]) => `${path.replace(/^.*node_modules\//, '')} ${p.version}: ${p.license ?? 'no licence'}`);
if (wrong.length > 0) {
  console.error(`Not permissive:\n${wrong.join('\n')}`);
  process.exit(1);
}
