import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readFileSync } from 'node:fs';
import { describeApi } from '../../../src/openapi/document/describe-api.js';
import { schemaAt } from '../../../src/openapi/document/schema-at.js';

const OPERATION_IDS = ['../../etc', '\x1b[2J', '<b>', '🙂', '__proto__', 'constructor', 'x'.repeat(10_000)];

test('every operationId is a name, however odd', () => {
  const paths = Object.fromEntries(
    OPERATION_IDS.map((operationId, at) => [`/${at}`, { get: { operationId } }]),
  );
  expect(describeApi({ paths }).operations.map(({ id }) => id)).toEqual(OPERATION_IDS);
});

describe('a large document is described', () => {
  test('with a chain of 10,000 references', () => {
    const chain = Object.fromEntries(
      Array.from({ length: 10_000 }, (_, at) => [`s${at}`, { $ref: `#/c/s${at + 1}` }]),
    );
    const { operations, problems } = describeApi({
      c: chain,
      paths: { '/a': { $ref: '#/c/s0' }, '/b': { get: {} } },
    });
    expect([operations.length, problems.length]).toEqual([1, 1]);
    expect(schemaAt({ c: chain }, chain['s0'])).toBeUndefined();
  });

  test('with ten thousand operations of one name', () => {
    const get = { operationId: 'x' };
    const paths = Object.fromEntries(Array.from({ length: 10_000 }, (_, at) => [`/p${at}`, { get }]));
    const { operations, problems } = describeApi({ paths });
    expect(new Set(operations.map(({ id }) => id)).size).toBe(10_000);
    expect(problems).toHaveLength(1001);
  });

  test('with two hundred paths that are one, with a thousand parameters', () => {
    const parameters = Array.from({ length: 1000 }, (_, at) => ({ name: `q${at}`, in: 'query', schema: {} }));
    const paths = Object.fromEntries(Array.from({ length: 200 }, (_, at) => [`/p${at}`, { $ref: '#/item' }]));
    const { operations } = describeApi({ paths, item: { get: {}, parameters } });
    expect(operations[0]!.parameters[0]).toBe(operations[199]!.parameters[0]);
  });
});

test('a list in place of the paths, or numbers in place of words, describe nothing', () => {
  expect(describeApi({ paths: [{ get: {} }] }).operations).toEqual([]);
  const odd = {
    openapi: 3,
    servers: 5,
    security: 'x',
    tags: 1,
    components: [],
    paths: {
      '/a': {
        get: { tags: 5, operationId: 7, parameters: 9, security: 3, requestBody: 4 },
        put: { parameters: [{ name: 1, in: 2 }], security: [1], servers: [2] },
      },
    },
  };
  expect(describeApi(odd).operations.map(({ id }) => id)).toEqual(['put_a']);
});

const WORDS = [
  ...[
    'paths',
    '/a',
    '/a/{id}',
    'get',
    'post',
    'parameters',
    'name',
    'in',
    'path',
    'query',
    'body',
    'formData',
    'schema',
  ],
  ...[
    '$ref',
    '#/paths/~1a',
    '#/components/x',
    '#',
    'requestBody',
    'content',
    'application/json',
    'examples',
    'value',
  ],
  ...[
    'servers',
    'url',
    'security',
    'components',
    'securitySchemes',
    'x',
    '__proto__',
    'type',
    'encoding',
    'operationId',
  ],
];

test('anything that can be written as JSON is described without an error', () => {
  const key = fc.constantFrom(...WORDS);
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 7 },
      fc.oneof(key, fc.constantFrom(null, 0, true, '')),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(key, tie('value'), { maxKeys: 5 }),
    ),
  }));
  const item = fc.dictionary(fc.constantFrom('get', 'post', 'parameters', '$ref', 'servers'), value);
  fc.assert(
    fc.property(
      fc.dictionary(key, value),
      fc.dictionary(fc.constantFrom('/a', '/a/{id}', 'b'), item),
      (rest, paths) => {
        describeApi({ ...rest, paths });
      },
    ),
    { numRuns: 500 },
  );
});

test('a working document with one place replaced by anything is described without an error', () => {
  const text = readFileSync(new URL('../../fixtures/one-operation.json', import.meta.url), 'utf8');
  const places = [...text.matchAll(/"[^"]*"|\d+|true|false|null/g)].map(
    ({ index, 0: { length } }) => [index, length] as const,
  );
  fc.assert(
    fc.property(fc.constantFrom(...places), fc.json({ maxDepth: 2 }), ([at, length], json) => {
      const isKey = /^\s*:/.test(text.slice(at + length));
      const piece = isKey ? JSON.stringify(json) : json;
      const document = JSON.parse(text.slice(0, at) + piece + text.slice(at + length)) as Record<
        string,
        unknown
      >;
      describeApi(document);
    }),
  );
});
