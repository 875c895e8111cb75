import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/kernel/clock.js';
import { transports } from '../../src/load/transport/index.js';
import type { Address } from '../../src/model/generation/generator.js';
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
  async function send(address: Address, requests: number): Promise<string[]> {
    const options = { ...address, maxConnections: 1, clock: systemClock };
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

  it('speak TLS, with an untrusted certificate if that is accepted', async () => {
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

  it('refuse an untrusted certificate, and send nothing', async () => {
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

  describe('that are idle', () => {
    const TOLD_MS = 2000;

    /** Sends one request, waits, and tells how the connections ended. */
    async function endsAfter(behaviour: RawBehaviour, waitMs: number) {
      const server = await start(behaviour);
      const options = { ...PLAIN, origin: server.origin, maxConnections: 1 };
      const transport = transports[name]({ ...options, clock: systemClock });
      opened.push(transport);
      const log = new TransportLog(transport);
      transport.send(0, REQUEST);
      await log.until('free 0');
      await sleep(waitMs);
      return { ends: { ...transport.connectionEnds }, closed: log.closed, transport, log, server };
    }

    it('are closed shortly before the server would, if it says when', async () => {
      const answer = `HTTP/1.1 200 OK\r\nKeep-Alive: timeout=${TOLD_MS / 1000}\r\nContent-Length: 2\r\n\r\n{}`;
      const { ends, closed } = await endsAfter(
        { onRequest: (socket) => socket.write(answer) },
        TOLD_MS - 200,
      );

      expect(ends).toEqual({ byTarget: 0, byBench: 1, afterTimeout: 0 });
      expect(closed).toEqual([0]);
    });

    it('are kept as long as the server does not say', async () => {
      const { ends, closed } = await endsAfter({}, 1500);

      expect(ends).toEqual({ byTarget: 0, byBench: 0, afterTimeout: 0 });
      expect(closed).toEqual([]);
    });

    it('are known to be gone when the server closes them', async () => {
      const onRequest: RawBehaviour['onRequest'] = (socket) => {
        socket.write(OK);
        setTimeout(() => socket.end(), 100);
      };
      const { ends, closed } = await endsAfter({ onRequest }, 400);

      expect(ends).toEqual({ byTarget: 1, byBench: 0, afterTimeout: 0 });
      expect(closed).toEqual([0]);
    });

    it('are closed when they are surplus, and opened again for the next request', async () => {
      const { transport, log, server } = await endsAfter({}, 0);
      transport.closeIdle(0);
      await sleep(50);
      expect(log.closed).toEqual([0]);
      log.lines.length = 0;
      transport.send(0, REQUEST);
      await log.until('free 0 open');

      expect(transport.connectionEnds).toEqual({ byTarget: 0, byBench: 1, afterTimeout: 0 });
      expect([transport.connectionsOpened, server.connections]).toEqual([2, 2]);
    });
  });

  it('end by the target with an answer that says so, and by bench with a request that timed out', async () => {
    const last = 'HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}';
    let requests = 0;
    const server = await start({
      onRequest: (socket) => {
        requests += 1;
        if (requests === 1) socket.end(last);
      },
    });
    const options = { ...PLAIN, origin: server.origin, maxConnections: 1 };
    const transport = transports[name]({ ...options, clock: systemClock });
    opened.push(transport);
    const log = new TransportLog(transport);
    transport.send(0, REQUEST);
    await log.until('free 0');
    await sleep(50);
    log.lines.length = 0;
    transport.send(0, REQUEST);
    await log.until('sent 0');
    transport.abort(0);
    await log.until('free 0');
    await sleep(50);

    expect(transport.connectionEnds).toEqual({ byTarget: 1, byBench: 0, afterTimeout: 1 });
  });
});

describe.each(both)('with a broken answer, the connections of the transport %s', (name) => {
  it.each([
    [
      'by the target, when it resets a body that lasts until their end',
      'HTTP/1.1 200 OK\r\n\r\nhalf',
      'byTarget',
    ],
    ['by bench, when an answer is longer than it says', `${OK}more`, 'byBench'],
    ['by bench, when an answer cannot be read', 'HTTP/1.1 200 OK\r\nX : y\r\n\r\n', 'byBench'],
  ] as const)('end %s', async (_, answer, by) => {
    const server = await start({
      onRequest: (socket) => {
        socket.write(answer);
        setTimeout(() => socket.resetAndDestroy(), 20);
      },
    });
    const options = { ...PLAIN, origin: server.origin, maxConnections: 1, clock: systemClock };
    const transport = transports[name](options);
    opened.push(transport);
    const log = new TransportLog(transport);
    transport.send(0, REQUEST);
    await log.until('free 0');

    expect(transport.connectionEnds).toEqual({ byTarget: 0, byBench: 0, afterTimeout: 0, [by]: 1 });
  });
});
