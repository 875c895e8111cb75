import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exampleValue } from '../../../src/openapi/values/example-value.js';

const valueOf = (schema: unknown, document: Record<string, unknown> = {}): unknown =>
  exampleValue(document, schema).value;

describe('what a schema names itself comes first', () => {
  const all = { type: 'string', example: 'a', examples: ['b'], default: 'c', const: 'd', enum: ['e'] };
  const { example, examples, default: preset, const: constant, enum: choices, ...rest } = all;

  test.each([
    [all, 'a', 'example'],
    [{ ...rest, examples, default: preset, const: constant, enum: choices }, 'b', 'example'],
    [{ ...rest, default: preset, const: constant, enum: choices }, 'c', 'default'],
    [{ ...rest, const: constant, enum: choices }, 'd', 'enum'],
    [{ ...rest, enum: choices }, 'e', 'enum'],
    [rest, 'string', 'generated'],
    [{ ...rest, examples: [], enum: [] }, 'string', 'generated'],
    [{ type: 'integer', default: 0, example: undefined }, 0, 'default'],
    [{ type: 'boolean', example: false, default: true }, false, 'example'],
  ])('%j', (schema, value, origin) => {
    expect(exampleValue({}, schema)).toEqual({ value, origin });
  });

  test('also where it stands behind a reference', () => {
    expect(valueOf({ $ref: '#/a' }, { a: { type: 'string', example: 'x', other: example } })).toBe('x');
  });
});

describe('a value is the simplest that fits', () => {
  test.each([
    [{ type: 'integer' }, 1],
    [{ type: 'integer', minimum: 5 }, 5],
    [{ type: 'integer', minimum: 2.5 }, 3],
    [{ type: 'integer', maximum: -3 }, -3],
    [{ type: 'integer', exclusiveMinimum: 5 }, 6],
    [{ type: 'integer', minimum: 5, exclusiveMinimum: true }, 6],
    [{ type: 'integer', maximum: 0, exclusiveMaximum: true }, -1],
    [{ type: 'integer', minimum: 7, multipleOf: 5 }, 10],
    [{ type: 'number', minimum: 0.5 }, 0.5],
    [{ type: 'boolean' }, true],
    [{ type: 'string' }, 'string'],
    [{ type: 'string', minLength: 10 }, 'stringxxxx'],
    [{ type: 'string', maxLength: 3 }, 'str'],
    [{ type: 'string', maxLength: 0 }, 's'],
    [{ type: 'string', format: 'uuid' }, '3f2b8c1e-9d4a-4c6f-8e7b-1a2b3c4d5e6f'],
    [{ type: 'string', format: 'toString' }, 'string'],
    [{ type: ['null', 'integer'] }, 1],
    [{ type: 'array', items: { type: 'integer' } }, [1]],
    [{ type: 'array', items: { type: 'integer' }, minItems: 3 }, [1, 1, 1]],
    [{ type: 'array', items: { type: 'integer' }, minItems: 1e9 }, Array<number>(16).fill(1)],
    [{ anyOf: [{ type: 'null' }, { type: 'number' }, { type: 'string' }] }, 1],
    [{ oneOf: [{ type: 'string' }, { type: 'integer' }] }, 'string'],
    [{}, null],
    [true, null],
    [{ $ref: 'http://127.0.0.1:9/schema.json' }, null],
  ])('%j', (schema, value) => {
    expect(valueOf(schema)).toEqual(value);
  });

  test('numbers fit their limits', () => {
    const limits = fc.tuple(fc.integer({ min: -1000, max: 1000 }), fc.integer({ min: 2, max: 1000 }));
    fc.assert(
      fc.property(limits, fc.boolean(), fc.boolean(), ([from, span], isExclusive, isNewStyle) => {
        const to = from + span;
        const schema = isExclusive
          ? isNewStyle
            ? { exclusiveMinimum: from, exclusiveMaximum: to }
            : { minimum: from, maximum: to, exclusiveMinimum: true, exclusiveMaximum: true }
          : { minimum: from, maximum: to };
        for (const type of ['integer', 'number']) {
          const value = valueOf({ type, ...schema }) as number;
          expect(value > from || (!isExclusive && value === from)).toBe(true);
          expect(value < to || (!isExclusive && value === to)).toBe(true);
        }
      }),
    );
  });

  test('texts fit their lengths and are never empty', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 300 }), (minLength, more) => {
        const maxLength = minLength + more;
        const { length } = valueOf({ type: 'string', minLength, maxLength }) as string;
        expect(length).toBeGreaterThanOrEqual(Math.max(1, minLength));
        expect(length).toBeLessThanOrEqual(Math.max(1, maxLength));
      }),
    );
  });
});

describe('an object', () => {
  const id = { type: 'integer' };

  test('has what is required, and what brings a value of its own', () => {
    const schema = {
      required: ['id', 'owner'],
      properties: {
        id,
        note: { type: 'string' },
        size: { type: 'string', default: 'M' },
        kind: { enum: ['a', 'b'] },
        owner: { type: 'object', required: ['id'], properties: { id } },
      },
    };
    expect(valueOf(schema)).toEqual({ id: 1, size: 'M', kind: 'a', owner: { id: 1 } });
  });

  test('has the parts of its allOf together, wherever `required` stands', () => {
    const schema = {
      allOf: [{ $ref: '#/base' }, { properties: { name: { type: 'string' } } }],
      properties: { size: { type: 'integer' } },
      required: ['name', 'size'],
    };
    expect(valueOf(schema, { base: { type: 'object', required: ['id'], properties: { id } } })).toEqual({
      id: 1,
      name: 'string',
      size: 1,
    });
  });

  test('that is wrapped only to describe it is what is inside', () => {
    expect(valueOf({ description: 'x', allOf: [{ type: 'object', example: { a: 1 } }] })).toEqual({ a: 1 });
    expect(valueOf({ allOf: [{ type: 'string', enum: ['x'] }, { description: 'y' }] })).toBe('x');
  });
});

describe('a schema without an end still makes a value', () => {
  const node = {
    type: 'object',
    required: ['id', 'next', 'children', 'either'],
    properties: {
      id: { type: 'integer' },
      next: { $ref: '#/node' },
      children: { type: 'array', items: { $ref: '#/node' } },
      either: { oneOf: [{ $ref: '#/node' }, { type: 'string' }] },
    },
  };

  test('when it holds itself', () => {
    expect(valueOf({ $ref: '#/node' }, { node })).toEqual({
      id: 1,
      next: null,
      children: [],
      either: 'string',
    });
  });

  test('when many optional parts hold each other', () => {
    const names = Array.from({ length: 30 }, (_, at) => `n${at}`);
    const refs = Object.fromEntries(names.map((name) => [name, { $ref: `#/${name}` }]));
    const document = Object.fromEntries(names.map((name) => [name, { type: 'object', properties: refs }]));
    expect(valueOf({ $ref: '#/n0' }, document)).toEqual({});
  });

  test('when required parts double at each level', () => {
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
    const document = Object.fromEntries(Array.from({ length: 11 }, (_, at) => [`l${at}`, level(at)]));
    expect(JSON.stringify(valueOf({ $ref: '#/l10' }, document)).length).toBeLessThan(10_000_000);
  });

  test('when it is nested thousands of levels deep', () => {
    let schema: object = { type: 'string' };
    let wrapped: object = { type: 'string' };
    for (let depth = 0; depth < 5000; depth += 1) {
      schema = { type: 'object', required: ['a'], properties: { a: schema } };
      wrapped = { allOf: [wrapped] };
    }
    expect(JSON.stringify(valueOf(schema))).toMatch(/^(\{"a":)+null\}+$/);
    expect(valueOf(wrapped)).toBeNull();
  });

  test('whatever the schema', () => {
    const { schema } = fc.letrec<{ schema: unknown }>((tie) => ({
      schema: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom({ $ref: '#/a' }, { $ref: '#/b' }, { type: 'string' }, {}, null, 5),
        fc.record(
          {
            type: fc.constantFrom('object', 'array', 'string', 'nonsense', 7, ['null', 'object']),
            properties: fc.dictionary(fc.constantFrom('x', 'y', '__proto__'), tie('schema'), {
              noNullPrototype: true,
            }),
            required: fc.constantFrom(['x'], ['x', 'y'], true, 'x'),
            items: tie('schema'),
            allOf: fc.array(tie('schema'), { maxLength: 2 }),
            oneOf: fc.array(tie('schema'), { maxLength: 2 }),
            enum: fc.constantFrom([1], [], 'x'),
          },
          { requiredKeys: [] },
        ),
      ),
    }));
    fc.assert(
      fc.property(schema, schema, schema, (a, b, start) => {
        expect(() => JSON.stringify(exampleValue({ a, b }, start))).not.toThrow();
      }),
    );
  });
});
