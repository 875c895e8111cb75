import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/kernel/clock.js';
import { fetchThrough } from '../../src/load/transport/fetch-through.js';
import { transports } from '../../src/load/transport/index.js';
import type { Endpoint } from '../../src/model/generator.js';
import { OK, rawServer, type RawBehaviour, type RawServer } from '../support/raw-server.js';
import { TransportLog } from '../support/transport-log.js';

const REQUEST = { method: 'GET', path: '/items', headers: [], body: null };
const PLAIN = { socketPath: null, acceptsAnyCertificate: false, keepAlive: true };

const opened: { close(): Promise<void> }[] = [];

afterEach(async () => {
  await Promise.all(opened.splice(0).map((one) => one.close()));
});

async function start(behaviour: RawBehaviour): Promise<RawServer> {
  const server = await rawServer({ onRequest: (socket) => socket.write(OK), ...behaviour });
  opened.push(server);
  return server;
}

/** A path for a Unix socket that is gone after the test. */
function socketPath(): string {
  const folder = mkdtempSync(join(tmpdir(), 'socket-'));
  opened.push({ close: async () => rmSync(folder, { recursive: true }) });
  return join(folder, 's');
}

const both = ['wire', 'undici'] as const;

describe.each(both)('the connections of the transport %s', (name) => {
  /** Sends one after another; returns what came of each. */
  async function send(endpoint: Endpoint, requests: number): Promise<string[]> {
    const options = { ...endpoint, maxConnections: 1, connectTimeoutMs: 5000, clock: systemClock };
    const transport = transports[name](options);
    opened.push(transport);
    const log = new TransportLog(transport);
    for (let request = 0; request < requests; request += 1) {
      transport.send(0, REQUEST);
      await log.until('free 0');
      log.lines.push('next');
    }
    return log.lines;
  }

  const answered = ['sent 0', 'answered 0 200 2', 'free 0 open', 'next'];

  it('speak TLS, past a certificate that nobody vouches for if told so', async () => {
    const server = await start({ isSecure: true });
    const told = { ...PLAIN, origin: server.origin, acceptsAnyCertificate: true };

    expect(await send(told, 3)).toEqual([...answered, ...answered, ...answered]);
    expect(server.connections).toBe(1);
  });

  it('speak TLS to a server with a name', async () => {
    const server = await start({ isSecure: true });
    const origin = server.origin.replace('127.0.0.1', 'localhost');

    expect(await send({ ...PLAIN, origin, acceptsAnyCertificate: true }, 1)).toEqual(answered);
  });

  it('count every byte of a big body under TLS', async () => {
    const body = 'x'.repeat(1_000_000);
    const server = await start({
      isSecure: true,
      onRequest: (socket) => socket.write(`HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n${body}`),
    });

    const lines = await send({ ...PLAIN, origin: server.origin, acceptsAnyCertificate: true }, 1);
    expect(lines).toEqual(['sent 0', 'answered 0 200 1000000', 'free 0 open', 'next']);
  });

  it('refuse a certificate that nobody vouches for, and send nothing', async () => {
    const server = await start({ isSecure: true });
    const refused = ['failed 0 certificate-not-trusted', 'free 0 closed', 'next'];

    expect(await send({ ...PLAIN, origin: server.origin }, 2)).toEqual([...refused, ...refused]);
    expect(server.requests).toBe(0);
  });

  it('fail where TLS is expected and not spoken', async () => {
    const server = await start({ onConnection: (socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n') });
    const origin = server.origin.replace('http:', 'https:');

    expect(await send({ ...PLAIN, origin }, 1)).toEqual(['failed 0 tls-failed', 'free 0 closed', 'next']);
  });

  it('fail when the server goes away before it has spoken TLS', async () => {
    const server = await start({ onConnection: (socket) => socket.end() });
    const origin = server.origin.replace('http:', 'https:');

    const [failed] = await send({ ...PLAIN, origin }, 1);
    expect(failed).toMatch(/^failed 0 connection-(closed|reset)$/);
  });

  it('go to a Unix socket, with the host of the address', async () => {
    const path = socketPath();
    let received = '';
    const server = await start({
      socketPath: path,
      onConnection: (socket) => socket.on('data', (chunk) => (received += chunk.toString())),
    });

    expect(await send({ ...PLAIN, origin: 'http://shop.example', socketPath: path }, 2)).toEqual([
      ...answered,
      ...answered,
    ]);
    expect(server.connections).toBe(1);
    expect(received.toLowerCase()).toContain('host: shop.example\r\n');
  });

  it('go to a Unix socket under TLS', async () => {
    const path = socketPath();
    await start({ socketPath: path, isSecure: true });
    const told = { keepAlive: true, acceptsAnyCertificate: true, socketPath: path };

    expect(await send({ ...told, origin: 'https://localhost' }, 1)).toEqual(answered);
  });

  it('fail on a Unix socket that is not there', async () => {
    const told = { ...PLAIN, origin: 'http://localhost', socketPath: socketPath() };

    expect(await send(told, 1)).toEqual(['failed 0 socket-not-found', 'free 0 closed', 'next']);
  });

  it('carry one request each, and say so, when told not to be kept', async () => {
    let received = '';
    const server = await start({
      onConnection: (socket) => socket.on('data', (chunk) => (received += chunk.toString().toLowerCase())),
    });
    const once = ['sent 0', 'answered 0 200 2', 'free 0 closed', 'next'];

    const lines = await send({ ...PLAIN, origin: server.origin, keepAlive: false }, 3);

    expect(lines).toEqual([...once, ...once, ...once]);
    expect([server.connections, server.requests]).toEqual([3, 3]);
    expect(received.match(/^connection: close\r$/gm)).toHaveLength(3);
  });

  it('carry one request each also under TLS', async () => {
    const server = await start({ isSecure: true });
    const told = { ...PLAIN, origin: server.origin, acceptsAnyCertificate: true, keepAlive: false };

    await send(told, 3);
    expect([server.connections, server.requests]).toEqual([3, 3]);
  });
});

describe('a fetch outside the load', () => {
  async function fetched(connection: Omit<Endpoint, 'origin'>, ...urls: string[]): Promise<string[]> {
    const fetcher = fetchThrough(connection);
    opened.push(fetcher);
    const texts: string[] = [];
    for (const url of urls) {
      texts.push(await (await fetcher.fetch(url)).text());
      await new Promise((resolve) => setTimeout(resolve, 20)); // until the connection is free again
    }
    return texts;
  }

  it('goes to a Unix socket', async () => {
    const path = socketPath();
    await start({ socketPath: path });
    expect(await fetched({ ...PLAIN, socketPath: path }, 'http://localhost/')).toEqual(['ok']);
  });

  it('takes any certificate only when told so', async () => {
    const { origin } = await start({ isSecure: true });
    expect(await fetched({ ...PLAIN, acceptsAnyCertificate: true }, origin)).toEqual(['ok']);
    await expect(fetched(PLAIN, origin)).rejects.toThrow('fetch failed');
  });

  it('keeps its connection, unless told not to', async () => {
    const server = await start({});
    await fetched(PLAIN, server.origin, server.origin);
    expect(server.connections).toBe(1);
    await fetched({ ...PLAIN, keepAlive: false }, server.origin, server.origin);
    expect(server.connections).toBe(3);
  });
});
