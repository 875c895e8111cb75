import fc from 'fast-check';
import { expect, test } from 'vitest';
import { wrapName, wrapWords } from '../../src/report/terminal/wrap-name.js';

const width = fc.integer({ min: 1, max: 30 });

test('a name is broken behind its separators', () => {
  expect(wrapName('update_item/async-write', 12)).toEqual(['update_item/', 'async-write']);
  expect(wrapName('abcdefgh', 3)).toEqual(['abc', 'def', 'gh']);
  expect(wrapName('short', 12)).toEqual(['short']);
});

test('a broken name fits, and is whole again when joined', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z_/.-]{0,80}$/), width, (name, limit) => {
      const lines = wrapName(name, limit);
      expect(lines.join('')).toBe(name);
      for (const line of lines) expect(line.length).toBeLessThanOrEqual(limit);
    }),
  );
});

test('a broken sentence fits, and no letter is lost', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z_ ]{0,80}$/), width, (sentence, limit) => {
      const lines = wrapWords(sentence, limit);
      expect(lines.join('').replaceAll(' ', '')).toBe(sentence.replaceAll(' ', ''));
      for (const line of lines) expect(line.length).toBeLessThanOrEqual(limit);
    }),
  );
});
