import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { reasonOfAnswer } from '../../../src/analyze/preflight/reason-of-answer.js';
import { controlCharactersOf } from '../../support/text.js';

const shapes: [framework: string, body: unknown, reason: string | null, fields: string[]][] = [
  [
    'FastAPI, validation',
    {
      detail: [
        { type: 'missing', loc: ['body', 'name'], msg: 'Field required', input: {} },
        { type: 'int_parsing', loc: ['query', 'limit'], msg: 'Input should be a valid integer', input: 'x' },
      ],
    },
    'body.name: Field required; query.limit: Input should be a valid integer',
    ['body.name', 'query.limit'],
  ],
  ['FastAPI, one sentence', { detail: 'Not authenticated' }, 'Not authenticated', []],
  [
    'RFC 9457, with pointers',
    {
      type: 'https://example.net/validation-error',
      title: 'Your request is not valid.',
      errors: [{ detail: 'must be a positive integer', pointer: '#/age' }],
    },
    'body.age: must be a positive integer',
    ['body.age'],
  ],
  [
    'RFC 7807, its own example',
    { title: 'Not valid', 'invalid-params': [{ name: 'age', reason: 'must be positive' }] },
    'age: must be positive',
    ['age'],
  ],
  [
    'problem+json without a list',
    { type: 'about:blank', title: 'Forbidden', status: 403, detail: 'No access to 7' },
    'No access to 7',
    [],
  ],
  [
    'ASP.NET',
    {
      title: 'One or more validation errors occurred.',
      status: 400,
      errors: { Name: ['The Name field is required.'] },
    },
    'The Name field is required.',
    ['Name'],
  ],
  [
    'express-validator',
    { errors: [{ type: 'field', msg: 'Invalid value', path: 'email', location: 'body' }] },
    'body.email: Invalid value',
    ['body.email'],
  ],
  [
    'ajv',
    {
      errors: [
        {
          instancePath: '',
          keyword: 'required',
          params: { missingProperty: 'sku' },
          message: "must have required property 'sku'",
        },
      ],
    },
    "must have required property 'sku'",
    ['body.sku'],
  ],
  [
    'Fastify',
    {
      statusCode: 400,
      code: 'FST_ERR_VALIDATION',
      error: 'Bad Request',
      message: "body must have required property 'name'",
    },
    "body must have required property 'name'",
    ['body.name'],
  ],
  [
    'Fastify, a query',
    { statusCode: 400, error: 'Bad Request', message: 'querystring/limit must be integer' },
    'querystring/limit must be integer',
    ['query.limit'],
  ],
  [
    'Nest',
    { statusCode: 400, message: ['name must be a string', 'name should not be empty'], error: 'Bad Request' },
    'name must be a string; name should not be empty',
    [],
  ],
  [
    'class-validator',
    { message: [{ property: 'name', constraints: { isString: 'name must be a string' } }] },
    'name must be a string',
    ['name'],
  ],
  [
    'Spring',
    {
      timestamp: '2026-01-01',
      status: 400,
      error: 'Bad Request',
      path: '/x',
      errors: [{ field: 'name', defaultMessage: 'must not be blank' }],
    },
    'name: must not be blank',
    ['name'],
  ],
  ['Spring, one sentence', { timestamp: '', status: 404, error: 'Not Found', path: '/x' }, 'Not Found', []],
  [
    'Quarkus and Symfony',
    { violations: [{ propertyPath: 'price', message: 'must be above 0' }] },
    'price: must be above 0',
    ['price'],
  ],
  [
    'Django REST, fields',
    { name: ['This field is required.'], non_field_errors: ['No.'] },
    'name: This field is required.; No.',
    ['name'],
  ],
  ['Django REST, one sentence', { detail: 'Invalid token.' }, 'Invalid token.', []],
  ['Rails, by field', { errors: { name: ["can't be blank"] } }, "name: can't be blank", ['name']],
  ['Rails, sentences', { errors: ["Name can't be blank"] }, "Name can't be blank", []],
  [
    'Laravel',
    { message: 'The given data was invalid.', errors: { email: ['The email field is required.'] } },
    'The email field is required.',
    ['email'],
  ],
  [
    'JSON:API',
    {
      errors: [
        {
          status: '422',
          title: 'Invalid',
          source: { pointer: '/data/attributes/name' },
          detail: 'too short',
        },
      ],
    },
    'body.data.attributes.name: too short',
    ['body.data.attributes.name'],
  ],
  [
    'zod',
    { success: false, error: { name: 'ZodError', issues: [{ path: ['name'], message: 'Required' }] } },
    'name: Required',
    ['name'],
  ],
  [
    'Mongoose',
    { errors: { name: { message: 'Path `name` is required.' } } },
    'Path `name` is required.',
    ['name'],
  ],
  [
    'Google',
    { error: { code: 403, message: 'The caller does not have permission', status: 'PERMISSION_DENIED' } },
    'The caller does not have permission',
    [],
  ],
  ['OAuth', { error: 'invalid_grant', error_description: 'Bad credentials' }, 'Bad credentials', []],
  ['Go echo', { message: 'missing or malformed jwt' }, 'missing or malformed jwt', []],
  ['a text as JSON', 'nope', 'nope', []],
  ['nothing that tells', { ok: false }, null, []],
  ['null', null, null, []],
];

describe('the reason is found in the answer of', () => {
  test.each(shapes)('%s', (_, body, reason, fields) => {
    expect(reasonOfAnswer(JSON.stringify(body))).toEqual({ reason, fields });
  });
});

describe('an answer that is no JSON', () => {
  test.each([
    ['404 page not found\n', '404 page not found'],
    ['<!doctype html><html><head><title>404 Not Found</title></head><body>…', '404 Not Found'],
    ['<h1>Bad\tRequest</h1>', 'Bad Request'],
    ['', null],
    ['\n\n  second line\n', 'second line'],
  ])('%j says %j', (text, reason) => {
    expect(reasonOfAnswer(text).reason).toBe(reason);
  });
});

test('the reason is one printable line of at most 200 characters', () => {
  const { reason } = reasonOfAnswer(JSON.stringify({ detail: `\u001b[2J\n${'x'.repeat(1000)}` }));
  expect(reason).toHaveLength(200);
  expect(controlCharactersOf(reason!)).toEqual([]);
});

test('any JSON gives a bounded reason, and nothing throws', () => {
  fc.assert(
    fc.property(
      fc.jsonValue(),
      fc.constantFrom('detail', 'errors', 'message', 'error', '__proto__'),
      (value, key) => {
        const body = `{${JSON.stringify(key)}:${JSON.stringify(value)}}`;
        const { reason, fields } = reasonOfAnswer(body);
        expect(reason?.length ?? 0).toBeLessThanOrEqual(200);
        expect(fields.length).toBeLessThanOrEqual(5);
      },
    ),
  );
});
