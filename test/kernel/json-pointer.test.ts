import fc from 'fast-check';
import { expect, test } from 'vitest';
import { valuesAt } from '../../src/kernel/json-pointer.js';

const answer = { items: [{ id: 1 }, { id: 2 }, {}], 'a/b': { 'm~n': true }, '*': 'star' };

test.each<[string, unknown[]]>([
  ['', [answer]],
  ['/items/0/id', [1]],
  ['/items/*/id', [1, 2]],
  ['/items/length', []],
  ['/items/7', []],
  ['/a~1b/m~0n', [true]],
  ['/*', ['star']],
  ['/constructor', []],
  ['/__proto__', []],
])('the values at %j', (pointer, values) => {
  expect(valuesAt(answer, pointer)).toEqual(values);
});

test('a list of lists gives a bounded number of values', () => {
  const row = Array.from({ length: 500 }, () => 1);
  expect(
    valuesAt(
      row.map(() => row),
      '/*/*',
    ),
  ).toHaveLength(10_000);
});

test('every own key can be reached', () => {
  fc.assert(
    fc.property(fc.string(), fc.jsonValue(), (key, value) => {
      const step = key.replaceAll('~', '~0').replaceAll('/', '~1');
      expect(valuesAt(JSON.parse(`{${JSON.stringify(key)}:${JSON.stringify(value)}}`), `/${step}`)).toEqual([
        JSON.parse(JSON.stringify(value)),
      ]);
    }),
  );
});
