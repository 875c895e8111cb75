import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { describe, expect } from 'vitest';
import { OWN_VERSION } from '../../src/kernel/own-version.js';
import { sandboxTest } from '../support/sandbox-test.js';

const TOKEN = 'token-of-a-sign-in';
const json = (schema: object) => ({ content: { 'application/json': { schema } } });
const object = { type: 'object', required: ['name'], properties: { name: { enum: ['a'] } } };
const secured = { security: [{ Login: [] }], requestBody: { required: true, ...json(object) } };
const DOCUMENT = {
  openapi: '3.1.0',
  info: { title: 'recorded', version: '1' },
  components: { securitySchemes: { Login: { type: 'http', scheme: 'bearer' } } },
  paths: {
    '/items': {
      post: { ...secured, operationId: 'make_item', responses: { 201: { description: '', ...json({}) } } },
      get: { ...secured, operationId: 'search', responses: { 200: { description: '', ...json({}) } } },
    },
  },
};

interface Recorded {
  readonly name: string;
  /** Sorted, without those of the connection and the length. */
  readonly headers: readonly string[];
  readonly body: string;
}

/** A server that writes down what it is asked, and answers in content encodings. */
async function recordingServer() {
  const recorded: Recorded[] = [];
  const server = createServer((request, response) => {
    const { method, url, rawHeaders } = request;
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const pairs = rawHeaders.flatMap((name, at) =>
        at % 2 === 0 ? [`${name}: ${rawHeaders[at + 1]!}`] : [],
      );
      recorded.push({
        name: `${method!} ${url!}`,
        headers: pairs.filter((pair) => !/^(connection|content-length):/i.test(pair)).sort(),
        body: Buffer.concat(chunks).toString(),
      });
      if (url === '/openapi.json')
        response.setHeader('content-encoding', 'br').end(brotliCompressSync(JSON.stringify(DOCUMENT)));
      else if (url === '/') response.end('ready');
      else {
        const answer = url === '/login' ? { access_token: TOKEN } : { id: 7 };
        response.statusCode = method === 'POST' ? 201 : 200;
        response.setHeader('content-encoding', 'gzip').end(gzipSync(JSON.stringify(answer)));
      }
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, recorded, stop: () => (server.closeAllConnections(), server.close()) };
}

const test = sandboxTest.extend<{ server: Awaited<ReturnType<typeof recordingServer>> }>({
  server: async ({ task: _ }, use) => {
    const server = await recordingServer();
    await use(server);
    server.stop();
  },
});

const COMMON = [
  'accept: application/json, application/*;q=0.5, text/*;q=0.5',
  'host: api.example.test',
  `user-agent: openapi-bench/${OWN_VERSION}`,
  'x-tenant: t',
];
const LOADED = ['authorization: Bearer ' + TOKEN, 'content-type: application/json', ...COMMON].sort();
const PLAIN = ['accept: */*', ...COMMON.slice(1)];

describe.concurrent('every request of a run', () => {
  test.for(['wire', 'undici'])(
    'says the same, whether it is of the load or not: %s',
    async (client, { sandbox, server }) => {
      const file = join(sandbox.folder, 'recorded.yaml');
      const lines = [
        'name: recorded',
        `url: ${server.url}`,
        'headers: { Host: api.example.test, X-Tenant: t }',
        'auth: { Login: { login: POST /login, body: { user: a } } }',
        'setup: [{ call: make_item, capture: { query.made: /id } }]',
        'expect: { make_item: { json: { /id: 7 } }, search: { json: { /id: 7 } } }',
      ];
      writeFileSync(file, `${lines.join('\n')}\n`);
      const load = ['--rates', '20', '--duration', '300ms', '--warmup', '0s', '--pacing', 'relaxed'];
      const args = ['run', '--scenario', file, '--client', client, ...load, '--out', sandbox.out];
      const { code, stderr } = await sandbox.bench(args);

      expect([0, 4], stderr).toContain(code);
      const { cells, preflight } = sandbox.record();
      expect(preflight).toMatchObject([{ state: 'ok' }, { state: 'ok' }]);
      expect(cells.map(({ counts }) => [counts.planned, counts.succeeded])).toEqual([
        [6, 6],
        [6, 6],
      ]);
      const said = (name: string): Omit<Recorded, 'name'>[] =>
        server.recorded.filter((one) => one.name === name).map(({ headers, body }) => ({ headers, body }));
      const repeated = (times: number, headers: string[], body: string) =>
        Array.from({ length: times }, () => ({ headers, body }));
      // Set-up, pre-flight and load; pre-flight and load.
      // The pre-flight asks twice what makes something.
      expect(said('POST /items')).toEqual(repeated(9, LOADED, '{"name":"a"}'));
      expect(said('GET /items')).toEqual(repeated(7, LOADED, '{"name":"a"}'));
      // Readiness and recovery.
      const ready = said('GET /');
      expect(ready.length).toBeGreaterThan(6);
      expect(ready).toEqual(repeated(ready.length, PLAIN, ''));
      const signed = [...PLAIN, LOADED.find((line) => line.startsWith('authorization:'))!].sort();
      // Some servers show more of it to those who are signed in.
      expect(said('GET /openapi.json')).toEqual([...repeated(1, PLAIN, ''), ...repeated(1, signed, '')]);
      const login = ['content-type: application/json', ...COMMON].sort();
      expect(said('POST /login')).toEqual(repeated(2, login, '{"user":"a"}'));
    },
  );
});
