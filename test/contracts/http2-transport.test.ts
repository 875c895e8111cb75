import { setTimeout as sleep } from 'node:timers/promises';
import { createServer as createHttp2Server, createSecureServer, type Http2Server as NodeServer } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/kernel/clock.js';
import { http2Transport } from '../../src/load/transport/http2-transport.js';
import { streamLayout } from '../../src/load/transport/stream-layout.js';
import type { Transport } from '../../src/load/transport/transport.js';
import { http2Server, RESET_CODES, whole, type Http2Behaviour, type Http2Server } from '../support/http2-server.js';
import { certificate, OK, rawServer, refusedOrigin } from '../support/raw-server.js';
import { TransportLog } from '../support/transport-log.js';

const REQUEST = { method: 'GET', path: '/items?id=1', headers: ['accept', '*/*'], body: null };

const opened: { close(): Promise<void> }[] = [];

afterEach(async () => {
  await Promise.all(opened.splice(0).map((one) => one.close()));
});

async function start(behaviour: Http2Behaviour): Promise<Http2Server> {
  const server = await http2Server(behaviour);
  opened.push(server);
  return server;
}

function open(
  origin: string,
  { connections = 1, streams = 4 } = {},
): { transport: Transport; log: TransportLog } {
  const layout = streamLayout({ maxConnections: connections, warmup: { connections } }, streams);
  const transport = http2Transport({
    ...{ origin, socketPath: null, acceptsAnyCertificate: true, keepAlive: true },
    ...{ layout, connectTimeoutMs: 5000, clock: systemClock },
  });
  opened.push(transport);
  return { transport, log: new TransportLog(transport) };
}

const both = [{ isSecure: false }, { isSecure: true }];

describe.each(both)('the HTTP/2 transport, over TLS: $isSecure', ({ isSecure }) => {
  it('reports an answer as sent, answered and free, in this order', async () => {
    const server = await start({ isSecure });
    const { transport, log } = open(server.origin);

    transport.send(0, REQUEST);
    await log.until('free 0');

    expect(log.lines).toEqual(['sent 0', 'answered 0 200 2', 'free 0 open']);
  });

  it('opens its connections ahead, and sends all on these', async () => {
    const server = await start({ isSecure });
    const { transport, log } = open(server.origin, { connections: 2, streams: 3 });

    await transport.open(6);
    expect([transport.connectionsOpened, server.connections]).toEqual([2, 2]);
    await sleep(20); // so that the server's settings have come before undici has the socket
    for (let slot = 0; slot < 6; slot += 1) transport.send(slot, REQUEST);
    await Promise.all([0, 1, 2, 3, 4, 5].map((slot) => log.until(`free ${slot}`)));

    expect([log.count('answered'), transport.connectionsOpened, server.connections]).toEqual([6, 2, 2]);
  });
});

/** The first three requests wait; with the third the mishap comes, to the second. All later ones are answered. */
interface Mishap {
  readonly name: string;
  readonly happen: NonNullable<Http2Behaviour['onRequest']>;
  /** What becomes of the one that it happens to, and of the two beside it. */
  readonly kind: string;
  readonly others: string;
}

const mishaps: readonly Mishap[] = [
  { name: 'refuses a stream', kind: 'http2-stream-refused', others: 'unharmed', happen: (one) => one.answer(one.reset(RESET_CODES.refused)) },
  { name: 'resets a stream for an error of its own', kind: 'http2-stream-reset', others: 'unharmed', happen: (one) => one.answer(one.reset(RESET_CODES.internal)) },
  { name: 'cancels a stream', kind: 'http2-stream-reset', others: 'unharmed', happen: (one) => one.answer(one.reset(RESET_CODES.cancel)) },
  { name: 'resets a stream without a reason', kind: 'http2-stream-reset', others: 'unharmed', happen: (one) => one.answer(one.reset(RESET_CODES.none)) },
  { name: 'resets a stream in mid-answer', kind: 'http2-stream-reset', others: 'unharmed', happen: (one) => one.answer(one.headers(), one.data('half'), one.reset(RESET_CODES.internal)) },
  { name: 'cancels a stream in mid-answer', kind: 'http2-stream-reset', others: 'unharmed', happen: (one) => one.answer(one.headers(), one.data('half'), one.reset(RESET_CODES.cancel)) },
  { name: 'ends a stream before its announced length', kind: 'response-cut-short', others: 'unharmed', happen: (one) => one.answer(one.headers({ fields: [['content-length', '9']] }), one.data('half'), one.reset(RESET_CODES.none)) },
  { name: 'gives less than it has announced', kind: 'http2-protocol-error', others: 'unharmed', happen: (one) => one.answer(one.headers({ fields: [['content-length', '9']] }), one.data('half', true)) },
  { name: 'gives more than it has announced', kind: 'http2-protocol-error', others: 'unharmed', happen: (one) => one.answer(one.headers({ fields: [['content-length', '1']] }), one.data('more', true)) },
  { name: 'closes after half an answer', kind: 'response-cut-short', others: 'connection-closed', happen: (one) => { one.answer(one.headers(), one.data('half')); setTimeout(() => one.socket.end(), 20); } },
  { name: 'resets the connection', kind: 'connection-reset', others: 'connection-reset', happen: (one) => one.socket.resetAndDestroy() },
  { name: 'closes the connection', kind: 'connection-closed', others: 'connection-closed', happen: (one) => one.socket.end() },
  { name: 'ends the session for an error', kind: 'http2-goaway', others: 'http2-goaway', happen: (one) => one.answer(one.goaway(0, 11)) },
  { name: 'ends the session before any answer', kind: 'http2-goaway', others: 'http2-goaway', happen: (one) => one.answer(one.goaway(5)) },
];

describe.each(mishaps)('when an HTTP/2 server $name', ({ happen, kind, others }) => {
  it(`fails with ${kind}, the others are ${others}, and the slots send again`, async () => {
    const waiting: Parameters<typeof happen>[0][] = [];
    const server = await start({
      onRequest(one) {
        if (one.number > 2) return whole(one);
        waiting.push(one);
        if (one.number === 2) happen(waiting[1]!);
      },
    });
    const { transport, log } = open(server.origin);

    for (const slot of [0, 1, 2]) transport.send(slot, REQUEST);
    await log.until('free 1');
    await sleep(20);
    if (others === 'unharmed') {
      expect(log.lines).toEqual(['sent 0', 'sent 1', 'sent 2', `failed 1 ${kind}`, 'free 1 open']);
      for (const one of [waiting[0]!, waiting[2]!]) whole(one);
      await Promise.all([log.until('free 0'), log.until('free 2')]);
      expect(log.count('answered')).toBe(2);
    } else {
      expect(log.lines.slice(3).filter((line) => !line.startsWith('free')).sort()).toEqual(
        [`failed 0 ${others}`, `failed 1 ${kind}`, `failed 2 ${others}`],
      );
      expect(transport.connectionEnds.byTarget).toBe(1);
    }

    log.lines.push('next');
    transport.send(1, REQUEST);
    await log.until('free 1');
    expect(log.lines.slice(log.lines.indexOf('next') + 1)).toEqual(['sent 1', 'answered 1 200 2', 'free 1 open']);
    expect(log.count('sent')).toBe(server.requests);
    expect(transport.connectionsOpened).toBe(server.connections);
  });
});
