import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadDocument } from '../../../src/openapi/document/load-document.js';
import { userErrorOf } from '../../support/caught.js';

const DOCUMENT = '{"paths":{"/a":{}}}';

async function fromFile(text: string): Promise<unknown> {
  const folder = await mkdtemp(join(tmpdir(), 'document-'));
  try {
    await writeFile(join(folder, 'api.json'), text);
    return (await loadDocument(join(folder, 'api.json'))).document;
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function fromServer(answer: RequestListener, headers?: Record<string, string>): Promise<unknown> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/openapi.json`;
    return (await loadDocument(url, headers ? { headers } : {})).document;
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

test('a document is read from a file', async () => {
  expect(await fromFile(DOCUMENT)).toEqual({ paths: { '/a': {} } });
});

test("a document is read from a server, with the user's headers", async () => {
  const answer: RequestListener = (request, response) =>
    response.writeHead(request.headers.authorization === 'Bearer x' ? 200 : 401).end(DOCUMENT);
  expect(await fromServer(answer, { authorization: 'Bearer x' })).toEqual({ paths: { '/a': {} } });
  expect((await userErrorOf(() => fromServer(answer))).message).toContain('status 401');
});

describe('what is no document is refused with what it is', () => {
  test.each([
    ['<!doctype html>', 'is a web page (HTML), not an OpenAPI document'],
    ['openapi: 3.1.0', 'describes no paths'],
    ['', 'is empty'],
    ['{"paths": {"/a": tru}}', 'is not valid JSON: line 1, column'],
    ['null', 'describes no paths'],
    ['[]', 'describes no paths'],
    ['{"paths":{}}', 'describes no paths'],
    ['{"paths":[1]}', 'describes no paths'],
  ])('%j', async (text, reason) => {
    const error = await userErrorOf(() => fromFile(text));
    expect(error.message).toContain(reason);
    expect(error.hint).toContain('--spec');
  });

  test('a file that is not there is wrong use, a server that is not there is a failed run', async () => {
    const missing = await userErrorOf(() => loadDocument('/no/such/api.json'));
    expect([missing.fault, missing.message]).toEqual([
      'usage',
      expect.stringContaining('there is no such file'),
    ]);
    const refused = await userErrorOf(() => loadDocument('http://127.0.0.1:1/openapi.json'));
    expect([refused.fault, refused.message]).toEqual([
      'run',
      expect.stringContaining('could not be read from'),
    ]);
  });
});
