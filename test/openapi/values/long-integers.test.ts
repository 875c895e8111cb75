import { describe, expect, test } from 'vitest';
import { firstRequest, documentOf, jsonBody } from '../../support/documents.js';
import { madeValue, valueOf, variantsOf } from '../../support/values.js';

const LONG = 1234567890123456789n;
const INT64 = { type: 'integer', format: 'int64' };

describe('integers that a double cannot hold', () => {
  test.each([
    [{ ...INT64, example: LONG }, LONG],
    [{ ...INT64, default: LONG }, LONG],
    [{ ...INT64, enum: [LONG] }, LONG],
    [{ ...INT64, minimum: 9007199254740993n }, 9007199254740993n],
    [{ type: 'integer', exclusiveMinimum: 9007199254740993n }, 9007199254740994],
    [{ type: 'integer', maximum: -9007199254740993n }, -9007199254740993n],
    [{ type: 'integer', multipleOf: 9007199254740993n, minimum: 1 }, 9007199254740993n],
    [{ type: 'integer', minimum: 9007199254740993n, multipleOf: 10 }, 9007199254741000],
    [{ ...INT64, minimum: 1, maximum: 9223372036854775807n }, 1],
    [{ ...INT64, minimum: -9223372036854775808n }, 1],
  ])('%o is made of every digit', (schema, value) => {
    expect(madeValue({ type: 'object', required: ['id'], properties: { id: schema } })).toEqual({
      value: { id: value },
      origin: 'generated',
      problem: null,
    });
  });

  test('differ where there is room, and keep their limits', () => {
    const [from, to] = [9007199254740993n, 9007199254740995n];
    const values = variantsOf({ type: 'integer', minimum: from, maximum: to }, 5);
    expect(values.every((value) => (value as bigint) >= from && (value as bigint) <= to)).toBe(true);
    expect(new Set(variantsOf({ type: 'integer', minimum: from }, 5)).size).toBe(5);
  });

  test('beyond their limits are told from those within', () => {
    const schema = { ...INT64, maximum: 9223372036854775807n, examples: [9223372036854775808n] };
    expect(madeValue(schema).problem).toContain('the example is not valid');
  });

  test('are texts in a parameter, and in a body as they are', () => {
    const parameters = [
      { name: 'id', in: 'path', required: true, schema: { ...INT64, example: LONG } },
      { name: 'q', in: 'query', schema: { ...INT64, example: String(LONG) } },
      { name: 'X', in: 'header', schema: { type: 'array', items: INT64, example: [LONG] } },
    ];
    const operation = { parameters, ...jsonBody({ type: 'array', items: { ...INT64, example: LONG } }) };
    const request = firstRequest(documentOf(operation, { method: 'post', path: '/a/{id}' }));
    expect(request.path).toBe(`/a/${LONG}?q=${LONG}`);
    expect(request.body).toBe(`[${LONG}]`);
    expect(request.headers).toContain(String(LONG));
  });
});

test('fractions have multiples though doubles do not', () => {
  expect(valueOf({ type: 'number', multipleOf: 0.1, minimum: 0.25, maximum: 0.35 })).toBe(0.3);
  expect(madeValue({ type: 'number', multipleOf: 0.1, example: 0.3 }).problem).toBeNull();
  expect(madeValue({ type: 'number', multipleOf: 0.1, examples: [0.35] }).problem).not.toBeNull();
});

test('a value that the user gives keeps every digit, in the path and in the body', () => {
  const document = documentOf(jsonBody({ type: 'object', properties: { id: { type: 'integer' } } }), {
    method: 'post',
    path: '/things/{id}',
  });
  const values = { 'path.id': 12345678901234567891n, 'body.id': { oneOf: [9007199254740993n] } };
  expect(firstRequest(document, { values })).toMatchObject({
    path: '/things/12345678901234567891',
    body: '{"id":9007199254740993}',
  });
});
