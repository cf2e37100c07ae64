// What failed in the .trx files of a folder, with the beginning of each message; SWITCHYARD_SLOWEST=20 adds the classes that took longest.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.argv[2];
const slowest = Number(process.env.SWITCHYARD_SLOWEST ?? 0);
const mostLines = 15, mostFailures = 40;

const plain = text => text.replaceAll(/&#x([0-9A-Fa-f]+);/g, (_, code) => String.fromCodePoint(parseInt(code, 16)))
  .replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&apos;', "'").replaceAll('&amp;', '&');
const seconds = duration => duration.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);

const results = readdirSync(folder).filter(name => name.endsWith('.trx')).flatMap(name => {
  const text = readFileSync(join(folder, name), 'utf8');
  return text.split('<UnitTestResult ').slice(1).map(part => ({
    name: plain(/testName="([^"]*)"/.exec(part)[1]),
    seconds: seconds(/duration="([^"]*)"/.exec(part)?.[1] ?? '0'),
    hasFailed: /outcome="Failed"/.test(part.slice(0, part.indexOf('>'))),
    message: plain(/<Message>([\s\S]*?)<\/Message>/.exec(part)?.[1] ?? ''),
  }));
});

const failed = results.filter(result => result.hasFailed);
if (failed.length > 0) console.log('\nFailed:');
for (const { name, message } of failed.slice(0, mostFailures))
  console.log(`  ${name}\n      ${message.split('\n').slice(0, mostLines).map(line => line.slice(0, 300)).join('\n      ')}`);
if (failed.length > mostFailures) console.log(`  and ${failed.length - mostFailures} more`);

if (slowest > 0) {
  const classes = new Map();
  for (const { name, seconds: spent } of results) {
    const owner = name.replace(/\(.*/s, '').split('.').slice(0, -1).join('.');
    classes.set(owner, (classes.get(owner) ?? 0) + spent);
  }
  console.log(`\n${results.length} tests, ${Math.round(results.reduce((sum, result) => sum + result.seconds, 0))} s together; the slowest classes:`);
  for (const [owner, spent] of [...classes].sort((a, b) => b[1] - a[1]).slice(0, slowest)) console.log(`${spent.toFixed(1).padStart(8)} s  ${owner}`);
}
