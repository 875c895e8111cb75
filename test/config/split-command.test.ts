import { expect, test } from 'vitest';
import { splitCommand } from '../../src/config/split-command.js';

test.each([
  ['serve --port {port}', ['serve', '--port', '{port}']],
  [`sh -c 'a && b'`, ['sh', '-c', 'a && b']],
  ['say "two words" $HOME *.js', ['say', 'two words', '$HOME', '*.js']],
  ['', []],
])('%j is split into words without a shell', (command, words) => {
  expect(splitCommand(command)).toEqual(words);
});

test.each(['a | b', 'a && b', 'a; b', 'a > b', 'a &'])('%j needs a shell', (command) => {
  expect(splitCommand(command)).toBeUndefined();
});

test('words that are split already stay as they are', () => {
  expect(splitCommand(['a | b'])).toEqual(['a | b']);
});
