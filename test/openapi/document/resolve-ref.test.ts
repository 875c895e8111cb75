import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { resolveRef } from '../../../src/openapi/document/resolve-ref.js';

const target = { found: true };
const ref = (pointer: string): object => ({ $ref: pointer });

describe('a reference', () => {
  test.each([
    ['#/a/b', { a: { b: target } }],
    ['#/a~1b/c~0d', { 'a/b': { 'c~d': target } }],
    ['#/~01', { '~1': target }],
    ['#/%7Bid%7D', { '{id}': target }],
    ['#/paths/~1items~1%7Bid%7D', { paths: { '/items/{id}': target } }],
    ['#/%7E1a', { '/a': target }],
    ['#/100%', { '100%': target }],
    ['#/', { '': target }],
    ['#/list/1', { list: [{}, target] }],
  ])('%s leads to its place', (pointer, document) => {
    expect(resolveRef(document, ref(pointer))).toBe(target);
  });

  test('to a reference is followed on', () => {
    expect(resolveRef({ a: ref('#/b'), b: ref('#/c'), c: target }, ref('#/a'))).toBe(target);
  });

  test.each([
    ['to itself', '#/a', { a: ref('#/a') }],
    ['in a circle', '#/a', { a: ref('#/b'), b: ref('#/a') }],
    ['to nothing', '#/a/b', { a: {} }],
    ['to a text', '#/a', { a: 'text' }],
    ['to what every object inherits', '#/constructor/prototype', {}],
    ['to what every object inherits from', '#/__proto__', {}],
  ])('%s leads nowhere', (_, pointer, document) => {
    expect(resolveRef(document, ref(pointer))).toBeUndefined();
  });

  test.each([
    'http://127.0.0.1:9/a',
    'file:///etc/hosts',
    './other.json#/a',
    './a',
    'other.json',
    '/etc/hosts',
    'a',
  ])('to %s is never followed', (pointer) => {
    expect(resolveRef({ a: target, [pointer]: target }, ref(pointer))).toBeUndefined();
  });

  test('reaches every key that can be written, escaped as RFC 6901 has it', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1, maxLength: 4 }), (keys) => {
        const document = keys.reduceRight<object>((inner, key) => ({ [key]: inner }), target);
        const escaped = keys.map((key) =>
          encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1')),
        );
        fc.pre(!keys.includes('__proto__'));
        expect(resolveRef(document as Record<string, unknown>, ref(`#/${escaped.join('/')}`))).toBe(target);
      }),
    );
  });

  test('of any kind ends, whatever the document', () => {
    const pointer = fc.constantFrom('#/a', '#/b', '#/c', '#', 'x', '#/a/b');
    const value = fc.oneof(pointer.map(ref), fc.constant(target), fc.jsonValue());
    fc.assert(
      fc.property(fc.record({ a: value, b: value, c: value }), pointer, (document, start) => {
        const found = resolveRef(document, ref(start));
        expect(found?.['$ref']).not.toBeTypeOf('string');
      }),
    );
  });
});

test('an object without a reference is itself, even with a property of that name', () => {
  expect(resolveRef({}, target)).toBe(target);
  const properties = { $ref: { type: 'string' } };
  expect(resolveRef({}, properties)).toBe(properties);
});

test.each([null, undefined, 1, 'text', [target]])('%j is no object', (value) => {
  expect(resolveRef({}, value)).toBeUndefined();
});

describe('a reference inside of a schema with an $id', () => {
  const q = { type: 'integer', minimum: 3 };
  const inner = { $ref: '#/$defs/q' };
  const sibling = { $ref: 'other' };
  const recursive = { $dynamicRef: '#node' };
  const T = {
    $id: 'https://ex.test/t',
    $defs: { q },
    properties: { inner, sibling, recursive },
    $dynamicAnchor: 'node',
  };
  const Other = { $id: 'https://ex.test/other', type: 'boolean' };
  const document = { components: { schemas: { T, Other } } };

  test('starts there', () => {
    expect(resolveRef(document, inner)).toBe(q);
    expect(resolveRef(document, sibling)).toBe(Other);
    expect(resolveRef(document, recursive)).toBe(T);
    expect(resolveRef(document, { $ref: 'https://ex.test/t#/$defs/q' })).toBe(q);
    expect(resolveRef(document, { $ref: '#/$defs/q' })).toBeUndefined();
  });

  test('may start at what the document calls itself', () => {
    const whole = { $self: 'https://ex.test/api', components: { schemas: { q } } };
    expect(resolveRef(whole, { $ref: 'https://ex.test/api#/components/schemas/q' })).toBe(q);
  });
});
