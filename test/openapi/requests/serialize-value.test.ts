import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Style } from '../../../src/openapi/document/described-operation.js';
import { encode } from '../../../src/kernel/percent-encoding.js';
import { serializeInline, serializePairs } from '../../../src/openapi/requests/serialize-value.js';

const array = ['blue', 'black', 'brown'];
const object = { R: 100, G: 200, B: 150 };

describe('the style examples of OpenAPI 3.1.1: one part of a path', () => {
  test.each<[Style, boolean, string, string, string, string]>([
    ['matrix', false, ';color', ';color=blue', ';color=blue,black,brown', ';color=R,100,G,200,B,150'],
    ['matrix', true, ';color', ';color=blue', ';color=blue;color=black;color=brown', ';R=100;G=200;B=150'],
    ['label', false, '.', '.blue', '.blue,black,brown', '.R,100,G,200,B,150'],
    ['label', true, '.', '.blue', '.blue.black.brown', '.R=100.G=200.B=150'],
    ['simple', false, '', 'blue', 'blue,black,brown', 'R,100,G,200,B,150'],
    ['simple', true, '', 'blue', 'blue,black,brown', 'R=100,G=200,B=150'],
  ])('%s, explode %s', (style, explode, ...expected) => {
    const written = ['', 'blue', array, object].map((value) =>
      serializeInline('color', value, { style, explode }, encode),
    );
    expect(written).toEqual(expected);
  });
});

describe('the style examples of OpenAPI 3.1.1: a query', () => {
  test.each<[Style, boolean, unknown, string]>([
    ['form', false, '', 'color='],
    ['form', false, 'blue', 'color=blue'],
    ['form', false, array, 'color=blue,black,brown'],
    ['form', false, object, 'color=R,100,G,200,B,150'],
    ['form', true, 'blue', 'color=blue'],
    ['form', true, array, 'color=blue&color=black&color=brown'],
    ['form', true, object, 'R=100&G=200&B=150'],
    ['spaceDelimited', false, array, 'color=blue%20black%20brown'],
    ['spaceDelimited', false, object, 'color=R%20100%20G%20200%20B%20150'],
    ['pipeDelimited', false, array, 'color=blue%7Cblack%7Cbrown'],
    ['pipeDelimited', false, object, 'color=R%7C100%7CG%7C200%7CB%7C150'],
    ['tabDelimited', false, array, 'color=blue%09black%09brown'],
    ['deepObject', true, object, 'color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150'],
    [
      'deepObject',
      true,
      { a: { b: 'c' }, d: ['x', 'y'] },
      'color%5Ba%5D%5Bb%5D=c&color%5Bd%5D%5B0%5D=x&color%5Bd%5D%5B1%5D=y',
    ],
    ['form', true, [], ''],
    ['form', false, {}, ''],
    ['form', true, [{ a: 1 }], 'color=%7B%22a%22%3A1%7D'],
    ['form', false, ['a,b', 'c&d'], 'color=a%2Cb,c%26d'],
  ])('%s, explode %s: %j', (style, explode, value, expected) => {
    expect(serializePairs('color', value, { style, explode }, encode).join('&')).toBe(expected);
  });
});

test('lists of any text come back from an exploded form', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: 'grapheme' })),
      fc.string({ unit: 'grapheme', minLength: 1 }),
      (list, name) => {
        const text = serializePairs(name, list, { style: 'form', explode: true }, encode).join('&');
        expect(new URLSearchParams(text).getAll(name)).toEqual(list);
      },
    ),
  );
});

test('any text comes back from between separators', () => {
  const words = fc.array(fc.string({ unit: 'grapheme', minLength: 1 }), { minLength: 1 });
  fc.assert(
    fc.property(words, (list) => {
      const [pair = ''] = serializePairs('q', list, { style: 'form', explode: false }, encode);
      expect(pair.slice(2).split(',').map(decodeURIComponent)).toEqual(list);
    }),
  );
});
