import { expect, test } from 'vitest';
import { argumentsOf, bulkActions, emptyBulk, sampleArguments } from './bulk.ts';

test('an action waits until it has been told what it needs', () => {
  expect(argumentsOf('tag', emptyBulk)).toBeNull();
  expect(argumentsOf('priority', emptyBulk)).toBeNull();
  expect(argumentsOf('hold', { ...emptyBulk, reason: '  ' })).toBeNull();
  expect(argumentsOf('hold', { ...emptyBulk, reason: ' Called ' })).toEqual({ kind: 'manual', reason: 'Called' });
});

test('only what the action needs is sent', () => {
  const all = { tags: ['fair'], reason: 'Ordered twice', kind: 'fraud', assignee: ' ben ', priority: 0, columns: ['number'], format: 'ndjson' } as const;
  const draft = { ...all, tags: [...all.tags], columns: [...all.columns] };
  expect(argumentsOf('untag', draft)).toEqual({ tags: ['fair'] });
  expect(argumentsOf('assign', draft)).toEqual({ assignee: 'ben' });
  expect(argumentsOf('assign', emptyBulk)).toEqual({ assignee: null });
  expect(argumentsOf('priority', draft)).toEqual({ priority: 0, reason: 'Ordered twice' });
  expect(argumentsOf('cancel', draft)).toEqual({ reason: 'Ordered twice' });
  expect(argumentsOf('export', draft)).toEqual({ format: 'ndjson', columns: ['number'] });
  expect(argumentsOf('export', emptyBulk)).toEqual({ format: 'csv' });
});

test('each action can be counted before it is told anything', () => {
  for (const action of bulkActions) expect(sampleArguments[action]).toBeDefined();
});
