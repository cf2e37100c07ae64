import { expect, test } from 'vitest';
import { mentionAt, mentionsIn, partsOf } from './mentions.ts';

test('whoever is named by @ is meant, once, and an email address means nobody', () => {
  expect(mentionsIn('@ben please ask @Ann.Archer. and @ben again')).toEqual(['ben', 'Ann.Archer']);
  expect(mentionsIn('write to ada@example.test, or @x')).toEqual([]);
  expect(mentionsIn('line one\n@jörg_2')).toEqual(['jörg_2']);
});

test('a mention is offered for as long as its word is being written', () => {
  expect(mentionAt('ask @be', 7)).toEqual({ start: 4, typed: 'be' });
  expect(mentionAt('@', 1)).toEqual({ start: 0, typed: '' });
  expect(mentionAt('ask @ben now', 12)).toBeNull();
  expect(mentionAt('ada@ex', 6)).toBeNull();
});

test('mentions stand out in the text of a note, other words with @ do not', () => {
  expect(partsOf('Hi @ben, ask @nobody', ['Ben'])).toEqual([
    { text: 'Hi ', isMention: false },
    { text: '@ben', isMention: true },
    { text: ', ask @nobody', isMention: false },
  ]);
  expect(partsOf('plain', [])).toEqual([{ text: 'plain', isMention: false }]);
});
