import { describe, expect, test } from 'vitest';
import { describeApi } from '../../../src/openapi/document/describe-api.js';
import type { Body } from '../../../src/openapi/document/described-operation.js';
import { documentOf } from '../../support/documents.js';

const bodyOf = (operation: object, rest: object = {}): Body | null | undefined =>
  describeApi(documentOf(operation, { method: 'post', ...rest })).operations[0]?.body;
const typeOf = (...types: string[]): string | undefined =>
  bodyOf({ requestBody: { content: Object.fromEntries(types.map((type) => [type, {}])) } })?.contentType;

describe('of several media types', () => {
  test.each([
    [['text/plain', 'application/xml', 'application/json'], 'application/json'],
    [['application/json-patch+json', 'application/merge-patch+json'], 'application/merge-patch+json'],
    [['multipart/form-data', 'application/json; charset=utf-8'], 'application/json; charset=utf-8'],
    [['multipart/form-data', 'application/vnd.api+json'], 'application/vnd.api+json'],
    [['multipart/form-data', 'application/x-www-form-urlencoded'], 'application/x-www-form-urlencoded'],
    [['application/octet-stream', 'multipart/form-data'], 'multipart/form-data'],
    [['application/octet-stream', 'application/xml', 'text/csv'], 'text/csv'],
    [['image/png', 'application/octet-stream'], 'application/octet-stream'],
    [['image/png'], 'image/png'],
    [['*/*'], 'application/json'],
  ])('%j, %s is sent', (types, chosen) => {
    expect(typeOf(...types)).toBe(chosen);
  });

  test.each([
    ['image/*', {}, 'image/png'],
    ['audio/*', { type: 'string', format: 'binary' }, 'audio/wav'],
    ['*/*', { type: 'string', format: 'binary' }, 'application/octet-stream'],
    ['application/*', { type: 'string', format: 'binary' }, 'application/octet-stream'],
    ['application/*', { type: 'object' }, 'application/json'],
    ['model/*', {}, 'application/octet-stream'],
  ])('the range %s stands, for %j, for %s', (range, schema, type) => {
    expect(bodyOf({ requestBody: { content: { [range]: { schema } } } })?.contentType).toBe(type);
  });

  test('a range stands for text where the value is text', () => {
    const content = { '*/*': { schema: { type: 'string' } } };
    expect(bodyOf({ requestBody: { content } })?.contentType).toBe('text/plain');
  });
});

test('a form says how its properties are written', () => {
  const encoding = {
    tags: { style: 'pipeDelimited' },
    meta: { contentType: 'application/json' },
    list: { explode: false },
    broken: 5,
  };
  const form = bodyOf({ requestBody: { content: { 'multipart/form-data': { encoding } } } });
  expect(form?.encoding).toEqual({
    tags: {
      contentType: null,
      serialization: { style: 'pipeDelimited', explode: false, allowReserved: false },
    },
    meta: { contentType: 'application/json', serialization: null },
    list: { contentType: null, serialization: { style: 'form', explode: false, allowReserved: false } },
  });
});

test('examples are values, those elsewhere are none, and a $ref in one is data', () => {
  const examples = {
    a: { value: { $ref: '#/x' } },
    b: { externalValue: 'http://example.com' },
    c: { $ref: '#/components/examples/C' },
  };
  const components = { examples: { C: { value: 3 } } };
  const content = { 'application/json': { examples } };
  expect(bodyOf({ requestBody: { content } }, { components })?.examples).toEqual([{ $ref: '#/x' }, 3]);
});

describe('Swagger 2.0', () => {
  const field = (name: string, rest: object = {}): object => ({
    name,
    in: 'formData',
    type: 'string',
    ...rest,
  });

  test('describes a form by its fields', () => {
    const parameters = [
      field('name', { required: true }),
      field('tags', { type: 'array', collectionFormat: 'multi' }),
      field('__proto__'),
    ];
    const body = bodyOf({ parameters }, { swagger: '2.0', consumes: ['application/x-www-form-urlencoded'] });
    expect(body).toMatchObject({
      contentType: 'application/x-www-form-urlencoded',
      required: true,
      schema: {
        required: ['name'],
        properties: { name: { type: 'string' }, tags: { type: 'array' }, ['__proto__']: { type: 'string' } },
      },
      encoding: { tags: { serialization: { style: 'form', explode: true } } },
    });
    expect(Object.keys(body!.encoding)).toContain('__proto__');
  });

  test('a parameter may name the media type of the body', () => {
    const body = { name: 'b', in: 'body', schema: { type: 'string', format: 'binary' } };
    const header = (rest: object): object => ({
      name: 'Content-Type',
      in: 'header',
      type: 'string',
      ...rest,
    });
    const typeBy = (rest: object): string | undefined =>
      bodyOf({ parameters: [header(rest), body], consumes: ['text/csv'] }, { swagger: '2.0' })?.contentType;
    expect(typeBy({ enum: ['application/x-tar'] })).toBe('application/x-tar');
    expect(typeBy({ enum: ['text/plain', 'image/png'], default: 'image/png' })).toBe('image/png');
    expect(typeBy({})).toBe('text/csv');
  });

  test.each([
    [[field('a')], ['multipart/form-data'], 'multipart/form-data'],
    [[field('a')], [], 'application/x-www-form-urlencoded'],
    [[field('a', { type: 'file' })], ['application/x-www-form-urlencoded'], 'multipart/form-data'],
    [[{ name: 'b', in: 'body', schema: {} }], ['application/xml', 'application/json'], 'application/json'],
    [[{ name: 'b', in: 'body', schema: {} }], ['application/xml'], 'application/xml'],
    [[{ name: 'b', in: 'body', schema: {} }], [], 'application/json'],
  ])('%j, consuming %j, is sent as %s', (parameters, consumes, type) => {
    expect(bodyOf({ parameters, consumes }, { swagger: '2.0' })?.contentType).toBe(type);
    expect(bodyOf({ parameters }, { swagger: '2.0', consumes })?.contentType).toBe(type);
  });
});
