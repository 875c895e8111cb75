import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { UserError } from '../../../src/kernel/errors.js';
import { parseText } from '../../../src/openapi/document/parse-text.js';
import { userErrorOf } from '../../support/caught.js';

const parse = async (text: string): Promise<unknown> => (await parseText(text, 'api')).value;
const notesOn = async (text: string): Promise<readonly string[]> => (await parseText(text, 'api')).notes;

describe('YAML', () => {
  test('keeps dates as text and takes the later of two equal keys', async () => {
    expect(await parse('a: 2020-01-01\nb: 1\nb: 2')).toEqual({ a: '2020-01-01', b: 2 });
  });

  test('has integers with every digit, and tags of others as if they were not there', async () => {
    expect(await parse('a: 12345678901234567890\nb: -9223372036854775808\nc: 7')).toEqual({
      a: 12345678901234567890n,
      b: -9223372036854775808n,
      c: 7,
    });
    expect(await parse('a: !doc {x: 1}\nb: !!python/tuple [1]\nc: !env NAME')).toEqual({
      a: { x: 1 },
      b: [1],
      c: 'NAME',
    });
  });

  test('merges with `<<`', async () => {
    expect(await parse('x: &x {a: 1}\ny: {<<: *x, b: 2}')).toEqual({ x: { a: 1 }, y: { a: 1, b: 2 } });
  });

  test('may break quoted text without indenting it, as Docker does', async () => {
    const text = 'list:\n  text: "one\n  two\n  three"\n  next: 1\nother: "a\nb"';
    expect(await parse(text)).toEqual({ list: { text: 'one two three', next: 1 }, other: 'a b' });
  });

  test('gives keys such as __proto__ no power', async () => {
    const value = (await parse('__proto__: {polluted: true}')) as object;
    expect(Object.keys(value)).toEqual(['__proto__']);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  test('that is wrong is refused with its line and the text there', async () => {
    const { message } = await userErrorOf(() => parse('a: 1\nb: [1, 2\nc: 3'));
    expect(message).toMatch(/^The document api is not valid YAML: line \d, column \d+: .*\n/);
    expect(message).toContain('b: [1, 2');
  });
});

describe('a key that stands twice', () => {
  test('is named, in JSON as in YAML', async () => {
    expect(await notesOn('paths:\n  /a: {}\n  /a: {}')).toEqual([
      'says a key twice in line 3: the later one counts',
    ]);
    expect(await notesOn('{"paths": {"/a": {}, "/b" : {"/a": 1}, "/a": {}}}')).toEqual([
      'says “/a” twice in one place: the later one counts',
    ]);
  });

  test('elsewhere is none', async () => {
    expect(await notesOn('{"a": {"x": 1, "y": "x"}, "b": {"x": ["x", "x"]}}')).toEqual([]);
    expect(await notesOn('a: {x: 1}\nb: {x: 1}')).toEqual([]);
  });
});

test('JSON may have comments and trailing commas', async () => {
  const text = '// first\n{"a": "x // y", /* two\nlines */ "b": [1, 2,],}';
  expect(await parse(text)).toEqual({ a: 'x // y', b: [1, 2] });
});

describe('a hostile text is refused, and soon', () => {
  const laughs = Array.from({ length: 12 }, (_, at) => `a${at}: &a${at} [${`*a${at - 1},`.repeat(9)}]`).slice(
    1,
  );
  const chain = Array.from({ length: 1000 }, (_, at) => `a${at}: &a${at} [*a${at - 1}]`).slice(1);
  test.each([
    ['aliases that stand for billions', ['a0: &a0 [x]', ...laughs].join('\n'), '5 million values'],
    ['aliases that nest deeply', ['a0: &a0 [x]', ...chain].join('\n'), '500 levels'],
    ['a list inside of itself', 'a: &a [*a]', '500 levels'],
    ['10,000 levels of YAML', `a: ${'['.repeat(10_000)}${']'.repeat(10_000)}`, '500 levels'],
    ['10,000 levels of JSON', `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`, '500 levels'],
    ['an unclosed megabyte', `{"a":"${'x'.repeat(1_000_000)}`, 'not valid JSON'],
  ])('%s', async (_, text, reason) => {
    const { message } = await userErrorOf(() => parse(text));
    expect(message).toContain(reason);
    expect(message.length).toBeLessThan(2000);
  });
});

test('whatever can be written as JSON is read as it was, at its true depth', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(fc.array(fc.jsonValue()), fc.dictionary(fc.string(), fc.jsonValue())),
      async (value) => {
        const text = JSON.stringify(value);
        expect(await parse(text)).toEqual(JSON.parse(text));
      },
    ),
  );
});

test('any text is read or refused in words for people', async () => {
  const piece = fc.oneof(
    fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      '"',
      ':',
      ',',
      '\n',
      ' ',
      '- ',
      '&a ',
      '*a',
      'a',
      '!!x ',
      '|',
      '<<: ',
      '\\',
      '\0',
    ),
    fc.string(),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(piece), async (pieces) => {
      try {
        await parse(pieces.join(''));
      } catch (error) {
        expect(error).toBeInstanceOf(UserError);
      }
    }),
  );
});
