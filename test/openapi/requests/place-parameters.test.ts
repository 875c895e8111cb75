import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { describeApi } from '../../../src/openapi/document/describe-api.js';
import { buildRequests, type RequestOptions } from '../../../src/openapi/requests/build-request.js';
import type { BuiltOperation } from '../../../src/model/requests/request.js';
import { documentOf, firstRequest, headersOf, built } from '../../support/documents.js';

const text = { schema: { type: 'string' } };
const credentials = [
  { place: 'header', name: 'X-Key', value: 'h-secret' },
  { place: 'query', name: 'api_key', value: 'q secret' },
  { place: 'cookie', name: 'session', value: 'c-secret' },
] as const;

describe('a template', () => {
  test.each([
    ['/files/{p}.json', 'p', 'a/b', '/files/a%2Fb.json'],
    ['/files/{p:path}', 'p', 'a/b c', '/files/a/b%20c'],
    ['/files/{proxy+}', 'proxy', 'a/b', '/files/a/b'],
    ['/files/{p}#exploded', 'p', 'x', '/files/x'],
    ['/files/{p}?raw=1', 'p', 'x', '/files/x?raw=1'],
  ])('%s takes its value', (path, name, value, expected) => {
    const document = documentOf({ parameters: [{ name, in: 'path', ...text }] }, { path });
    expect(firstRequest(document, { values: { [`path.${name}`]: value } }).path).toBe(expected);
  });

  test('takes two values in one part', () => {
    const parameters = ['a', 'b'].map((name) => ({ name, in: 'path', ...text }));
    const document = documentOf({ parameters }, { path: '/{a}-{b}' });
    expect(firstRequest(document, { values: { 'path.a': 1, 'path.b': 2 } }).path).toBe('/1-2');
  });

  test.each(['.', '..'])('never becomes another path: %s', (value) => {
    const document = documentOf({ parameters: [{ name: 'id', in: 'path', ...text }] }, { path: '/a/{id}' });
    const { blueprints, problems } = built(document, { values: { 'path.id': value } });
    expect(blueprints[0]!.path).toBe('/a/1');
    expect(problems.join()).toContain(`${value} names another path`);
  });
});

describe('credentials', () => {
  const parameters = [
    { name: 'x-key', in: 'header', example: 'theirs' },
    { name: 'api_key', in: 'query', example: 'theirs' },
    { name: 'session', in: 'cookie', example: 'theirs' },
    { name: 'page', in: 'query', example: 2 },
  ];
  const one = built(documentOf({ parameters }), { credentials });

  test('replace parameters of the same name', () => {
    expect(one.blueprints[0]!.path).toBe('/things?page=2&api_key=q%20secret');
    expect(headersOf(one.blueprints[0]!)).toEqual({ 'X-Key': 'h-secret', cookie: 'session=c-secret' });
  });

  test("go in one header with the user's cookies, of which none is replaced", () => {
    const cookieOf = (own: string): string | undefined => {
      const { blueprints } = built(documentOf({ parameters }), { credentials, headers: { Cookie: own } });
      return headersOf(blueprints[0]!)['Cookie'];
    };
    expect(cookieOf('a=1; b=x=y;')).toBe('a=1; b=x=y; session=c-secret');
    expect(cookieOf('session=mine')).toBe('session=mine');
  });

  test('leave an operation the cookies that it has instead of those of all', () => {
    const rules = { values: {}, headers: { cookie: 'a=1' } };
    const { blueprints } = built(documentOf({ parameters }), {
      credentials,
      headers: { cookie: 'b=2' },
      rules,
    });
    expect(headersOf(blueprints[0]!)).toMatchObject({ cookie: 'a=1; session=c-secret' });
  });

  test('keep a list that is several cookies of one name', () => {
    const list = { name: 'tag', in: 'cookie', example: ['x', 'y'], schema: { type: 'array' } };
    const { blueprints } = built(documentOf({ parameters: [list] }), { headers: { cookie: 'a=1' } });
    expect(headersOf(blueprints[0]!)).toEqual({ cookie: 'a=1; tag=x; tag=y' });
  });
});

describe('distinct requests', () => {
  const parameters = ['a', 'b'].map((name) => ({ name, in: 'query', required: true, ...text }));
  const paths = (options: Partial<RequestOptions>): string[] =>
    built(documentOf({ parameters }), options).blueprints.map(({ path }) => path);

  test('are as many as there can be, up to the wish', () => {
    const values = { 'query.a': { oneOf: [1, 2] }, 'query.b': { oneOf: ['x', 'y', 'z'] } };
    expect(new Set(paths({ values, variants: 100 })).size).toBe(6);
    expect(paths({ values, variants: 4 })).toHaveLength(4);
    expect(paths({ values, variants: 1 })).toHaveLength(3);
  });

  test('keep what the user repeats on purpose', () => {
    const values = { 'query.a': { oneOf: [1, 1, 2] }, 'query.b': 'x' };
    expect(paths({ values, variants: 10 })).toEqual([
      '/things?a=1&b=x',
      '/things?a=1&b=x',
      '/things?a=2&b=x',
    ]);
  });

  test('use what was collected while the target was set up, unless the user says else', () => {
    const captured = { 'query.a': [7, 8], 'query.b': [9] };
    const made = built(documentOf({ parameters }), { captured, values: { 'query.b': 'x' } });
    expect(made.blueprints.map(({ path }) => path).sort()).toEqual(['/things?a=7&b=x', '/things?a=8&b=x']);
    expect(made.origins).toEqual({ 'query.a': 'captured', 'query.b': 'override' });
  });

  test('keep together what was collected together, since members belong to their parents', () => {
    const members = Array.from({ length: 20 }, (_, at) => at);
    const captured = { 'query.a': members, 'query.b': members };
    const made = built(documentOf({ parameters }), { captured, variants: 10 });
    const pairs = made.blueprints.map(({ path }) => [...new URL(path, 'http://t').searchParams.values()]);
    expect(pairs).toHaveLength(20);
    for (const [a, b] of pairs) expect(a).toBe(b);
  });
});

test('a server reads what was written', async () => {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { pathname, searchParams } = new URL(request.url ?? '', 'http://target');
      const { 'x-list': list, cookie } = request.headers;
      const path = decodeURIComponent(pathname);
      response.end(
        JSON.stringify({
          path,
          query: [...searchParams],
          list,
          cookie,
          body: Buffer.concat(chunks).toString(),
        }),
      );
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const document = documentOf(
    {
      parameters: [
        { name: 'id', in: 'path', example: 'ü/&?' },
        { name: 'tag', in: 'query', example: ['a&b', 'c d'] },
        { name: 'X-List', in: 'header', example: ['x', 'y'] },
        { name: 'c', in: 'cookie', example: 'z' },
      ],
      requestBody: { content: { 'application/json': { example: { name: 'ö' } } } },
    },
    { path: '/a/{id}', method: 'post' },
  );
  const one: BuiltOperation = buildRequests(document, describeApi(document).operations[0]!, {
    values: {},
    headers: {},
    seed: 1,
  });
  const request = one.blueprints[0]!;
  const { port } = server.address() as AddressInfo;
  const answer = await fetch(`http://127.0.0.1:${port}${request.path}`, {
    method: request.method,
    headers: headersOf(request),
    body: request.body,
  });
  expect(await answer.json()).toEqual({
    path: '/a/ü/&?',
    query: [
      ['tag', 'a&b'],
      ['tag', 'c d'],
    ],
    list: 'x,y',
    cookie: 'c=z',
    body: '{"name":"ö"}',
  });
  server.close();
});
