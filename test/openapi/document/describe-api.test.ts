import { describe, expect, test } from 'vitest';
import { describeApi } from '../../../src/openapi/document/describe-api.js';
import { DEFAULT_HEADERS, documentOf, firstRequest } from '../../support/documents.js';

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
      { name: {}, in: 'query' },
      { name: 'a', in: 'nowhere' },
      { $ref: '#/no' },
    ];
    expect(describeApi(documentOf({ parameters })).operations[0]!.parameters).toEqual([]);
  });
});

describe('a server', () => {
  const of = (url: string, location: string): ReturnType<typeof describeApi> =>
    describeApi({ servers: [{ url }], paths: { '/a': { get: {} } } }, location);

  test('is relative to where the document is, unless it has a host or a slash', () => {
    const path = (url: string): string => of(url, 'http://x/docs/api.yaml').operations[0]!.path;
    expect(['v2', './v2', '..', '/v2', 'localhost:80/v2'].map(path)).toEqual([
      '/docs/v2/a',
      '/docs/v2/a',
      '/a',
      '/v2/a',
      '/v2/a',
    ]);
    expect(of('v2', '/home/me/docs/api.yaml').operations[0]!.path).toBe('/v2/a');
  });

  test('whose path has a variable without a value is named', () => {
    expect(of('/{tenant}/api', '').problems).toEqual([
      { where: 'GET /a', message: expect.stringContaining('{tenant}') as string, isSkipped: false },
    ]);
    expect(of('{host}/api', '').problems).toEqual([]);
  });
});

describe('what OpenAPI 3.2 adds', () => {
  const described = (item: object): ReturnType<typeof describeApi> =>
    describeApi({ openapi: '3.2.0', paths: { '/s': item } });
  const names = (item: object): string[] => described(item).operations.map(({ method }) => method);

  test('are QUERY and methods by their names', () => {
    expect(names({ query: {}, get: {}, additionalOperations: { COPY: {}, 'a b': {}, Link: {} } })).toEqual([
      'GET',
      'QUERY',
      'COPY',
      'Link',
    ]);
    expect(described({ additionalOperations: { 'a b': {} } }).problems[0]?.isSkipped).toBe(true);
  });

  test('is the query as one form, and others are named', () => {
    const query = (type: string, required: boolean): ReturnType<typeof describeApi> => {
      const content = { [type]: { schema: { type: 'object', properties: { a: { type: 'string' } } } } };
      return described({ get: { parameters: [{ name: 'q', in: 'querystring', required, content }] } });
    };
    expect(query('application/x-www-form-urlencoded', true).operations[0]!.parameters).toMatchObject([
      { place: 'query', style: 'form', explode: true, required: true },
    ]);
    expect(query('application/json', false).problems[0]?.message).toContain('application/json');
    expect(query('application/json', true).operations).toEqual([]);
  });

  test('are items of a sequence and the data of an example', () => {
    const items = { type: 'object' };
    const content = {
      'application/jsonl': { itemSchema: items, examples: { a: { dataValue: [{ x: 1 }] } } },
    };
    expect(described({ post: { requestBody: { content } } }).operations[0]!.body).toMatchObject({
      schema: { type: 'array', items },
      examples: [[{ x: 1 }]],
    });
  });
});

test('a method in capitals is read, and another word with an operation is named', () => {
  const { operations, problems } = describeApi({
    paths: { '/a': { GET: {}, get: {}, PUT: {}, fetch: { responses: {} } } },
  });
  expect(operations.map(({ method }) => method)).toEqual(['GET', 'PUT']);
  expect(problems.map(({ where, isSkipped }) => [where, isSkipped])).toEqual([
    ['GET /a', true],
    ['/a', false],
    ['fetch /a', true],
  ]);
});

test('a query in the template of a path is described by its parameters', () => {
  const [operation] = describeApi({
    paths: { '/x/{id}{?q,r}': { get: { parameters: [{ name: 'q', in: 'query' }] } } },
  }).operations;
  expect(operation).toMatchObject({ path: '/x/{id}', template: '/x/{id}{?q,r}' });
  expect(operation!.parameters.map(({ name }) => name)).toEqual(['q', 'id']);
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
    [{ servers: [{ url: 'https://a b/c' }] }, '/c/things'],
    [{ servers: [{ url: 'localhost:3000/api' }] }, '/api/things'],
    [{ servers: [{ url: 'api.example.com/v1' }] }, '/v1/things'],
    [{ servers: [{ url: 'localhost' }] }, '/things'],
    [{ servers: [{ url: '{baseUrl}/api' }] }, '/api/things'],
    [{ servers: [{ url: '{scheme}://{host}:{port}/api' }] }, '/api/things'],
    [{ servers: [{ url: 'api/v1' }] }, '/api/v1/things'],
    [{ servers: [{ url: '/{v}', variables: { v: { enum: ['v7'] } } }] }, '/v7/things'],
    [{ swagger: '2.0', basePath: 'v2' }, '/v2/things'],
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

describe('the base path that the user says', () => {
  const document = { servers: [{ url: '/api/v1' }], paths: { '/things': { get: {} } } };

  test.each([
    [{ override: null, wanted: '/api' }, '/api/v1/things'],
    [{ override: null, wanted: '/other' }, '/other/things'],
    [{ override: '/api', wanted: '' }, '/api/things'],
    [{ override: '', wanted: '/other' }, '/things'],
  ])('%j makes %s of /api/v1/things', (base, path) => {
    expect(describeApi(document, '', base).operations[0]?.path).toBe(path);
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
      headers: ['content-type', 'application/json', ...DEFAULT_HEADERS],
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

describe('how a parameter is written', () => {
  const styleOf = (raw: object, rest: Record<string, unknown> = {}): unknown => {
    const document = documentOf({ parameters: [{ name: 'p', ...raw }] }, { path: '/a/{p}', ...rest });
    const { style, explode, allowReserved } = describeApi(document).operations[0]!.parameters[0]!;
    return [style, explode, allowReserved];
  };
  const schema = { type: 'array' };

  test.each([
    [{ in: 'path', schema }, ['simple', false, false]],
    [{ in: 'path', schema, style: 'matrix', explode: true }, ['matrix', true, false]],
    [{ in: 'query', schema }, ['form', true, false]],
    [{ in: 'query', schema, style: 'deepObject' }, ['deepObject', false, false]],
    [{ in: 'query', schema, style: 'matrix', allowReserved: true }, ['form', true, true]],
    [{ in: 'header', schema, explode: true }, ['simple', true, false]],
    [{ in: 'cookie', schema }, ['form', true, false]],
    [{ in: 'query', type: 'array' }, ['form', false, false]],
    [{ in: 'query', type: 'array', collectionFormat: 'multi' }, ['form', true, false]],
    [{ in: 'query', type: 'array', collectionFormat: 'ssv' }, ['spaceDelimited', false, false]],
    [{ in: 'query', type: 'array', collectionFormat: 'tsv' }, ['tabDelimited', false, false]],
    [{ in: 'query', type: 'array', collectionFormat: 'pipes' }, ['pipeDelimited', false, false]],
    [{ in: 'path', type: 'array' }, ['simple', false, false]],
  ])('%j', (raw, expected) => {
    expect(styleOf(raw)).toEqual(expected);
  });

  test('as a document of its own, when it says `content`', () => {
    const content = { 'text/plain': {}, 'application/json': { schema, example: [1] } };
    const [parameter] = describeApi(documentOf({ parameters: [{ name: 'q', in: 'query', content }] }))
      .operations[0]!.parameters;
    expect(parameter).toMatchObject({ contentType: 'application/json', schema, examples: [[1]] });
  });

  test('without examples, when the first of them has no value and it may be left out', () => {
    const examples = { none: { summary: 'not sorted' }, up: { value: 'name' } };
    const [left, needed, other] = [
      { examples },
      { examples, required: true },
      { examples: { up: { value: 'name' }, none: { summary: 'not sorted' } } },
    ].map(
      (one) =>
        describeApi(documentOf({ parameters: [{ name: 'sort', in: 'query', schema, ...one }] }))
          .operations[0]!.parameters[0]!.examples,
    );
    expect([left, needed, other]).toEqual([[], ['name'], ['name']]);
  });

  test('not at all for the headers that have words of their own', () => {
    const parameters = ['Accept', 'content-type', 'Authorization', 'x-a'].map((name) => ({
      name,
      in: 'header',
      schema,
    }));
    const names = (rest: Record<string, unknown>): string[] =>
      describeApi(documentOf({ parameters }, rest)).operations[0]!.parameters.map(({ name }) => name);
    expect(names({})).toEqual(['x-a']);
    expect(names({ swagger: '2.0' })).toEqual(['Authorization', 'x-a']);
  });
});

test('the innermost server counts', () => {
  const document = {
    servers: [{ url: '/all' }],
    paths: {
      '/a': { servers: [{ url: '/path' }], get: {}, put: { servers: [{ url: 'https://x/own' }] } },
      '/b': { get: {} },
    },
  };
  expect(describeApi(document).operations.map(({ path }) => path)).toEqual(['/path/a', '/own/a', '/all/b']);
});

describe('security', () => {
  test("of an operation outweighs the document's; alternatives stay alternatives", () => {
    const document = {
      security: [{ key: [] }],
      paths: { '/a': { get: {}, put: { security: [{ a: [], b: [] }, {}] }, post: { security: [] } } },
    };
    expect(describeApi(document).operations.map(({ security }) => security)).toEqual([
      [['key']],
      [],
      [['a', 'b'], []],
    ]);
  });

  test('knows the schemes of both versions', () => {
    const flows = { implicit: {}, clientCredentials: { tokenUrl: '/cc' }, password: { tokenUrl: '/token' } };
    const document = documentOf(
      {},
      {
        components: {
          securitySchemes: {
            key: { type: 'apiKey', in: 'header', name: 'x-key' },
            basic: { type: 'http', scheme: 'Basic' },
            bearer: { type: 'http', scheme: 'bearer' },
            digest: { type: 'http', scheme: 'digest' },
            oauth: { type: 'oauth2', flows },
            oidc: { type: 'openIdConnect' },
          },
        },
        securityDefinitions: {
          old: { type: 'oauth2', flow: 'application', tokenUrl: '/old' },
          oldBasic: { type: 'basic' },
          web: { type: 'oauth2', flow: 'implicit' },
        },
      },
    );
    expect(describeApi(document).securitySchemes).toEqual({
      old: { kind: 'oauth2', tokenUrl: '/old', flows: ['client-credentials'] },
      oldBasic: { kind: 'basic' },
      web: { kind: 'oauth2', tokenUrl: null, flows: ['other'] },
      key: { kind: 'api-key', place: 'header', name: 'x-key' },
      basic: { kind: 'basic' },
      bearer: { kind: 'bearer' },
      digest: { kind: 'other', name: 'digest' },
      oauth: { kind: 'oauth2', tokenUrl: '/token', flows: ['other', 'client-credentials', 'password'] },
      oidc: { kind: 'other', name: 'openIdConnect' },
    });
  });
});

describe('what cannot be used is named with its reason, and the rest runs', () => {
  test.each([
    [{ '/a': null }, '/a', 'is no object but null', true],
    [{ a: { get: {} } }, 'a', 'does not start with / and so is no path', true],
    [{ '/a': { $ref: '#/no' } }, '/a', 'refers to “#/no”, which is not there', true],
    [{ '/a': { get: [] } }, 'GET /a', 'is no object but a list', true],
    [
      { '/a': { post: { requestBody: { $ref: 'http://x/y' } } } },
      'POST /a',
      'the body refers to “http://x/y”, beyond the document: --allow-external-refs follows what lies beside it',
      true,
    ],
    [
      {
        '/a': { get: { parameters: [{ name: 'q', in: 'query', required: true, schema: { $ref: '#/q' } }] } },
      },
      'GET /a',
      'the schema of the query parameter q refers to “#/q”, which is not there',
      true,
    ],
    [
      { '/a': { get: { parameters: [{ name: 'q', in: 'query', schema: { $ref: '#/q' } }] } } },
      'GET /a',
      'the query parameter q is left out: its schema refers to “#/q”, which is not there',
      false,
    ],
    [
      { '/a': { get: { parameters: [{ $ref: '#/paths/~1a/get/parameters/0' }] } } },
      'GET /a',
      'a parameter is left out: it refers to “#/paths/~1a/get/parameters/0” in a circle, or over more than 100 steps',
      false,
    ],
    [{ '/a/{b}': { get: {} } }, 'GET /a/{b}', '{b} in its path is not described', false],
  ])('%j', (broken, where, message, isSkipped) => {
    const { operations, problems } = describeApi({ paths: { ...broken, '/fine': { get: {} } } });
    expect(operations.at(-1)?.path).toBe('/fine');
    expect(operations).toHaveLength(isSkipped ? 1 : 2);
    expect(problems).toEqual([{ where, message, isSkipped }]);
  });

  test('operations with one operationId all run, under names of their own', () => {
    const one = { operationId: 'x' };
    const { operations, problems } = describeApi({
      paths: {
        '/a': { get: one, put: one },
        '/b': { get: { operationId: 'x_2' }, put: one },
        '/c_d': { get: {} },
        '/c/d': { get: {} },
      },
    });
    expect(operations.map(({ id }) => id)).toEqual(['x', 'x_3', 'x_2', 'x_4', 'get_c_d', 'get_c_d_2']);
    expect(problems.map(({ where }) => where)).toEqual(['PUT /a', 'PUT /b']);
  });
});
