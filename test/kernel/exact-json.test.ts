import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseExactly, withPlainIntegers, writeExactly } from '../../src/kernel/exact-json.js';

describe('JSON with long integers', () => {
  test.each([
    ['1234567890123456789', 1234567890123456789n],
    ['{"id": -9223372036854775808}', { id: -9223372036854775808n }],
    ['[9007199254740993,9007199254740991]', [9007199254740993n, 9007199254740991]],
    [
      '{"text":"see: 12345678901234567890, \\"12345678901234567890"}',
      { text: 'see: 12345678901234567890, "12345678901234567890' },
    ],
    [
      '[0.12345678901234567890,1e-12345678901234567890,12345678901234567890.5]',
      [0.12345678901234568, 0, 12345678901234567000],
    ],
    ['["integer:5",12345678901234567890]', ['integer:5', 12345678901234567890n]],
  ])('%s is read digit by digit', (text, value) => {
    expect(parseExactly(text)).toEqual(value);
  });

  test('keeps a key that means something else elsewhere', () => {
    const value = parseExactly('{"__proto__":12345678901234567890}') as object;
    expect(Object.entries(value)).toEqual([['__proto__', 12345678901234567890n]]);
    expect(writeExactly(value)).toBe('{"__proto__":12345678901234567890}');
  });

  test('that is wrong is refused where it is wrong', () => {
    expect(() => parseExactly('[12345678901234567890, x]')).toThrow(/Unexpected token .x/);
    expect(() => parseExactly('[012345678901234567890]')).toThrow(SyntaxError);
  });

  test('comes back as it was written', () => {
    const integers = fc.bigInt({ min: -(2n ** 80n), max: 2n ** 80n });
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        fc.jsonValue(),
        integers,
        fc.array(tie('tree')),
        fc.dictionary(fc.string(), tie('tree')),
      ),
    }));
    fc.assert(
      fc.property(tree, (value) => {
        const text = writeExactly(value);
        expect(writeExactly(parseExactly(text))).toBe(text);
        expect(JSON.parse(text)).toEqual(
          JSON.parse(
            JSON.stringify(value, (_, one: unknown) => (typeof one === 'bigint' ? Number(one) : one)),
          ),
        );
      }),
    );
  });
});

test('integers that a number holds become one, also where a value holds itself', () => {
  const inner: unknown[] = [1n, 9007199254740993n, 10n ** 21n];
  const value: Record<string, unknown> = { small: -5n, inner, twice: inner };
  value['self'] = value;
  expect(withPlainIntegers(value)).toBe(value);
  expect(value).toMatchObject({ small: -5, inner: [1, 9007199254740993n, 10n ** 21n] });
});
