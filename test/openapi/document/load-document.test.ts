import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { fetchElsewhere } from '../../../src/load/transport/fetch-through.js';
import { loadDocument } from '../../../src/openapi/document/load-document.js';
import { userErrorOf } from '../../support/caught.js';

const DOCUMENT = '{"paths":{"/a":{}}}';

async function fromFile(text: string | Uint8Array): Promise<unknown> {
  const folder = await mkdtemp(join(tmpdir(), 'document-'));
  try {
    await writeFile(join(folder, 'api.json'), text);
    return (await loadDocument(join(folder, 'api.json'))).document;
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function fromServer(answer: RequestListener): Promise<unknown> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/openapi.json`;
    return (await loadDocument(url, { fetch: fetchElsewhere })).document;
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

test.each([
  'openapi: 3.1.0\npaths:\n  /a: {}\n',
  '\ufeff{"paths":{"/a":{}}}',
  '{"paths":{"/a":{},},} # almost JSON',
])('a document is read as JSON or YAML: %j', async (text) => {
  expect(await fromFile(text)).toMatchObject({ paths: { '/a': {} } });
});

test.each([
  ['UTF-16 with its mark', Buffer.from(`\ufeff${DOCUMENT}`, 'utf16le')],
  ['UTF-16 without', Buffer.from(DOCUMENT, 'utf16le')],
  ['UTF-16 in the other order', Buffer.from(`\ufeff${DOCUMENT}`, 'utf16le').swap16()],
  ['gzip', gzipSync(DOCUMENT)],
])('a document in %s is read', async (_, bytes) => {
  expect(await fromFile(bytes)).toEqual({ paths: { '/a': {} } });
});

test('half a gzip file is refused as such', async () => {
  const error = await userErrorOf(() => fromFile(gzipSync(DOCUMENT).subarray(0, 20)));
  expect(error.message).toContain('gzip');
});

test('a key that stands twice is a problem of the document', async () => {
  const { problems } = await loadDocument('-', {
    stdin: Readable.from([Buffer.from('{"paths":{"/a":{},"/a":{}}}')]),
  });
  expect(problems).toEqual([
    { where: 'the document', message: expect.stringContaining('“/a” twice') as string, isSkipped: false },
  ]);
});

describe('standard input', () => {
  test('is read when the location says -', async () => {
    const { document } = await loadDocument('-', { stdin: Readable.from([Buffer.from(DOCUMENT)]) });
    expect(document).toEqual({ paths: { '/a': {} } });
  });

  test('is refused when it is a terminal, since nobody would type a document', async () => {
    const stdin = Object.assign(Readable.from([]), { isTTY: true });
    const error = await userErrorOf(() => loadDocument('-', { stdin }));
    expect([error.fault, error.message]).toEqual(['usage', expect.stringContaining('is a terminal')]);
  });
});

describe('an answer of a server', () => {
  test.each([
    [401, 'is not for everyone: status 401', '--header'],
    [403, 'is not for everyone: status 403', '--header'],
    [404, 'is not at', '/v3/api-docs'],
    [500, 'status 500', '--spec'],
  ])('with status %d says what to do', async (status, message, hint) => {
    const error = await userErrorOf(() => fromServer((_, response) => response.writeHead(status).end()));
    expect(error.message).toContain(message);
    expect(error.hint).toContain(hint);
  });

  test('is left as soon as it is too long', async () => {
    const chunk = Buffer.alloc(1024 * 1024, ' ');
    let sentBytes = 0;
    const endless: RequestListener = (_, response) => {
      const more = (): void => {
        while (!response.destroyed && sentBytes < 200 * chunk.length) {
          sentBytes += chunk.length;
          if (!response.write(chunk)) return void response.once('drain', more);
        }
      };
      more();
    };
    const error = await userErrorOf(() => fromServer(endless));
    expect(error.message).toContain('larger than 64 MB');
    expect(sentBytes).toBeLessThan(150 * chunk.length);
  });
});

test('a document is read from a file', async () => {
  expect(await fromFile(DOCUMENT)).toEqual({ paths: { '/a': {} } });
});

test('a document is read from a server, without its content encoding', async () => {
  const encoded = (encoding: string, body: Buffer): RequestListener => {
    return (_, response) => response.writeHead(200, { 'content-encoding': encoding }).end(body);
  };
  expect(await fromServer(encoded('gzip', gzipSync(DOCUMENT)))).toEqual({ paths: { '/a': {} } });
  const unknown = await userErrorOf(() => fromServer(encoded('compress', Buffer.from(DOCUMENT))));
  expect(unknown.message).toContain('its content-encoding is compress');
});

describe('what is no document is refused with what it is', () => {
  test.each([
    ['<!doctype html>', 'is a web page (HTML), not an OpenAPI document'],
    ['openapi: 3.1.0', 'describes no paths'],
    ['', 'is empty'],
    ['{"paths": {\n "/a": {}', 'is not valid JSON: line 2, column'],
    ['paths:\n  /a: {}\n bad', 'is not valid YAML: line 3, column'],
    ['{"swaggerVersion":"1.2","apis":[]}', 'Swagger before 2.0 is not read'],
    ['Not Found', 'it is a string, not an object'],
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
    const refused = await userErrorOf(() =>
      loadDocument('http://127.0.0.1:1/openapi.json', { fetch: fetchElsewhere }),
    );
    expect([refused.fault, refused.message]).toEqual([
      'run',
      expect.stringMatching(/could not be read from .*: connection-refused at 127\.0\.0\.1:1\.$/),
    ]);
  });
});
