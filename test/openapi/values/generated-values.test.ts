import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { schemaCheck } from '../../../src/openapi/values/schema-check.js';
import { madeValue, valueOf, type Wanted } from '../../support/values.js';

const NUMBER: unknown = expect.any(Number);

describe('the plainest value', () => {
  const A = {
    type: 'object',
    required: ['a'],
    properties: { a: { type: 'string' } },
    additionalProperties: false,
  };
  const B = {
    type: 'object',
    required: ['b'],
    properties: { b: { type: 'integer' } },
    additionalProperties: false,
  };
  const open = (name: string): object => ({ required: [name], properties: { [name]: { type: 'string' } } });

  test.each<[object, unknown]>([
    [{ type: 'integer' }, 1],
    [{ type: 'integer', minimum: 5 }, 5],
    [{ type: 'integer', minimum: 2.5 }, 3],
    [{ type: 'integer', maximum: -3 }, -3],
    [{ type: 'integer', exclusiveMinimum: 5 }, 6],
    [{ type: 'integer', minimum: 5, exclusiveMinimum: true }, 6],
    [{ type: 'integer', maximum: 0, exclusiveMaximum: true }, -1],
    [{ type: 'integer', minimum: 7, multipleOf: 5 }, 10],
    [{ type: 'integer', format: 'int32', minimum: 2147483647 }, 2147483647],
    [{ type: 'integer', format: 'uint8', maximum: 0 }, 0],
    [{ type: 'number', format: 'int32', minimum: 0.5, maximum: 1.5 }, 1],
    [{ type: 'integer', minimum: 1e17 }, 1e17],
    [{ type: 'number', minimum: 0.5 }, 1],
    [{ type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 0.001 }, 0.000000999001],
    [{ type: 'number', multipleOf: 0.1, minimum: 1.25 }, 1.3],
    [{ minimum: 3 }, 3],
    [{ type: 'boolean' }, true],
    [{ type: 'null' }, null],
    [{ type: 'string' }, 'string'],
    [{ type: 'string', minLength: 10 }, 'stringxxxx'],
    [{ type: 'string', maxLength: 3 }, 'aaa'],
    [{ type: 'string', maxLength: 0 }, ''],
    [{ type: 'string', format: 'toString' }, 'string'],
    [{ type: 'string', pattern: '^[a-z]+$' }, 'string'],
    [{ type: 'string', pattern: '^\\d+$' }, '1'],
    [{ type: 'string', pattern: '^[A-Z][a-z]+$' }, 'String'],
    [{ type: ['null', 'integer'] }, 1],
    [{ type: 'string', nullable: true }, 'string'],
    [{ type: 'array', items: { type: 'integer' } }, [1]],
    [{ type: 'array' }, ['string']],
    [{ type: 'array', items: { type: 'integer' }, minItems: 3 }, [1, NUMBER, NUMBER]],
    [{ type: 'array', items: { type: 'boolean' }, minItems: 2, uniqueItems: true }, [true, false]],
    [{ type: 'array', maxItems: 0 }, []],
    [{ type: 'array', items: false }, []],
    [{ type: 'array', items: [{ type: 'integer' }, { type: 'boolean' }] }, [1, false]],
    [
      { type: 'array', prefixItems: [{ const: 'x' }], items: { type: 'integer' }, minItems: 2 },
      ['x', NUMBER],
    ],
    [{ type: 'array', contains: { const: 'x' }, minContains: 2 }, ['x', 'x']],
    [{ type: 'array', items: { type: 'integer' }, contains: { minimum: 50 } }, [50]],
    [{ type: 'object' }, {}],
    [{ required: ['any'] }, { any: 'string' }],
    [
      { type: 'object', additionalProperties: { type: 'integer' }, minProperties: 2 },
      { key1: 1, key2: 1 },
    ],
    [{ type: 'object', minProperties: 1, properties: { a: { type: 'integer' } } }, { a: 1 }],
    [{ type: 'object', maxProperties: 1, properties: { a: { default: 1 }, b: { default: 2 } } }, { a: 1 }],
    [{ patternProperties: { '^n_': { type: 'integer' } }, required: ['n_a'] }, { n_a: 1 }],
    [
      {
        type: 'object',
        propertyNames: { enum: ['x', 'y'] },
        additionalProperties: { type: 'integer' },
        minProperties: 2,
      },
      { y: 1, x: 1 },
    ],
    [
      { required: ['a'], dependentRequired: { a: ['b'] }, properties: { b: { type: 'integer' } } },
      { a: 'string', b: 1 },
    ],
    [
      { ...open('a'), dependentSchemas: { a: open('c') } },
      { a: 'string', c: 'string' },
    ],
    [
      { properties: { a: { default: 1 } }, dependentRequired: { a: ['b'] }, unevaluatedProperties: false },
      {},
    ],
    [{ allOf: [{ minimum: 3 }, { maximum: 3 }], type: 'integer' }, 3],
    [{ allOf: [{ enum: ['a', 'b'] }, { enum: ['b', 'c'] }] }, 'b'],
    [{ allOf: [{ pattern: '^a' }, { minLength: 4 }], type: 'string', default: 'abcde' }, 'abcde'],
    [
      { allOf: [open('a')], required: ['b'], properties: { b: { type: 'integer' } } },
      { a: 'string', b: 1 },
    ],
    [
      {
        allOf: [{ properties: { a: { minimum: 7 } } }, { properties: { a: { type: 'integer' } } }],
        required: ['a'],
      },
      { a: 7 },
    ],
    [{ description: 'x', allOf: [{ type: 'object', example: { a: 1 } }] }, { a: 1 }],
    [{ anyOf: [{ type: 'null' }, { type: 'number' }, { type: 'string' }] }, 1],
    [{ oneOf: [{ type: 'string' }, { type: 'integer' }] }, 'string'],
    [{ oneOf: [A, B] }, { a: 'string' }],
    // Both fit 1; only the first fits 2.
    [{ type: 'integer', oneOf: [{ minimum: 1 }, { maximum: 1 }] }, NUMBER],
    [{ type: 'integer', anyOf: [{ minimum: 5, maximum: 4 }, { minimum: 9 }] }, 9],
    [{ type: 'integer', not: { const: 1 } }, NUMBER],
    [{ type: 'object', properties: { a: { default: 1 } }, not: { required: ['a'] } }, {}],
    [
      {
        properties: { kind: { enum: ['x'] } },
        if: { properties: { kind: { const: 'x' } } },
        then: open('a'),
      },
      { kind: 'x', a: 'string' },
    ],
    [{ type: 'integer', if: { minimum: 5 }, then: { multipleOf: 7 }, else: { const: 0 } }, 7],
    [{ type: 'object', properties: { a: { readOnly: true } }, required: ['a'] }, {}],
    // Required, and read-only in each branch that knows it.
    [{ required: ['a'], oneOf: [{ properties: { a: { readOnly: true } } }] }, {}],
    [
      {
        required: ['a'],
        anyOf: [{ properties: { a: { readOnly: true } } }, { properties: { a: { type: 'integer' } } }],
      },
      { a: NUMBER },
    ],
    [{ type: 'object', properties: { a: false }, required: ['b'] }, { b: 'string' }],
    [{}, {}],
    [{ $ref: '#/nowhere' }, {}],
  ])('%j: %j', (schema, value) => {
    expect(madeValue(schema)).toEqual({ value, origin: expect.any(String), problem: null });
    expect(schemaCheck({}, schema).problemOf(valueOf(schema))).toBeNull();
  });

  test('has prototype names as its own properties', () => {
    const schema: unknown = JSON.parse(
      '{"required":["__proto__","constructor"],"properties":{"__proto__":{"type":"integer"},"constructor":{"type":"string"}}}',
    );
    expect(JSON.stringify(valueOf(schema))).toBe('{"__proto__":1,"constructor":"string"}');
  });
});

describe('of several branches that fit', () => {
  const text = { type: 'string' };
  const object = (properties: object, more: object = {}): object => ({ type: 'object', properties, ...more });
  const oneOf = [object({ a: text }), object({ a: text, b: text }), object({ c: text })];

  test.each<[string, object, unknown]>([
    [
      'the others are sent what they refuse',
      { oneOf: [object({ a: text }), object({ c: text })] },
      { a: 'string', c: null },
    ],
    ['each of the others', { oneOf }, { a: 'string', b: null, c: null }],
    [
      'which null may not be',
      { oneOf: [object({ a: text }), object({ c: { type: ['string', 'null'] } })] },
      { a: 'string', c: {} },
    ],
    [
      'also inside of an object',
      { type: 'object', required: ['of'], properties: { of: { oneOf } } },
      { of: { a: 'string', b: null, c: null } },
    ],
    [
      'never against the own branch',
      { oneOf: [object({ a: text }, { additionalProperties: false }), object({ a: text, b: text })] },
      { a: 'string', b: 'string' },
    ],
  ])('%s', (_, schema, value) => {
    expect(madeValue(schema)).toEqual({ value, origin: 'generated', problem: null });
  });

  test('nothing is added where a discriminator names one, or where any may fit', () => {
    const Cat = object({ kind: text, lives: text });
    const Dog = object({ kind: text, barks: text });
    const document = { components: { schemas: { Cat, Dog } } };
    const branches = [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }];
    const named = { oneOf: branches, discriminator: { propertyName: 'kind' } };
    expect(valueOf(named, { document })).toEqual({ kind: 'Cat' });
    expect(madeValue({ anyOf: oneOf })).toMatchObject({ value: { a: 'string' }, problem: null });
  });

  test('is said where nothing sets them apart', () => {
    const { problem } = madeValue({ oneOf: [object({ a: text }), object({ a: text })] });
    expect(problem).toBe('no valid value was found: must match exactly one schema in oneOf');
  });
});

describe('a discriminator', () => {
  const tagged = (name: string): object => ({
    type: 'object',
    required: ['type', name],
    properties: { type: { type: 'string' }, [name]: { type: 'integer' } },
  });
  const branches = (): object[] => [
    { $ref: '#/components/schemas/Cat' },
    { $ref: '#/components/schemas/Dog' },
  ];
  const document = { components: { schemas: { Cat: tagged('lives'), Dog: tagged('barks') } } };

  test.each([
    [{ propertyName: 'type' }, 'Cat'],
    [{ propertyName: 'type', mapping: { kitty: '#/components/schemas/Cat' } }, 'kitty'],
    [{ propertyName: 'type', mapping: { feline: 'Cat' } }, 'feline'],
  ])('names the branch: %j', (discriminator, type) => {
    expect(valueOf({ oneOf: branches(), discriminator }, { document })).toEqual({ type, lives: 1 });
  });

  test('keeps to the values that the branch itself allows', () => {
    const Cat = { required: ['type'], properties: { type: { enum: ['CAT'] } } };
    const value = valueOf(
      { oneOf: branches(), discriminator: { propertyName: 'type' } },
      { document: { components: { schemas: { Cat } } } },
    );
    expect(value).toEqual({ type: 'CAT' });
  });

  test.each([[{ propertyName: 'type' }], ['type']])(
    'of a base makes one of its children: %j',
    (discriminator) => {
      const Base = {
        type: 'object',
        discriminator,
        required: ['type'],
        properties: { type: { type: 'string' } },
      };
      const child = (name: string): object => ({
        allOf: [{ $ref: '#/definitions/Base' }, { required: [name] }],
      });
      const definitions = { Base, Cat: child('lives'), Dog: child('barks') };
      const of = (name: string): unknown =>
        valueOf({ $ref: `#/definitions/${name}` }, { document: { definitions } });
      expect(of('Base')).toEqual({ type: 'Cat', lives: 'string' });
      expect(of('Dog')).toEqual({ type: 'Dog', barks: 'string' });
    },
  );
});

describe('a discriminator of a parent', () => {
  const Pet = {
    type: 'object',
    required: ['kind'],
    properties: { kind: { type: 'string' } },
    discriminator: { propertyName: 'kind' },
  };
  const heir = (parent: string, name: string): object => ({
    allOf: [{ $ref: `#/components/schemas/${parent}` }, { type: 'object', required: [name] }],
  });
  const schemas = { Pet, Cat: heir('Pet', 'lives'), Dog: heir('Pet', 'barks'), Puppy: heir('Dog', 'age') };
  const document = { components: { schemas } };
  const ref = (name: string): object => ({ $ref: `#/components/schemas/${name}` });

  test.each(['oneOf', 'anyOf'])('is named where a child is reached through %s', (word) => {
    expect(valueOf({ [word]: [ref('Dog'), ref('Cat')] }, { document })).toEqual({
      kind: 'Dog',
      barks: 'string',
    });
  });

  test('is named over two levels of allOf', () => {
    const value = { kind: 'Puppy', barks: 'string', age: 'string' };
    expect(valueOf(ref('Puppy'), { document })).toEqual(value);
    expect(valueOf({ type: 'array', items: ref('Puppy') }, { document })).toEqual([value]);
  });

  test('makes one of the children where the parent is a branch', () => {
    expect(valueOf({ oneOf: [ref('Pet')] }, { document })).toEqual({ kind: 'Cat', lives: 'string' });
  });

  test('is spelled as the property allows it', () => {
    const kind = { enum: ['dog', 'cat'] };
    const parent = { ...Pet, properties: { kind } };
    const others = { components: { schemas: { Pet: parent, Cat: heir('Pet', 'lives') } } };
    expect(valueOf({ oneOf: [ref('Cat')] }, { document: others })).toEqual({ kind: 'cat', lives: 'string' });
  });
});

describe('what is left out of a body that names nothing as required', () => {
  const text = { type: 'string' };

  test('is nothing, down to the objects in it', () => {
    const inner = { type: 'object', properties: { deep: text } };
    const nested = { type: 'object', properties: { inner } };
    const deepest = { type: 'object', properties: { nested } };
    expect(valueOf({ type: 'object', properties: { name: text, inner, deepest } })).toEqual({
      name: 'string',
      inner: { deep: 'string' },
      deepest: { nested: { inner: {} } },
    });
  });

  test('is what is deprecated or read-only', () => {
    const properties = { a: text, b: { ...text, deprecated: true }, c: { ...text, readOnly: true } };
    expect(valueOf({ type: 'object', properties })).toEqual({ a: 'string' });
  });

  test('is all that may be, where only what is required is wanted', () => {
    expect(valueOf({ type: 'object', properties: { a: text } }, { bodyMode: 'required' })).toEqual({});
  });

  test('is never a file, also beside what is required', () => {
    const file = { type: 'string', format: 'binary' };
    const properties = { name: text, note: text, file, files: { type: 'array', items: file } };
    const value = valueOf({ type: 'object', required: ['name'], properties });
    expect(Object.keys(value as object)).toEqual(['name', 'file', 'files']);
  });
});

describe('what is read-only', () => {
  test('stays so in a wrapper of allOf, and not where the wrapper says otherwise', () => {
    const document = { components: { schemas: { Id: { type: 'string', readOnly: true } } } };
    const id = { allOf: [{ $ref: '#/components/schemas/Id' }] };
    const of = (property: object): unknown =>
      valueOf({ type: 'object', required: ['id'], properties: { id: property } }, { document });
    expect(of({ description: 'ours', ...id })).toEqual({});
    expect(of({ readOnly: false, ...id })).toEqual({ id: 'string' });
  });
});

describe('what ends only in one way', { timeout: 30_000 }, () => {
  const document = {
    node: {
      type: 'object',
      required: ['id', 'children', 'either', 'maybe'],
      properties: {
        id: { type: 'integer' },
        next: { $ref: '#/node' },
        children: { type: 'array', items: { $ref: '#/node' } },
        either: { oneOf: [{ $ref: '#/node' }, { type: 'string' }] },
        maybe: { type: ['object', 'null'], required: ['node'], properties: { node: { $ref: '#/node' } } },
      },
    },
    endless: { type: 'object', required: ['next'], properties: { next: { $ref: '#/endless' } } },
    itself: { allOf: [{ $ref: '#/itself' }], type: 'integer' },
    around: { anyOf: [{ $ref: '#/around' }, { type: 'integer' }] },
  };

  test('goes that way', () => {
    const value = { id: 1, children: [], either: 'string', maybe: null };
    expect(madeValue({ $ref: '#/node' }, { document })).toEqual({
      value,
      origin: 'generated',
      problem: null,
    });
    expect(valueOf({ $ref: '#/itself' }, { document })).toBe(1);
    expect(valueOf({ $ref: '#/around' }, { document })).toBe(1);
  });

  test('or in none, which is said', () => {
    expect(madeValue({ $ref: '#/endless' }, { document }).problem).toMatch(/^no valid value was found: /);
  });
});

describe('what no value can fit is said, with the best there is', () => {
  test.each<[object, unknown, string]>([
    [{ type: 'integer', minimum: 5, maximum: 4 }, null, 'contradicts itself'],
    [{ allOf: [{ type: 'string' }, { type: 'integer' }] }, null, 'contradicts itself'],
    [{ type: 'string', minLength: 5, maxLength: 2 }, expect.any(String), 'must NOT have'],
    [{ type: 'string', pattern: '^(?!x)x$' }, 'string', 'must match pattern'],
    [{ not: {} }, null, 'contradicts itself'],
    [{ required: ['a', 'b'], properties: { a: { type: 'integer' }, b: false } }, { a: 1 }, "'b'"],
  ])('%j', (schema, value, reason) => {
    const made = madeValue(schema);
    expect(made.value).toEqual(value);
    expect(made.problem).toContain('no valid value was found');
    expect(made.problem).toContain(reason);
  });
});

describe('a hostile schema ends in bounded steps', { timeout: 60_000 }, () => {
  const level = (at: number): object => ({
    type: 'object',
    required: Array.from({ length: 20 }, (_, key) => `k${key}`),
    properties: Object.fromEntries(
      Array.from({ length: 20 }, (_, key) => [
        `k${key}`,
        at === 0 ? { type: 'string' } : { $ref: `#/l${at - 1}` },
      ]),
    ),
  });
  const nested = (word: string, depth: number): object => {
    let schema: object = { type: 'string' };
    for (let at = 0; at < depth; at += 1) {
      schema =
        word === 'properties'
          ? { type: 'object', required: ['a'], properties: { a: schema } }
          : { [word]: [schema] };
    }
    return schema;
  };
  const branching = Array.from({ length: 12 }, () => ({
    anyOf: Array.from({ length: 12 }, (_, at) => ({ title: `${at}` })),
  }));

  test.each<[string, object, Wanted?]>([
    [
      'doubling',
      { $ref: '#/l10' },
      { document: Object.fromEntries(Array.from({ length: 11 }, (_, at) => [`l${at}`, level(at)])) },
    ],
    ['deep properties', nested('properties', 5000)],
    ['deep allOf', nested('allOf', 5000)],
    ['deep anyOf', nested('anyOf', 5000)],
    ['many branches', { allOf: branching, type: 'integer', not: { minimum: 0 }, maximum: 5 }],
    ['a long text', { type: 'string', minLength: 5_000_000 }],
    ['a long array', { type: 'array', minItems: 1e9 }],
    ['a wide object', { type: 'object', minProperties: 1e9 }],
    ['a large pattern', { type: 'string', pattern: '^(a{1000}){1000}$' }],
    ['a catastrophic pattern', { type: 'string', pattern: '^(a+)+$', example: `${'a'.repeat(5000)}!` }],
    ['one with look-ahead', { type: 'string', pattern: '^(?=(a+)+$)b', example: `${'a'.repeat(60)}!` }],
    ['unique booleans', { type: 'array', items: { type: 'boolean' }, uniqueItems: true, minItems: 50 }],
  ])('%s', (_, schema, wanted) => {
    const text = JSON.stringify(madeValue(schema, { ...wanted, bodyMode: 'full' }));
    expect(text.length).toBeLessThan(1_000_000);
  });
});

const word = fc.constantFrom('x', 'y', 'id', '__proto__');
const { schema: anySchema } = fc.letrec<{ schema: object }>((tie) => ({
  schema: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    fc.constantFrom({ $ref: '#/a' }, { $ref: '#/b' }, { type: 'string' }, {}),
    fc.record(
      {
        type: fc.constantFrom('integer', 'number'),
        minimum: fc.integer({ min: -50, max: 50 }),
        maximum: fc.integer({ min: -50, max: 50 }),
        multipleOf: fc.constantFrom(0.1, 0.01, 3, 0.5),
      },
      { requiredKeys: ['type'] },
    ),
    fc.record(
      {
        type: fc.constant('string'),
        minLength: fc.nat(20),
        maxLength: fc.nat(30),
        pattern: fc.constantFrom('^[a-z]+$', '\\d', '^(?:x|y){2,}$', '['),
        format: fc.constantFrom('uuid', 'date-time', 'ipv4', 'nonsense'),
      },
      { requiredKeys: ['type'] },
    ),
    fc.record(
      {
        type: fc.constant('array'),
        items: tie('schema'),
        minItems: fc.nat(4),
        maxItems: fc.nat(5),
        uniqueItems: fc.boolean(),
      },
      { requiredKeys: ['type'] },
    ),
    fc.record(
      {
        type: fc.constantFrom('object', ['null', 'object'], 'nonsense', 7),
        properties: fc.dictionary(word, tie('schema'), { maxKeys: 3, noNullPrototype: true }),
        required: fc.oneof(fc.uniqueArray(word, { maxLength: 3 }), fc.constant(true)),
        additionalProperties: fc.oneof(fc.boolean(), tie('schema')),
        minProperties: fc.nat(3),
        maxProperties: fc.nat(4),
        example: fc.jsonValue({ maxDepth: 2 }),
      },
      { requiredKeys: [] },
    ),
    fc.record(
      {
        allOf: fc.array(tie('schema'), { maxLength: 2 }),
        oneOf: fc.array(tie('schema'), { maxLength: 3 }),
        anyOf: fc.array(tie('schema'), { maxLength: 3 }),
        not: tie('schema'),
        enum: fc.constantFrom([1, 2], ['x', 'y', null], [], 'x'),
        default: fc.jsonValue({ maxDepth: 1 }),
      },
      { requiredKeys: [] },
    ),
  ),
}));

test('what could not be checked does not change what is said of the same value later', () => {
  const document = { a: { not: { $ref: '#/a' } } };
  const schema = { type: 'object', minProperties: 1, properties: { x: { $ref: '#/a' } }, example: {} };
  const first = madeValue(schema, { document });
  expect(first.problem).toMatch(/the example is not valid: must NOT have .*it could not be checked/);
  expect(madeValue(schema, { document })).toEqual(first);
});

describe('whatever the schema', () => {
  const bodyMode = fc.constantFrom('required' as const, 'default' as const, 'full' as const);

  test('the value is valid, or has a problem', () => {
    fc.assert(
      fc.property(anySchema, anySchema, anySchema, bodyMode, fc.nat(5), (a, b, schema, mode, variant) => {
        const wanted = { document: { a, b }, bodyMode: mode };
        const made = madeValue(schema, wanted, variant);
        const isSaid = made.problem?.includes('no valid value was found') === true;
        expect(schemaCheck(wanted.document, schema).fits(made.value) || isSaid).toBe(true);
        expect(madeValue(schema, wanted, variant)).toEqual(made);
      }),
      { numRuns: 100 },
    );
  }, 60_000);

  test('numbers fit their limits by ajv itself, and are found where there are any', () => {
    const limits = fc.tuple(fc.integer({ min: -1000, max: 1000 }), fc.integer({ min: 2, max: 1000 }));
    const ajv = new Ajv2020({ strict: false });
    fc.assert(
      fc.property(
        limits,
        fc.boolean(),
        fc.constantFrom('integer', 'number'),
        fc.nat(9),
        ([from, span], isExclusive, type, variant) => {
          const to = from + span;
          const words = isExclusive
            ? { exclusiveMinimum: from, exclusiveMaximum: to }
            : { minimum: from, maximum: to };
          const { value, problem } = madeValue({ type, ...words }, {}, variant);
          expect(problem).toBeNull();
          expect(ajv.validate({ type, ...words }, value)).toBe(true);
        },
      ),
    );
  });

  test('texts fit their lengths and are never empty', () => {
    fc.assert(
      fc.property(fc.nat(300), fc.nat(300), fc.nat(3), (minLength, more, variant) => {
        const maxLength = Math.max(1, minLength + more);
        const text = madeValue({ type: 'string', minLength, maxLength }, {}, variant).value as string;
        expect(text.length).toBeGreaterThanOrEqual(Math.max(1, minLength));
        expect(text.length).toBeLessThanOrEqual(maxLength);
      }),
    );
  });
});
