import { afterEach, describe, expect, test, vi } from 'vitest';
import { schemaCheck } from '../../../src/openapi/values/schema-check.js';
import { ValueGrower } from '../../../src/openapi/values/value-grower.js';
import { madeValue, makerFor, valueOf, variantsOf } from '../../support/values.js';

const id = { type: 'integer' };

describe('what the document gives comes first', () => {
  const string = { type: 'string' };

  test.each([
    [{ ...string, examples: ['a'], default: 'c', enum: ['e', 'a', 'c'] }, 'a', 'example'],
    [{ ...string, example: 'a', examples: ['b'] }, 'a', 'example'],
    [{ ...string, default: 'c', enum: ['e', 'c'] }, 'c', 'default'],
    [{ ...string, const: 'd' }, 'd', 'enum'],
    [{ ...string, enum: ['e'] }, 'e', 'enum'],
    [{ type: ['string', 'null'], enum: [null, 'e', 'f'] }, 'e', 'enum'],
    [{ const: null }, null, 'enum'],
    [string, 'string', 'generated'],
    [{ ...string, examples: [], enum: [] }, 'string', 'generated'],
    [{ type: 'integer', default: 0 }, 0, 'default'],
    [{ type: 'boolean', example: false, default: true }, false, 'example'],
  ])('%j', (schema, value, origin) => {
    expect(madeValue(schema)).toEqual({ value, origin, problem: null });
  });

  test('also where it stands behind a reference', () => {
    const document = { a: { type: 'string', example: 'x' } };
    expect(valueOf({ $ref: '#/a' }, { document })).toBe('x');
  });

  test.each([
    [{ openapi: '3.0.3' }, { n: 1 }],
    [{ swagger: '2.0' }, { n: 1 }],
    [{ openapi: '3.1.0' }, null],
  ])('a type beside a reference counts as %j has it', (version, value) => {
    const a = { type: 'object', required: ['n'], properties: { n: { type: 'integer' } } };
    expect(valueOf({ $ref: '#/a', type: 'number' }, { document: { ...version, a } })).toEqual(value);
  });

  test('and what is given beside the schema before what is in it', () => {
    expect(valueOf({ type: 'string', example: 'inside' }, { examples: ['beside'] })).toBe('beside');
  });

  test('field by field, where the whole has no example', () => {
    const schema = { properties: { name: { type: 'string', example: 'Foo' }, size: { default: 'M' } } };
    expect(valueOf(schema)).toEqual({ name: 'Foo', size: 'M' });
  });
});

describe('an example that is not valid is passed over', () => {
  const schema = { type: 'object', required: ['name'], properties: { name: { type: 'string' } } };

  test('with the reason', () => {
    expect(madeValue({ ...schema, example: { name: 5 } })).toEqual({
      value: { name: 'string' },
      origin: 'generated',
      problem: 'the example is not valid: /name must be string',
    });
  });

  test('for the next one that is', () => {
    const { value, problem } = madeValue(schema, { examples: [{}, { name: 'Ann' }] });
    expect(value).toEqual({ name: 'Ann' });
    expect(problem).toBe("the example is not valid: must have required property 'name'");
  });

  test('also in a field, where the whole would not be valid with it', () => {
    const field = { type: 'integer', example: 'five' };
    expect(valueOf({ required: ['a'], properties: { a: field } })).toEqual({ a: 1 });
  });

  test('and one of the answers of the server loses what is read-only', () => {
    const properties = { id: { type: 'integer', readOnly: true }, inner: { $ref: '#/inner' } };
    const inner = { type: 'object', properties: { at: { readOnly: true }, name: { type: 'string' } } };
    const example = { id: 7, inner: { at: 'now', name: 'x' }, more: 1 };
    const value = valueOf({ type: 'object', properties, example }, { document: { inner } });
    expect(value).toEqual({ inner: { name: 'x' }, more: 1 });
  });
});

describe('the example of a parameter is read as it goes on the wire', () => {
  test.each([
    [{ type: 'integer' }, '10', 10],
    [{ type: 'boolean' }, 'true', true],
    [{ type: 'string' }, 10, '10'],
    [{ type: 'array', items: { type: 'string' } }, 'a,b', ['a,b']],
    [{ type: 'array', items: { type: 'integer' } }, '1,2', [1, 2]],
    [{ type: 'array', items: { type: 'integer' } }, 3, [3]],
  ])('%j takes %j', (schema, example, value) => {
    const made = madeValue(schema, { place: 'query', examples: [example] });
    expect(made).toEqual({ value, origin: 'example', problem: null });
  });

  test('a pattern is about texts, though no type says so', () => {
    const made = madeValue({ pattern: '^[0-9]$', example: 'hero' }, { key: 'path.id', place: 'path' });
    expect(made.value).toMatch(/^[0-9]$/);
    expect(made.problem).toBe('the example is not valid: must match pattern "^[0-9]$"');
  });

  test.each([[''], [null], ['.'], ['..']])('a path never has an empty part or dots: %j', (example) => {
    const value = valueOf({}, { key: 'path.id', place: 'path', examples: [example] });
    expect(value).toBe('1');
  });
});

describe('whether the document gives a value', () => {
  test.each([
    [{ default: 1 }, [], true],
    [{ example: 'x' }, [], true],
    [{ const: 'x' }, [], true],
    [{ enum: ['x'] }, [], true],
    [{}, ['x'], true],
    [{ enum: ['x', 'y'] }, [], false],
    [{ default: '' }, [], false],
    [{ default: null }, [], false],
    [{ type: 'integer', default: 'none' }, [], false],
    [{ type: 'integer' }, ['none'], false],
    [{}, [], false],
  ])('%j with %j: %j', (schema, examples, expected) => {
    expect(makerFor().hasOwnValue({ schema, examples })).toBe(expected);
  });
});

test('the fields of an object are those of its allOf too', () => {
  const base = { type: 'object', properties: { id, name: { type: 'string' } } };
  const schema = { allOf: [{ $ref: '#/base' }, { properties: { name: { minLength: 2 } } }] };
  const fields = makerFor({ document: { base } }).fieldsOf(schema);
  expect([...fields.keys()]).toEqual(['id', 'name']);
  expect(fields.get('id')).toBe(id);
  expect(valueOf(fields.get('name'))).toBe('string');
});

describe('how much of a body is sent', () => {
  const schema = {
    required: ['id'],
    properties: {
      id,
      note: { type: 'string' },
      size: { type: 'string', default: 'M' },
      kind: { const: 'a' },
      only: { enum: ['b'] },
      either: { enum: ['c', 'd'] },
      named: { type: 'string', example: 'Foo' },
      owner: { type: 'object', properties: { name: { type: 'string' } } },
    },
  };

  test.each([
    ['required' as const, { id: 1 }],
    ['default' as const, { id: 1, size: 'M', kind: 'a', only: 'b', named: 'Foo' }],
    [
      'full' as const,
      {
        id: 1,
        note: 'string',
        size: 'M',
        kind: 'a',
        only: 'b',
        either: 'c',
        named: 'Foo',
        owner: { name: 'string' },
      },
    ],
  ])('%s', (bodyMode, value) => {
    expect(valueOf(schema, { bodyMode })).toEqual(value);
  });

  test('a full one ends where it holds itself', () => {
    const node = {
      type: 'object',
      properties: { id, next: { $ref: '#/node' }, all: { type: 'array', items: { $ref: '#/node' } } },
    };
    expect(valueOf({ $ref: '#/node' }, { document: { node }, bodyMode: 'full' })).toEqual({ id: 1, all: [] });
  });

  test('a full one stays of a sane size', () => {
    const names = Array.from({ length: 30 }, (_, at) => `n${at}`);
    const refs = Object.fromEntries(names.map((name) => [name, { $ref: `#/${name}` }]));
    const document = Object.fromEntries(names.map((name) => [name, { type: 'object', properties: refs }]));
    const text = JSON.stringify(valueOf({ $ref: '#/n0' }, { document, bodyMode: 'full' }));
    expect(text.length).toBeGreaterThan(100);
    expect(text.length).toBeLessThan(100_000);
  });

  test('what is read-only never, also when it is required; what is write-only as any other', () => {
    const properties = {
      id: { type: 'integer', readOnly: true },
      secret: { type: 'string', writeOnly: true },
    };
    const made = madeValue({ required: ['id', 'secret'], properties }, { bodyMode: 'full' });
    expect(made).toEqual({ value: { secret: 'string' }, origin: 'generated', problem: null });
  });
});

describe('variants', () => {
  test.each([
    [{ type: 'integer' }, 10],
    [{ type: 'integer', minimum: 5, maximum: 9 }, 5],
    [{ type: 'number', minimum: 0, exclusiveMaximum: 1 }, 10],
    [{ type: 'number', multipleOf: 0.01 }, 10],
    [{ type: 'string' }, 200],
    [{ type: 'string', maxLength: 2 }, 10],
    [{ type: 'string', minLength: 40 }, 10],
    [{ type: 'string', format: 'uuid' }, 10],
    [{ type: 'string', format: 'date' }, 10],
    [{ type: 'string', format: 'email' }, 10],
    [{ type: 'string', pattern: '^[A-Z]{3}-[0-9]{4}$' }, 10],
    [{ type: 'boolean' }, 2],
    [{ enum: ['a', 'b', 'c'] }, 3],
    [{ type: 'string', enum: ['a', 'b', 'c'], default: 'b' }, 3],
    [{ type: 'string', examples: ['a', 'b'] }, 10],
    [{ type: 'array', items: { type: 'integer' } }, 10],
    [{ type: 'object', required: ['a'], properties: { a: { type: 'string' } } }, 10],
    [{ type: 'object', additionalProperties: false }, 1],
    [{ const: 1 }, 1],
  ])('differ as far as %j leaves room', (schema, count) => {
    const values = variantsOf(schema, Math.max(count, 4));
    expect(new Set(values.map((value) => JSON.stringify(value))).size).toBe(count);
    for (const value of values) expect(schemaCheck({}, schema).problemOf(value)).toBeNull();
  });

  test('begin with the examples, in their order', () => {
    expect(variantsOf({ type: 'string' }, 3, { examples: ['a', 'b'] }).slice(0, 2)).toEqual(['a', 'b']);
  });

  test('count ids up from 1', () => {
    const wish = { key: 'path.item_id', place: 'path' as const };
    expect(variantsOf({ type: 'integer' }, 4, wish)).toEqual([1, 2, 3, 4]);
    expect(variantsOf({ type: 'string' }, 4, wish)).toEqual(['1', '2', '3', '4']);
  });

  test('are the same for the same seed and key, and otherwise others', () => {
    const schema = { required: ['a', 'b'], properties: { a: { type: 'string' }, b: { type: 'integer' } } };
    const first = variantsOf(schema, 10, { seed: 1 });
    expect(variantsOf(schema, 10, { seed: 1 })).toEqual(first);
    expect(variantsOf(schema, 10, { seed: 2 })).not.toEqual(first);
    expect(variantsOf(schema, 10, { seed: 1, key: 'body.other' })).not.toEqual(first);
  });
});

describe('work that is done once', () => {
  afterEach(() => void vi.restoreAllMocks());

  const request = { key: 'body', place: 'body' as const, examples: [] };
  const hopeless = { type: 'string', not: { type: 'string' } };

  test('a valid value that is not to be had is searched for carefully at the first variant alone', () => {
    const grow = vi.spyOn(ValueGrower.prototype, 'grow');
    const maker = makerFor();
    const made = Array.from({ length: 10 }, (_, variant) =>
      maker.make({ ...request, schema: hopeless }, variant),
    );
    const careful = (grow.mock.contexts as ValueGrower[]).filter(({ manner }) => manner.isCareful);
    expect(careful).toHaveLength(3);
    for (const { problem } of made) expect(problem).toMatch(/^no valid value was found: /);
    expect(new Set(made.map(({ value }) => value)).size).toBe(10);
  });

  test('and yet a variant is the same whichever was made before', () => {
    // Of the texts that its pattern allows some are excluded, so that steps come to nothing that others do not.
    for (const schema of [hopeless, { type: 'string', pattern: '^[ab]$', not: { const: 'a' } }]) {
      const maker = makerFor();
      const inTurn = [0, 1, 2, 3, 4, 5].map((variant) => maker.make({ ...request, schema }, variant));
      expect([0, 1, 2, 3, 4, 5].map((variant) => madeValue(schema, {}, variant))).toEqual(inTurn);
    }
  });

  test('the values of a parameter that many operations refer to are made once for all of them', () => {
    const grow = vi.spyOn(ValueGrower.prototype, 'grow');
    const maker = makerFor({ document: { id: { type: 'integer' } } });
    for (let operation = 0; operation < 5; operation += 1) {
      const shared = { schema: { $ref: '#/id' }, examples: [] };
      expect(maker.make({ key: 'path.id', place: 'path', ...shared }, 3).value).toBe(4);
    }
    expect(grow).toHaveBeenCalledTimes(1);
    expect(maker.make({ key: 'path.id', place: 'path', schema: { $ref: '#/id' }, examples: [7] }, 0)).toEqual(
      {
        value: 7,
        origin: 'example',
        problem: null,
      },
    );
  });
});
