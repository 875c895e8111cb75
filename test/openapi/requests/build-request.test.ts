import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  DEFAULT_HEADERS,
  documentOf,
  firstRequest,
  headersOf,
  jsonBody,
  built,
} from '../../support/documents.js';
import { anyText } from '../../support/text.js';
import { userErrorOf } from '../../support/caught.js';

const item = { path: '/items/{item_id}' };
const parameter = (name: string, place: string, rest: object = {}): object => ({
  name,
  in: place,
  required: true,
  ...rest,
});

describe('where a value comes from', () => {
  const schema = { type: 'integer', example: 2, default: 3, enum: [4, 3, 2, 1, 5] };
  const both = { schema, example: 1 };

  test.each([
    [both, { 'path.item_id': 9 }, '9', 'override'],
    [both, {}, '1', 'example'],
    [{ schema, examples: { first: { value: 5 }, second: { value: 6 } } }, {}, '5', 'example'],
    [{ schema, examples: { first: { $ref: '#/components/examples/Five' } } }, {}, '5', 'example'],
    [{ schema }, {}, '2', 'example'],
    [{ schema: { ...schema, example: undefined } }, {}, '3', 'default'],
    [{ schema: { type: 'integer', enum: [4] } }, {}, '4', 'enum'],
    [{ schema: { type: 'integer' } }, {}, '1', 'generated'],
    [{ content: { 'application/json': { schema: { type: 'integer', default: 8 } } } }, {}, '8', 'default'],
  ])('%j with %j', (rest, values, value, origin) => {
    const document = documentOf(
      { parameters: [parameter('item_id', 'path', rest)] },
      {
        ...item,
        components: { examples: { Five: { value: 5 } } },
      },
    );
    const { blueprints, origins } = built(document, { values });
    expect(blueprints[0]!.path).toBe(`/items/${value}`);
    expect(origins).toEqual({ 'path.item_id': origin });
  });
});

describe('optional parameters are sent', () => {
  const operation = (rest: object): object => ({
    parameters: [parameter('limit', 'query', { required: false, ...rest })],
  });

  test.each([
    [{ schema: { type: 'integer' } }, {}, '/things'],
    [{ schema: { type: 'string', default: '' } }, {}, '/things'],
    [{ schema: { type: 'string', default: null } }, {}, '/things'],
    [{ schema: { type: 'integer', default: 20 } }, {}, '/things?limit=20'],
    [{ schema: { type: 'integer' }, example: 0 }, {}, '/things?limit=0'],
    [{ schema: { type: 'integer' } }, { 'query.limit': 5 }, '/things?limit=5'],
    [{ schema: { type: 'integer' } }, { 'path.limit': 5 }, '/things'],
  ])('when they have a value: %j with %j', (rest, values, path) => {
    expect(firstRequest(documentOf(operation(rest)), { values }).path).toBe(path);
  });
});

describe('the path', () => {
  test.each(['', null])('never gets an empty part from the document (%j)', (example) => {
    const document = documentOf(
      { parameters: [parameter('item_id', 'path', { example, schema: { default: '' } })] },
      item,
    );
    expect(firstRequest(document).path).toBe('/items/1');
  });

  test.each(['', { oneOf: ['a', ''] }])('never gets an empty part from the user (%j)', async (rule) => {
    const error = await userErrorOf(() => built(documentOf({}, item), { values: { 'path.item_id': rule } }));
    expect(error.message).toContain('path.item_id is empty');
    expect(error.fault).toBe('usage');
  });

  test('takes any value without changing its shape', () => {
    fc.assert(
      fc.property(anyText({ minLength: 1 }), anyText(), (value, query) => {
        const document = documentOf({ parameters: [parameter('q', 'query')] }, { path: '/a b/{item_id}/ü' });
        const { path } = firstRequest(document, { values: { 'path.item_id': value, 'query.q': query } });
        expect(path).toMatch(/^\/a%20b\/[^/?#{}\s]+\/%C3%BC\?q=[^/?#&\s]*$/);
        const url = new URL(path.replace('/a%20b', ''), 'http://target');
        expect(url.searchParams.get('q')).toBe(query.replace(/\p{Surrogate}/gu, '\ufffd'));
      }),
    );
  });

  test('is filled everywhere the name stands', () => {
    expect(firstRequest(documentOf({}, { path: '/a/{id}/b/{id}' }), { values: { 'path.id': 7 } }).path).toBe(
      '/a/7/b/7',
    );
  });

  test('of a template with a query of its own is continued with &', () => {
    const document = documentOf(
      { parameters: [parameter('b', 'query', { example: 2 })] },
      { path: '/a?x=1' },
    );
    expect(firstRequest(document).path).toBe('/a?x=1&b=2');
  });

  test('and the query take lists and objects', () => {
    const parameters = [
      parameter('item_id', 'path', { example: ['a', 'b'] }),
      parameter('tag', 'query', { example: ['x', 'y z'] }),
      parameter('where', 'query', { example: { a: 1 } }),
    ];
    expect(firstRequest(documentOf({ parameters }, item)).path).toBe('/items/a,b?tag=x&tag=y%20z&a=1');
  });
});

describe('headers', () => {
  test('of the user outweigh those of the document, whatever their case', () => {
    const parameters = [
      parameter('X-Tenant', 'header', { example: 'theirs' }),
      parameter('X-Trace', 'header'),
    ];
    const document = documentOf({ parameters, ...jsonBody({ type: 'object' }) }, { method: 'post' });
    const headers = { 'x-tenant': 'mine', 'content-type': 'application/vnd.a+json' };
    expect(headersOf(firstRequest(document, { headers }))).toEqual({ ...headers, 'X-Trace': '1' });
  });

  test('of every request give way to those of the user and the document, whatever their case', () => {
    const responses = { 200: { content: { 'application/json': {} } } };
    const agent = parameter('User-Agent', 'header', { example: 'theirs' });
    expect(firstRequest(documentOf({ responses })).headers).toEqual([
      ...DEFAULT_HEADERS.slice(0, 3),
      'application/json, application/*;q=0.5, text/*;q=0.5',
    ]);
    expect(
      firstRequest(documentOf({ responses, parameters: [agent] }), { headers: { Accept: 'text/csv' } })
        .headers,
    ).toEqual(['Accept', 'text/csv', 'User-Agent', 'theirs']);
  });

  test('cookies go out in one of them', () => {
    const parameters = [
      parameter('a', 'cookie', { example: 'x y' }),
      parameter('b', 'cookie', { example: 2 }),
    ];
    expect(headersOf(firstRequest(documentOf({ parameters })))).toEqual({ cookie: 'a=x%20y; b=2' });
  });

  test.each([
    ['X-A', 'one\r\nHost: two', { 'X-A': 'one Host: two' }],
    ['X-A', '日本', { 'X-A': '%E6%97%A5%E6%9C%AC' }],
    ['Bad Name', 'x', {}],
    ['X\r\nHost', 'x', {}],
    ['Content-Length', '5', {}],
    ['Host', 'elsewhere', {}],
  ])('of the document cannot break the request: %j with %j', (name, example, expected) => {
    expect(
      headersOf(firstRequest(documentOf({ parameters: [parameter(name, 'header', { example })] }))),
    ).toEqual(expected);
  });
});

test('If-Match is any version, unless somebody says which', () => {
  const version = parameter('If-Match', 'header', { example: '"v1"' });
  const document = documentOf({ parameters: [version] }, { method: 'put' });
  expect(headersOf(firstRequest(document))).toEqual({ 'If-Match': '*' });
  const values = { 'header.if-match': '"v2"' };
  expect(headersOf(firstRequest(document, { values }))).toEqual({ 'If-Match': '"v2"' });
});

describe('a body', () => {
  const schema = {
    type: 'object',
    required: ['name'],
    properties: {
      name: { type: 'string' },
      value: { type: 'integer', default: 3 },
      note: { type: 'string' },
    },
  };
  const document = documentOf(jsonBody(schema), { method: 'post' });

  test('is made from its schema, and says where each field came from', () => {
    const { blueprints, origins } = built(document);
    expect(blueprints).toEqual([
      {
        method: 'POST',
        path: '/things',
        headers: ['content-type', 'application/json', ...DEFAULT_HEADERS],
        body: '{"name":"string","value":3}',
      },
    ]);
    expect(origins).toEqual({ body: 'generated', 'body.name': 'generated', 'body.value': 'default' });
  });

  test('is the example where there is one', () => {
    const { blueprints, origins } = built(
      documentOf(jsonBody(schema, { example: { name: 'x' } }), { method: 'post' }),
    );
    expect(blueprints[0]!.body).toBe('{"name":"x"}');
    expect(origins).toEqual({ body: 'example', 'body.name': 'example' });
  });

  test('takes values for its fields, optional ones too', () => {
    const values = { 'body.name': { oneOf: ['a', 'b'] }, 'body.note': 'n', 'body.unknown': 'u' };
    const { blueprints, origins } = built(document, { values });
    expect(blueprints.map(({ body }) => JSON.parse(String(body)) as unknown)).toEqual([
      { name: 'a', value: 3, note: 'n' },
      { name: 'b', value: expect.any(Number) as number, note: 'n' },
    ]);
    expect(origins).toMatchObject({ 'body.name': 'override', 'body.note': 'override' });
  });

  test('that is no object is sent as it is', () => {
    expect(
      firstRequest(documentOf(jsonBody({ type: 'array', items: { type: 'integer' } }), { method: 'post' }))
        .body,
    ).toBe('[1]');
  });

  test('is sent as the first kind of JSON that the document names', () => {
    const content = {
      'text/plain': {},
      'application/merge-patch+json': { schema: {} },
      'application/json': {},
    };
    expect(headersOf(firstRequest(documentOf({ requestBody: { content } }, { method: 'patch' })))).toEqual({
      'content-type': 'application/merge-patch+json',
    });
  });
});

describe('ranges', () => {
  const two = documentOf({ parameters: [parameter('page', 'query'), parameter('item_id', 'path')] }, item);
  const values = {
    'path.item_id': { range: [1, 2000] as [number, number] },
    'query.page': { range: [1, 2000] as [number, number] },
  };
  const pairs = (seed: number): [number, number][] =>
    built(two, { values, seed }).blueprints.map(({ path }) => {
      const [, id, page] = /^\/items\/(\d+)\?page=(\d+)$/.exec(path)!;
      return [Number(id), Number(page)];
    });

  test('make as many requests as the longest has values, each value once', () => {
    const ids = pairs(1).map(([id]) => id);
    expect(new Set(ids).size).toBe(2000);
    expect([Math.min(...ids), Math.max(...ids)]).toEqual([1, 2000]);
  });

  test('come again with the same seed, and otherwise with another', () => {
    expect(pairs(3)).toEqual(pairs(3));
    expect(pairs(3)).not.toEqual(pairs(4));
  });

  test('of two parameters are in orders of their own', () => {
    const equal = pairs(1).filter(([id, page]) => id === page).length;
    // Two independent orders of 2000 agree in one place on average; more than ten has odds below 1e-7.
    expect(equal).toBeLessThan(10);
    const mean = 1000.5;
    const correlation =
      pairs(1).reduce((sum, [id, page]) => sum + (id - mean) * (page - mean), 0) / (2000 * 333_333);
    // Its standard deviation is 1/√2000 = 0.022.
    expect(Math.abs(correlation)).toBeLessThan(0.1);
  });
});

describe('Swagger 2.0', () => {
  const header = (name: string, rest: object): object => ({ name, in: 'header', type: 'string', ...rest });

  test('sends Accept and Content-Type as its parameters say', () => {
    const parameters = [
      header('Accept', { enum: ['application/vnd.y+json'], required: true }),
      header('Content-Type', { enum: ['application/x-tar'] }),
      { name: 'b', in: 'body', schema: { type: 'string', format: 'binary' } },
    ];
    const operation = { parameters, consumes: ['application/json'] };
    const request = firstRequest({ swagger: '2.0', paths: { '/things': { post: operation } } });
    expect(headersOf(request)).toMatchObject({
      Accept: 'application/vnd.y+json',
      'content-type': 'application/x-tar',
    });
  });

  test('keeps the boundary of a form whose parameter names its type', () => {
    const parameters = [
      header('Content-Type', { enum: ['multipart/form-data'], required: true }),
      { name: 'f', in: 'formData', type: 'file', required: true },
    ];
    const request = firstRequest({ swagger: '2.0', paths: { '/things': { post: { parameters } } } });
    expect(headersOf(request)['content-type']).toMatch(/^multipart\/form-data; boundary=/);
    expect(Buffer.from(request.body!).toString()).toContain('name="f"; filename="f.txt"');
  });
});
