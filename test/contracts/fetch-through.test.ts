import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/kernel/clock.js';
import type { Way } from '../../src/load/transport/fetch-line.js';
import { fetchThrough, type Fetcher } from '../../src/load/transport/fetch-through.js';
import { LARGEST_BODY_BYTES } from '../../src/model/requests/fetch.js';
import { OK, rawServer, type RawBehaviour, type RawServer } from '../support/raw-server.js';

const opened: { close(): Promise<void> }[] = [];

afterEach(async () => {
  await Promise.all(opened.splice(0).map((one) => one.close()));
});

async function start(behaviour: RawBehaviour): Promise<RawServer> {
  const server = await rawServer({ onRequest: (socket) => socket.write(OK), ...behaviour });
  opened.push(server);
  return server;
}

async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  opened.push({
    close: async () => {
      server.closeAllConnections();
      server.close();
    },
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe.each(['wire', 'undici'] as const)('a fetch outside the load, by the client %s', (client) => {
  function through(way: Partial<Way['connection']> = {}): Fetcher {
    const plain = { socketPath: null, acceptsAnyCertificate: false, keepAlive: true };
    const fetcher = fetchThrough({ connection: { ...plain, ...way }, client }, systemClock);
    opened.push(fetcher);
    return fetcher;
  }

  it('goes to a Unix socket', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'socket-'));
    opened.push({ close: async () => rmSync(folder, { recursive: true }) });
    const socketPath = join(folder, 's');
    await start({ socketPath });
    const answer = await through({ socketPath }).fetch('http://localhost/');
    expect(answer).toMatchObject({ status: 200, body: Buffer.from('ok'), bytesReceived: 2 });
  });

  it('takes any certificate only when asked to, and names place and kind otherwise', async () => {
    const { origin, port } = await start({ isSecure: true });
    expect((await through({ acceptsAnyCertificate: true }).fetch(origin)).status).toBe(200);
    await expect(through().fetch(origin)).rejects.toThrow(`certificate-not-trusted at 127.0.0.1:${port}`);
  });

  it('keeps its connection for the next request, unless told not to', async () => {
    const server = await start({});
    const kept = through();
    await kept.fetch(server.origin);
    await kept.fetch(server.origin);
    expect(server.connections).toBe(1);
    const single = through({ keepAlive: false });
    await single.fetch(server.origin);
    await single.fetch(server.origin);
    expect(server.connections).toBe(3);
  });

  it('sends a request again whose kept connection was closed under it, and no other', async () => {
    const answers = [OK, null, OK, null, null];
    const server = await start({
      onRequest: (socket, request) => {
        const answer = answers[request];
        if (typeof answer === 'string') socket.write(answer);
        else socket.destroy();
      },
    });
    const { fetch } = through();
    await fetch(server.origin);
    expect((await fetch(server.origin, { method: 'POST' })).status).toBe(200);
    expect(server).toMatchObject({ requests: 3, connections: 2 });
    await expect(fetch(server.origin)).rejects.toThrow(/^connection-(closed|reset) at/);
    expect(server).toMatchObject({ requests: 5, connections: 3 });
  });

  it('closes a connection that stays idle, which a server with one worker would wait on', async () => {
    let closed: (() => void) | undefined;
    const isClosed = new Promise<void>((resolve) => {
      closed = resolve;
    });
    const server = await start({ onConnection: (socket) => socket.on('close', () => closed?.()) });
    await through().fetch(server.origin);
    await isClosed;
  });

  it('sends what it is given, whatever the method: a body, a host, a path with dots', async () => {
    const seen: { request: IncomingMessage; body: string }[] = [];
    const origin = await serve((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        seen.push({ request, body });
        response.end();
      });
    });
    const { fetch } = through();
    const headers = ['X-Given', 'a', 'host', 'example.test'];
    for (const method of ['GET', 'DELETE', 'POST'])
      await fetch(`${origin}/a/../b%2fc?d=e`, { method, headers, body: '{"f":1}' });
    await fetch(`${origin}?q`, { method: 'HEAD' });
    const lines = seen.map(({ request, body }) => [request.method, request.url, body]);
    expect(lines).toEqual([
      ['GET', '/a/../b%2fc?d=e', '{"f":1}'],
      ['DELETE', '/a/../b%2fc?d=e', '{"f":1}'],
      ['POST', '/a/../b%2fc?d=e', '{"f":1}'],
      ['HEAD', '/?q', ''],
    ]);
    const [first] = seen;
    expect(first?.request.headers).toEqual({
      ...{ host: 'example.test', connection: 'keep-alive', 'x-given': 'a', 'content-length': '7' },
    });
  });

  it('reaches a port that browsers block', async () => {
    const port = await serveOnAnyOf([6000, 6666, 6667, 6668, 6669, 6697, 10_080]);
    expect((await through().fetch(`http://127.0.0.1:${port}/`)).status).toBe(200);
  });

  it('does not follow redirects, and gives each header by itself', async () => {
    const origin = await serve((_, response) => {
      response.writeHead(302, { location: '/elsewhere', 'set-cookie': ['a=1', 'b=2'] }).end();
    });
    const { status, headers } = await through().fetch(origin);
    expect(status).toBe(302);
    expect(headers.slice(0, 6)).toEqual(['location', '/elsewhere', 'set-cookie', 'a=1', 'set-cookie', 'b=2']);
  });

  it.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['deflate', deflateRawSync],
    ['br', brotliCompressSync],
    ['gzip, br', (text: string) => brotliCompressSync(gzipSync(text))],
  ])('decodes %s', async (encoding, encode) => {
    const sent = encode('{"a":1}');
    const origin = await serve((_, response) =>
      response.writeHead(200, { 'content-encoding': encoding }).end(sent),
    );
    const { body, bytesReceived } = await through().fetch(origin);
    expect([body?.toString(), bytesReceived]).toEqual(['{"a":1}', sent.length]);
  });

  it('reads an answer that is too large to its end, and does not keep it', async () => {
    const piece = Buffer.alloc(1024 * 1024);
    const pieces = LARGEST_BODY_BYTES / piece.length + 1;
    const origin = await serve(({ url }, response) => {
      let sent = 0;
      const more = (): void => {
        while ((url === '/endless' || sent < pieces) && !response.destroyed) {
          sent += 1;
          if (!response.write(piece)) return void response.once('drain', more);
        }
        response.end();
      };
      more();
    });
    const { body, bytesReceived } = await through().fetch(origin);
    expect([body, bytesReceived]).toEqual([null, pieces * piece.length]);
    const refused = through().fetch(`${origin}/endless`, { refusesLarge: true });
    await expect(refused).rejects.toThrow('response-too-large');
  });

  it('ends with its signal, and then carries the next request', async () => {
    let requests = 0;
    const server = await start({ onRequest: (socket) => requests++ > 0 && socket.write(OK) });
    const { fetch } = through();
    const stopper = new AbortController();
    const silent = fetch(server.origin, { signal: stopper.signal });
    stopper.abort(new Error('interrupted'));
    await expect(silent).rejects.toThrow('interrupted');
    await expect(fetch(server.origin, { signal: stopper.signal })).rejects.toThrow('interrupted');
    requests = 1;
    expect((await fetch(server.origin)).status).toBe(200);
  });

  it('lets more requests than it has connections wait for one another', async () => {
    const server = await start({});
    const { fetch } = through();
    const all = await Promise.all(Array.from({ length: 9 }, () => fetch(server.origin)));
    expect(all.map(({ status }) => status)).toEqual(Array<number>(9).fill(200));
    expect(server.connections).toBe(4);
  });

  it('fails what is under way when it is closed', async () => {
    const server = await start({ onRequest: () => {} });
    const fetcher = through();
    const silent = fetcher.fetch(server.origin);
    const closed = expect(silent).rejects.toThrow('has been given up');
    await fetcher.close();
    await closed;
  });
});

/** On the first that is free. */
async function serveOnAnyOf(ports: readonly number[]): Promise<number> {
  for (const port of ports) {
    const server = createServer((_, response) => response.end('ok'));
    const isFree = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false));
      server.listen(port, '127.0.0.1', () => resolve(true));
    });
    if (!isFree) continue;
    opened.push({
      close: async () => {
        server.closeAllConnections();
        server.close();
      },
    });
    return port;
  }
  throw new Error('every blocked port is in use here');
}
