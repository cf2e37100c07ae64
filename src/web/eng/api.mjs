// Writes src/house/api/schema.d.ts from the committed OpenAPI document; with --check it only says whether it is up to date.
import { readFileSync, writeFileSync, existsSync } from 'node:fs';
import openapiTS, { astToString } from 'openapi-typescript';
import ts from 'typescript';

const committed = new URL('../../../docs/api/openapi.json', import.meta.url);
const target = new URL('../src/house/api/schema.d.ts', import.meta.url);
const source = process.argv.find((a) => a.startsWith('http')) ?? committed;
if (source === committed && !existsSync(committed)) {
  console.error('docs/api/openapi.json is missing. Give the address of a running server: npm run api -- http://127.0.0.1:5080/openapi/v1.json');
  process.exit(3);
}

const text = ts.factory.createKeywordTypeNode(ts.SyntaxKind.StringKeyword);
const orNull = ts.factory.createUnionTypeNode([text, ts.factory.createLiteralTypeNode(ts.factory.createNull())]);

const nodes = await openapiTS(source instanceof URL ? source : new URL(source), {
  // Where the document names no type: instants are texts or null, and an id is a text.
  transform(schema, { path }) {
    if (schema.type !== undefined || schema.properties) return undefined;
    if (schema.format === 'date-time') return orNull;
    return /\/components\/schemas\/\w+Id$/.test(path ?? '') ? text : undefined;
  },
});
const written = `// Made by npm run api from docs/api/openapi.json. Do not edit.\n${astToString(nodes)}`;
if (process.argv.includes('--check')) {
  if (readFileSync(target, 'utf8') === written) process.exit(0);
  console.error('The API client is not that of docs/api/openapi.json: run npm run api in src/web and commit what it changes.');
  process.exit(1);
}
writeFileSync(target, written);
