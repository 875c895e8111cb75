import { describe, expect, test } from 'vitest';
import { describeApi } from '../../../src/openapi/document/describe-api.js';
import { documentOf, firstRequest } from '../../support/documents.js';

test('operations come in the order of the document, each with what names it', () => {
  const document = {
    paths: {
      '/b': { post: { operationId: 'makeB', tags: ['b', 5] }, get: {} },
      '/a/{id}': { get: { operationId: '' } },
      'x-note': { get: {} },
      '/none': null,
    },
  };
  expect(
    describeApi(document).operations.map(({ id, method, path, tags }) => ({ id, method, path, tags })),
  ).toEqual([
    { id: 'get_b', method: 'GET', path: '/b', tags: [] },
    { id: 'makeB', method: 'POST', path: '/b', tags: ['b'] },
    { id: 'get_a_id', method: 'GET', path: '/a/{id}', tags: [] },
  ]);
});

describe('parameters', () => {
  const common = { name: 'id', in: 'path', schema: { type: 'integer', example: 1 } };
  const own = { name: 'id', in: 'path', schema: { type: 'integer', example: 2 } };
  const query = { name: 'id', in: 'query', schema: { default: 'q' } };

  test("of the path hold for its operations; the operation's own replace them by name and place", () => {
    const document = {
      paths: { '/a/{id}': { parameters: [common, query], get: {}, put: { parameters: [own] } } },
    };
    const [get, put] = describeApi(document).operations;
    expect(get!.parameters.map(({ place, schema }) => [place, schema])).toEqual([
      ['path', common.schema],
      ['query', query.schema],
    ]);
    expect(put!.parameters.map(({ place, schema }) => [place, schema])).toEqual([
      ['path', own.schema],
      ['query', query.schema],
    ]);
  });

  test('may be references, also into the list of another operation', () => {
    const document = {
      paths: {
        '/a/{id}': { get: { parameters: [{ $ref: '#/components/parameters/Id' }] } },
        '/b/{id}': { get: { parameters: [{ $ref: '#/paths/~1a~1%7Bid%7D/get/parameters/0' }] } },
      },
      components: { parameters: { Id: common } },
    };
    expect(describeApi(document).operations.map(({ parameters }) => parameters[0]!.schema)).toEqual([
      common.schema,
      common.schema,
    ]);
  });

  test('that no one describes are made up, so that no placeholder is sent', () => {
    expect(firstRequest(documentOf({}, { path: '/a/{one}/{two}' })).path).toBe('/a/1/1');
  });

  test('that are broken are left out', () => {
    const parameters = [
      null,
      'x',
      {},
      { name: 5, in: 'query' },
      { name: 'a', in: 'nowhere' },
      { $ref: '#/no' },
    ];
    expect(describeApi(documentOf({ parameters })).operations[0]!.parameters).toEqual([]);
  });
});

describe('the base path', () => {
  test.each([
    [{ servers: [{ url: 'https://api.example.com/v1/' }, { url: '/v2' }] }, '/v1/things'],
    [{ servers: [{ url: '/api/v1' }] }, '/api/v1/things'],
    [{ servers: [{ url: '//other.example.com/v1' }] }, '/v1/things'],
    [
      {
        servers: [
          {
            url: 'https://{host}:{port}/{base}',
            variables: { host: { default: 'a' }, port: { default: '8443' }, base: { default: 'v3' } },
          },
        ],
      },
      '/v3/things',
    ],
    [{ servers: [{ url: '/{base}' }] }, '/base/things'],
    [{ servers: [{ url: 'https://a b/c' }] }, '/things'],
    [{ servers: [{ url: 5 }] }, '/things'],
    [{ servers: [] }, '/things'],
    [{ servers: 'x' }, '/things'],
    [{ swagger: '2.0', host: 'api.example.com', basePath: '/v2' }, '/v2/things'],
    [{ swagger: '2.0', basePath: '/' }, '/things'],
    [{}, '/things'],
  ])('of %j makes %s', (rest, path) => {
    const document = { paths: { '/things': { get: {} } }, ...rest };
    expect(describeApi(document).operations[0]).toMatchObject({ path, template: '/things' });
  });
});

describe('Swagger 2.0', () => {
  test('writes the schema of a parameter beside its name, and the body among the parameters', () => {
    const document = {
      swagger: '2.0',
      basePath: '/v2',
      paths: {
        '/pets/{id}': {
          put: {
            parameters: [
              { name: 'id', in: 'path', required: true, type: 'integer', minimum: 7 },
              { name: 'verbose', in: 'query', type: 'boolean', default: false },
              { name: 'body', in: 'body', required: true, schema: { $ref: '#/definitions/Pet' } },
            ],
          },
        },
      },
      definitions: { Pet: { type: 'object', required: ['name'], properties: { name: { type: 'string' } } } },
    };
    expect(firstRequest(document)).toEqual({
      method: 'PUT',
      path: '/v2/pets/7?verbose=false',
      headers: ['content-type', 'application/json'],
      body: '{"name":"string"}',
    });
  });
});

test('keys such as __proto__ are names like others, and change nothing', () => {
  const document = JSON.parse(`{
    "paths": {
      "/__proto__": { "get": { "operationId": "__proto__", "tags": ["__proto__"], "parameters": [
        { "name": "__proto__", "in": "query", "required": true, "schema": { "type": "string", "format": "constructor" } } ] } },
      "/b": { "__proto__": { "get": {} }, "post": { "requestBody": { "content": { "application/json": { "schema": {
        "allOf": [ { "type": "object", "required": ["__proto__"], "properties": { "__proto__": { "type": "string" } } }, { "type": "object" } ]
      } } } } } }
    }
  }`) as Record<string, unknown>;
  const operations = describeApi(document).operations;
  expect(operations.map(({ id }) => id)).toEqual(['__proto__', 'post_b']);
  expect(firstRequest(document).path).toBe('/__proto__?__proto__=string');
  const paths = document['paths'] as Record<string, unknown>;
  expect(firstRequest({ paths: { '/b': paths['/b'] } }).body).toBe('{"__proto__":"string"}');
  expect(({} as Record<string, unknown>)['type']).toBeUndefined();
});
