import { Buffer } from 'node:buffer';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { RunFlags } from '../../src/config/flag-reader.js';
import { redactConfig } from '../../src/config/redact.js';
import { resolveRunConfig } from '../../src/config/resolve-run-config.js';
import type { RunConfig } from '../../src/model/config/run-config.js';
import { scenarioSchema } from '../../src/model/config/scenario.js';
import { userErrorOf } from '../support/caught.js';
import { test as folderTest } from '../support/folder.js';

const URL = 'http://127.0.0.1:3000';

function resolved(request: string[], flags: RunFlags = {}, scenario: object = {}): RunConfig {
  const all = { ...(flags.command === undefined && { url: URL }), ...flags, request };
  const parsed = scenarioSchema.parse({ name: 'custom', ...scenario });
  return resolveRunConfig(all, { scenario: parsed, folder: '/' }, { freeFiles: null });
}

function requestsOf(...asked: Parameters<typeof resolved>) {
  return resolved(...asked).requests?.list ?? [];
}

async function problemsOf(...asked: Parameters<typeof resolved>): Promise<string[]> {
  const error = await userErrorOf(() => resolved(...asked));
  expect(error.fault).toBe('usage');
  return error.message.split('\n');
}

/** Names of the requests that get the body. */
function withBody(request: string[], body = 'x'): string[] {
  return requestsOf(request, { body }).flatMap((one) => (one.body ? [one.method] : []));
}

describe('a request of the command line', () => {
  test.each([
    ['GET /health', 'GET', '/health'],
    ['  get   /health ', 'GET', '/health'],
    ['DELETE /items/{id}?a=%2f&b=%7E&&c', 'DELETE', '/items/{id}?a=%2f&b=%7E&&c'],
    ['PURGE /', 'PURGE', '/'],
    ['Purge /', 'Purge', '/'],
    ['query //a/../b', 'QUERY', '//a/../b'],
    [`GET ${URL}/a/../%61?b`, 'GET', '/a/../%61?b'],
    [`GET ${URL}`, 'GET', '/'],
    [`GET ${URL}?a`, 'GET', '/?a'],
  ])('%j is sent as it is typed', (line, method, path) => {
    expect(requestsOf([line])).toEqual([{ method, path, body: null }]);
  });

  const FORM = "expected 'METHOD /path', such as 'GET /health'";
  test.each([
    ['/health', `${FORM}, came "/health": the method is missing: 'GET /health'?`],
    [`${URL}/a`, `${FORM}, came "${URL}/a": the method is missing: 'GET ${URL}/a'?`],
    ['GET', `${FORM}, came "GET": the path is missing`],
    ['', `${FORM}, came ""`],
    ['G(T /', `${FORM}, came "G(T /"`],
    ['GET health', `${FORM}: the path begins with /, came "GET health"`],
    ['GET /a b', 'a path cannot hold " " as it is: write %20, came "GET /a b"'],
    ['GET /é', 'a path cannot hold "é" as it is: write %C3%A9, came "GET /é"'],
    [
      'GET /a\u{1f600}',
      'a path cannot hold "\u{1f600}" as it is: write %F0%9F%98%80, came "GET /a\u{1f600}"',
    ],
    ['GET /a#b', 'what follows a # never goes to a server: write %23 where it is meant, came "GET /a#b"'],
    ['CONNECT /', 'CONNECT opens a tunnel and asks nothing of a server'],
    [
      'GET http://other:1/a?b',
      `http://other:1 is not ${URL}, where requests go: --url http://other:1 --request 'GET /a?b'`,
    ],
    [
      'GET http://me:hunter2secret@127.0.0.1:3000/a',
      `a login goes into --url: --url 'https://USER:PASSWORD@host' --request 'GET /path'`,
    ],
  ])('%j is refused', async (line, problem) => {
    expect(await problemsOf([line])).toEqual([`--request: ${problem}`]);
  });

  test('has no address of its own where bench starts the server', async () => {
    expect(await problemsOf(['GET http://127.0.0.1/a'], { command: 'serve' })).toEqual([
      "--request: the server has an address of its own, which stands elsewhere: 'GET /a'",
    ]);
  });

  test('needs no document, so none may be named beside it; all problems are in one message', async () => {
    const flags = { spec: 'api.json', body: '@no-such-file' };
    expect(await problemsOf(['GET /a', 'GET /a', 'nonsense'], flags)).toEqual([
      '--request and --spec exclude each other: a document says itself what to send',
      `--request: ${FORM}, came "nonsense": the path is missing`,
      "--request: 'GET /a' is there twice",
      '--body: the file no-such-file could not be read: there is no such file',
      '--body: of several requests those with POST, PUT, PATCH, QUERY get it, and here is none: give one --request alone',
    ]);
  });

  test('is selected whatever its method, and can be listed without any server', () => {
    expect(resolved(['DELETE /a', 'PURGE /']).selection.methods).toEqual(['DELETE', 'PURGE']);
    const parsed = scenarioSchema.parse({ name: 'custom' });
    const flags = { request: ['GET /a'] };
    expect(() =>
      resolveRunConfig(flags, { scenario: parsed, folder: '/' }, { freeFiles: null }, 'list'),
    ).not.toThrow();
  });

  test('leaves aside what a scenario says in view of its document, and says which keys', () => {
    const scenario = {
      spec: '/openapi.json',
      ...{ setup: ['POST /seed'], exclude: ['POST /seed'], values: { 'path.id': 1 } },
      expect: { '*': { status: [200] } },
    };
    const config = resolved(['GET /a'], {}, scenario);
    expect(config.requests?.leftAside).toEqual(['setup', 'exclude', 'values']);
    expect(config).toMatchObject({ spec: null, setup: [], values: {}, chains: 'off' });
    expect(config.selection.leftOut).toEqual([]);
    expect(config.expect).toEqual(scenario.expect);
  });
});

describe('the body', () => {
  test.each([
    ['{"a": 1}', 'application/json'],
    ['[1]', 'application/json'],
    ['a=1', 'text/plain;charset=utf-8'],
    ['{"a": 1', 'text/plain;charset=utf-8'],
  ])('%j of the command line goes as %s', (body, contentType) => {
    expect(requestsOf(['POST /a'], { body })[0]?.body).toEqual({ contentType, content: body });
  });

  folderTest('of a file goes byte for byte', ({ folder }) => {
    const file = join(folder, 'body');
    const all = [
      ['{"a":1}', 'application/json'],
      ['{n}', 'text/plain;charset=utf-8'],
      ['\xff\x00', 'application/octet-stream'],
    ] as const;
    for (const [text, contentType] of all) {
      const bytes = Buffer.from(text, 'latin1');
      writeFileSync(file, bytes);
      const [request] = requestsOf(['POST /a'], { body: `@${file}` });
      expect(request?.body).toEqual({ contentType, content: Uint8Array.from(bytes) });
    }
  });

  test('goes with one request alone, whatever its method, and of several with those that have one', () => {
    expect(withBody(['GET /a'])).toEqual(['GET']);
    expect(withBody(['PURGE /a'])).toEqual(['PURGE']);
    const several = ['GET /a', 'POST /a', 'PUT /a', 'DELETE /a', 'PATCH /a', 'QUERY /a'];
    expect(withBody(several)).toEqual(['POST', 'PUT', 'PATCH', 'QUERY']);
  });

  test.each<[string, string[], string, string]>([
    [
      'which request is meant is not clear',
      ['POST /a', 'PURGE /a'],
      'x',
      'whether PURGE is sent with it is not clear: measure that request in a run of its own',
    ],
    ['it cannot have one', ['TRACE /'], 'x', 'a TRACE has no body (RFC 9110)'],
    [
      'it may be a mode',
      ['POST /'],
      'full',
      'with --request it is the body itself, or @file, and full says how much of a described body is sent: to send that word, put it into a file',
    ],
  ])('is refused where %s', async (_, request, body, problem) => {
    expect(await problemsOf(request, { body })).toEqual([`--body: ${problem}`]);
  });

  folderTest('is not stored with its secrets, nor with its bytes', ({ folder }) => {
    const stored = (body: string): string =>
      JSON.stringify(redactConfig(resolved(['POST /login'], { body })));
    expect(stored('{"user": "me", "password": "hunter2secret"}')).not.toContain('hunter2secret');
    const file = join(folder, 'body');
    writeFileSync(file, 'hunter2secret');
    expect(stored(`@${file}`)).toContain('"content":"13 bytes"');
  });
});
