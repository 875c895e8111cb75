import { setTimeout as sleep } from 'node:timers/promises';
import { createServer as createHttp2Server } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/kernel/clock.js';
import { http2Transport } from '../../src/load/transport/http2-transport.js';
import { streamLayout } from '../../src/load/transport/stream-layout.js';
import type { Transport } from '../../src/load/transport/transport.js';
import {
  http2Server,
  RESET_CODES,
  whole,
  type Http2Behaviour,
  type Http2Server,
} from '../support/http2-server.js';
import { OK, rawServer, refusedOrigin } from '../support/raw-server.js';
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

    await Promise.all([0, 1, 2, 3, 4, 5].map((slot) => transport.open(slot)));
    expect(transport.connectionsOpened).toBe(2);
    await sleep(20); // so that the server's settings have come before undici has the socket
    for (let slot = 0; slot < 6; slot += 1) transport.send(slot, REQUEST);
    await Promise.all([0, 1, 2, 3, 4, 5].map((slot) => log.until(`free ${slot}`)));

    expect([log.count('answered'), transport.connectionsOpened, server.connections]).toEqual([6, 2, 2]);
  });
});

it('keeps an answer over HTTP/2 that is wanted, and no other', async () => {
  const server = await start({
    onRequest: (one) =>
      one.number === 1
        ? one.answer(
            one.headers({ status: 500, fields: [['x-why', 'full']] }),
            one.data('no connection left', true),
          )
        : whole(one),
  });
  const { transport } = open(server.origin);
  const seen: unknown[] = [];
  for (let request = 0; request < 3; request += 1) {
    await new Promise<void>((resolve) => {
      transport.listen({
        onSent() {},
        wantsAnswer: (_slot, status) => status === 500,
        onAnswered(slot, status) {
          const kept = transport.kept(slot);
          seen.push([status, kept?.headers.join(' '), kept?.body?.toString()]);
        },
        onFailed() {},
        onClosed() {},
        onFree: () => resolve(),
      });
      transport.send(0, REQUEST);
    });
  }
  expect(seen).toEqual([
    [200, undefined, undefined],
    [500, 'x-why full', 'no connection left'],
    [200, undefined, undefined],
  ]);
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
  {
    name: 'refuses a stream',
    kind: 'http2-stream-refused',
    others: 'unharmed',
    happen: (one) => one.answer(one.reset(RESET_CODES.refused)),
  },
  {
    name: 'resets a stream for an error of its own',
    kind: 'http2-stream-reset',
    others: 'unharmed',
    happen: (one) => one.answer(one.reset(RESET_CODES.internal)),
  },
  {
    name: 'cancels a stream',
    kind: 'http2-stream-reset',
    others: 'unharmed',
    happen: (one) => one.answer(one.reset(RESET_CODES.cancel)),
  },
  {
    name: 'resets a stream without a reason',
    kind: 'http2-stream-reset',
    others: 'unharmed',
    happen: (one) => one.answer(one.reset(RESET_CODES.none)),
  },
  {
    name: 'resets a stream in mid-answer',
    kind: 'http2-stream-reset',
    others: 'unharmed',
    happen: (one) => one.answer(one.headers(), one.data('half'), one.reset(RESET_CODES.internal)),
  },
  {
    name: 'cancels a stream in mid-answer',
    kind: 'http2-stream-reset',
    others: 'unharmed',
    happen: (one) => one.answer(one.headers(), one.data('half'), one.reset(RESET_CODES.cancel)),
  },
  {
    name: 'ends a stream before its announced length',
    kind: 'response-cut-short',
    others: 'unharmed',
    happen: (one) =>
      one.answer(
        one.headers({ fields: [['content-length', '9']] }),
        one.data('half'),
        one.reset(RESET_CODES.none),
      ),
  },
  {
    name: 'gives less than it has announced',
    kind: 'http2-protocol-error',
    others: 'unharmed',
    happen: (one) => one.answer(one.headers({ fields: [['content-length', '9']] }), one.data('half', true)),
  },
  {
    name: 'gives more than it has announced',
    kind: 'http2-protocol-error',
    others: 'unharmed',
    happen: (one) => one.answer(one.headers({ fields: [['content-length', '1']] }), one.data('more', true)),
  },
  {
    name: 'closes after half an answer',
    kind: 'response-cut-short',
    others: 'connection-closed',
    happen: (one) => {
      one.answer(one.headers(), one.data('half'));
      setTimeout(() => one.socket.end(), 20);
    },
  },
  {
    name: 'resets the connection',
    kind: 'connection-reset',
    others: 'connection-reset',
    happen: (one) => void setTimeout(() => one.socket.resetAndDestroy(), 20),
  },
  {
    name: 'closes the connection',
    kind: 'connection-closed',
    others: 'connection-closed',
    happen: (one) => one.socket.end(),
  },
  {
    name: 'ends the session for an error',
    kind: 'http2-goaway',
    others: 'http2-goaway',
    happen: (one) => one.answer(one.goaway(0, 11)),
  },
  {
    name: 'ends the session before any answer',
    kind: 'http2-goaway',
    others: 'http2-goaway',
    happen: (one) => one.answer(one.goaway(5)),
  },
];

describe.each(mishaps)('when an HTTP/2 server $name', ({ happen, kind, others }) => {
  it(`fails with ${kind}, the others are ${others}, and the slots send again`, async () => {
    const waiting: Parameters<typeof happen>[0][] = [];
    const server = await start({
      onRequest(one) {
        if (one.number > 2) {
          whole(one);
          return;
        }
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
      expect(
        log.lines
          .slice(3)
          .filter((line) => !line.startsWith('free'))
          .sort(),
      ).toEqual([`failed 0 ${others}`, `failed 1 ${kind}`, `failed 2 ${others}`]);
      expect(transport.connectionEnds.byTarget).toBe(1);
    }

    log.lines.push('next');
    transport.send(1, REQUEST);
    await log.until('free 1');
    expect(log.lines.slice(log.lines.indexOf('next') + 1)).toEqual([
      'sent 1',
      'answered 1 200 2',
      'free 1 open',
    ]);
    expect(log.count('sent')).toBe(server.requests);
    expect(transport.connectionsOpened).toBe(server.connections);
  });
});

/** Sends one request; resolves with what was said of it. */
async function linesOf(origin: string, request: Parameters<Transport['send']>[1]): Promise<string[]> {
  const { transport, log } = open(origin);
  transport.send(0, request);
  await log.until('free 0');
  return log.lines;
}

const answers: readonly [string, NonNullable<Http2Behaviour['onRequest']>, string][] = [
  ['204', (one) => one.answer(one.headers({ status: 204, isLast: true })), '204 0'],
  [
    '304 with the length of what it leaves out',
    (one) => one.answer(one.headers({ status: 304, fields: [['content-length', '10']], isLast: true })),
    '304 0',
  ],
  [
    'an informational answer before',
    (one) => one.answer(one.headers({ status: 103 }), one.headers(), one.data('ok', true)),
    '200 2',
  ],
  [
    '100 Continue before, unasked',
    (one) => one.answer(one.headers({ status: 100 }), one.headers(), one.data('ok', true)),
    '200 2',
  ],
  ['trailers', (one) => one.answer(one.headers(), one.data('ok'), one.trailers()), '200 2'],
  ['trailers and no body', (one) => one.answer(one.headers(), one.trailers()), '200 0'],
  ['an empty last frame', (one) => one.answer(one.headers(), one.data('ok'), one.data('', true)), '200 2'],
  [
    'a redirect, which is not followed',
    (one) => one.answer(one.headers({ status: 302, fields: [['location', '/elsewhere']], isLast: true })),
    '302 0',
  ],
];

describe('the HTTP/2 transport', () => {
  it.each(answers)('takes an answer with %s as it is', async (_, onRequest, expected) => {
    const server = await start({ onRequest });

    expect(await linesOf(server.origin, REQUEST)).toEqual([
      'sent 0',
      `answered 0 ${expected}`,
      'free 0 open',
    ]);
    expect(server.requests).toBe(1);
  });

  it('takes an answer to HEAD with a length and no body', async () => {
    const server = await start({
      onRequest: (one) => one.answer(one.headers({ fields: [['content-length', '10']], isLast: true })),
    });

    expect(await linesOf(server.origin, { ...REQUEST, method: 'HEAD' })).toContain('answered 0 200 0');
  });

  it.each(['POST', 'DELETE', 'OPTIONS'])(
    'sends method, path, headers and body of %s as they are',
    async (method) => {
      const server = createHttp2Server((request, response) => {
        let body = '';
        request.on('data', (chunk: Buffer) => (body += chunk.toString()));
        request.on('end', () =>
          response.end(JSON.stringify([request.method, request.url, request.headers, body])),
        );
      });
      const origin = await listening(server);
      const kept = { headers: false, body: true };
      const layout = streamLayout({ maxConnections: 1, warmup: { connections: 1 } }, 4);
      const transport = http2Transport({
        ...{ origin, socketPath: null, acceptsAnyCertificate: true, keepAlive: true, keeps: kept },
        ...{ layout, connectTimeoutMs: 5000, clock: systemClock },
      });
      opened.push(transport);
      let seen = '';
      const log = new TransportLog(transport);
      const onAnswered = log.onAnswered.bind(log);
      log.onAnswered = (slot, status, bytes) => {
        seen = transport.kept(slot)?.body?.toString() ?? '';
        onAnswered(slot, status, bytes);
      };

      // What HTTP/2 forbids, and what Node throws for, is left out.
      const headers = [
        'Content-Type',
        'text/plain',
        'Host',
        'api.example',
        'Connection',
        'keep-alive',
        'TE',
        'gzip',
      ];
      transport.send(0, { method, path: '/a?b=c%20d', headers, body: 'né' });
      await log.until('free 0');

      const [gotMethod, url, got, body] = JSON.parse(seen) as [
        string,
        string,
        Record<string, string>,
        string,
      ];
      expect([gotMethod, url, body]).toEqual([method, '/a?b=c%20d', 'né']);
      expect(got).toMatchObject({ 'content-type': 'text/plain', ':authority': 'api.example' });
      expect(Object.keys(got)).not.toContain('te');
    },
  );

  it('counts all bytes of big bodies that come at once', async () => {
    const size = 3_000_000;
    const server = createHttp2Server((_request, response) => response.end('x'.repeat(size)));
    const { transport, log } = open(await listening(server));

    for (const slot of [0, 1, 2]) transport.send(slot, REQUEST);
    await Promise.all([0, 1, 2].map((slot) => log.until(`free ${slot}`)));

    expect(log.lines.filter((line) => line.startsWith('answered')).sort()).toEqual(
      [0, 1, 2].map((slot) => `answered ${slot} 200 ${size}`),
    );
  });

  it('says sessions and streams exactly as often as the server has counted them', async () => {
    const counted = { sessions: 0, streams: 0 };
    const server = createHttp2Server((_request, response) => response.end('ok'));
    server.on('session', () => (counted.sessions += 1)).on('stream', () => (counted.streams += 1));
    const { transport, log } = open(await listening(server), { connections: 3, streams: 5 });

    await sendOneAfterAnother(transport, log, 15, 300);

    expect([log.count('sent'), log.count('answered 0 200') > 0]).toEqual([300, true]);
    expect(counted).toEqual({ sessions: transport.connectionsOpened, streams: 300 });
    expect(counted.sessions).toBe(3);
  });

  it('keeps to one stream on each connection when the server allows no more', async () => {
    const server = await start({ maxConcurrentStreams: 1 });
    const { transport, log } = open(server.origin, { connections: 3, streams: 1 });

    await sendOneAfterAnother(transport, log, transport.slots, 30);

    expect([transport.slots, server.mostAtOnce, server.connections]).toEqual([3, 1, 3]);
  });

  it('gives up a request alone: the connection and the other requests on it stay', async () => {
    const server = await start({ onRequest: (one) => (one.number === 0 ? undefined : whole(one)) });
    const { transport, log } = open(server.origin);

    transport.send(0, REQUEST);
    transport.send(1, REQUEST);
    await log.until('free 1');
    transport.abort(0);
    await log.until('free 0');
    transport.send(0, REQUEST);
    await log.until('answered 0');

    expect(log.lines).toEqual(expect.arrayContaining(['free 0 open', 'answered 0 200 2']));
    expect([server.connections, server.resets]).toEqual([1, 1]);
    expect(transport.connectionEnds).toEqual({ byTarget: 0, byBench: 0, afterTimeout: 0 });
  });

  it('leaves a connection on which nothing came before a time-out, without harm to what waits on it', async () => {
    let late: Parameters<typeof whole>[0] | undefined;
    const server = await start({
      onRequest(one) {
        if (one.number === 1) late = one;
        else if (one.number > 1) whole(one);
      },
    });
    const { transport, log } = open(server.origin);

    for (const slot of [0, 1]) transport.send(slot, REQUEST);
    await log.until('sent 1');
    await sleep(20);
    transport.abort(0);
    await log.until('free 0');
    transport.send(0, REQUEST);
    await log.until('answered 0');
    expect(log.count('failed')).toBe(0);
    whole(late!);
    await log.until('answered 1');

    expect([server.connections, transport.connectionEnds.afterTimeout]).toEqual([2, 1]);
    expect(transport.connectionEnds).toEqual({ byTarget: 0, byBench: 0, afterTimeout: 1 });
  });

  it('leaves a connection whose server breaks HTTP/2 once a request on it has timed out', async () => {
    const server = await start({
      onRequest: (one) =>
        one.number === 0 ? one.socket.write('220 mail.example ESMTP\r\n\r\n') : whole(one),
    });
    const { transport, log } = open(server.origin);

    transport.send(0, REQUEST);
    await log.until('sent 0');
    await sleep(20);
    transport.abort(0);
    await log.until('free 0');
    transport.send(0, REQUEST);
    await log.until('answered 0');

    expect(server.connections).toBe(2);
  });

  it('reads the answers that a server still gives after it has announced that it takes no more', async () => {
    const waiting: Parameters<typeof whole>[0][] = [];
    const server = await start({
      onRequest(one) {
        if (one.number === 0 || one.number > 2) {
          whole(one);
          return;
        }
        waiting.push(one);
        if (one.number < 2) return;
        one.answer(one.goaway(one.stream));
        for (const waits of waiting) whole(waits);
        one.socket.end();
      },
    });
    const { transport, log } = open(server.origin);
    transport.send(0, REQUEST);
    await log.until('free 0');

    for (const slot of [1, 2]) transport.send(slot, REQUEST);
    await Promise.all([log.until('free 1'), log.until('free 2')]);
    transport.send(0, REQUEST);
    await log.until('free 0');

    expect([log.count('answered'), log.count('failed')]).toEqual([4, 0]);
    expect([transport.connectionsOpened, server.connections]).toEqual([2, 2]);
    expect(transport.connectionEnds).toEqual({ byTarget: 1, byBench: 0, afterTimeout: 0 });
  });

  it('never frees a slot from inside a failure, and refuses again and again without having sent anything', async () => {
    const { transport, log } = open(await refusedOrigin());

    for (let attempt = 0; attempt < 3; attempt += 1) {
      transport.send(0, REQUEST);
      await log.until('free 0');
      log.lines.push('next');
    }

    const attempt = ['failed 0 connection-refused', 'free 0 closed', 'next'];
    expect(log.lines).toEqual([...attempt, ...attempt, ...attempt]);
  });

  it('never speaks HTTP/1.1 instead', async () => {
    const server = await rawServer({ isSecure: true, onRequest: (socket) => socket.write(OK) });
    opened.push(server);

    expect(await linesOf(server.origin, REQUEST)).toEqual(['failed 0 http2-not-spoken', 'free 0 closed']);
    expect(server.requests).toBe(0);
  });

  it('gives up a request whose connection is still being opened, which is then never sent', async () => {
    const server = await start({});
    const { transport, log } = open(server.origin);

    transport.send(0, REQUEST);
    transport.abort(0);
    await log.until('free 0');
    transport.send(0, REQUEST);
    await log.until('answered 0');

    expect(log.lines.slice(1)).toEqual(['sent 0', 'answered 0 200 2', 'free 0 open']);
    expect(server.requests).toBe(1);
  });

  it('closes a connection when the last of its slots is not needed, and tells the others when one is lost', async () => {
    const server = await start({ onRequest: (one) => (one.number < 2 ? whole(one) : one.socket.end()) });
    const { transport, log } = open(server.origin, { connections: 2, streams: 2 });
    for (const slot of [0, 1]) transport.send(slot, REQUEST);
    await Promise.all([log.until('free 0'), log.until('free 1')]);

    transport.closeIdle(1);
    expect(transport.connectionEnds).toEqual({ byTarget: 0, byBench: 1, afterTimeout: 0 });
    transport.send(2, REQUEST);
    await log.until('free 2');

    expect(log.lines.at(-2)).toBe('failed 2 reused-connection-closed');
    expect(log.closed).toEqual([1, 0]);
    expect(transport.connectionEnds).toEqual({ byTarget: 1, byBench: 1, afterTimeout: 0 });
  });

  it('loses no request and says sent as often as the server has counted, whatever befalls', async () => {
    const server = await start({
      onRequest(one) {
        const act = one.number % 11;
        if (act === 2) one.answer(one.reset(RESET_CODES.internal));
        else if (act === 4) one.answer(one.headers(), one.data('half'), one.reset(RESET_CODES.cancel));
        else if (act === 6 && one.number % 55 === 6) one.socket.resetAndDestroy();
        else if (act === 7 && one.number % 77 === 7)
          one.answer(one.headers(), one.data('ok', true), one.goaway(one.stream));
        else if (act !== 9) whole(one); // else silence
      },
    });
    const { transport, log } = open(server.origin, { connections: 2, streams: 4 });

    await sendOneAfterAnother(transport, log, 8, 300, 100);

    expect(log.count('free')).toBe(300);
    // What was on its way when a connection ended may not have reached the server.
    expect(server.requests).toBeLessThanOrEqual(log.count('sent'));
    expect(server.requests).toBeGreaterThan(log.count('sent') - 8 * transport.connectionsOpened);
    expect(transport.connectionsOpened).toBe(server.connections);
  });

  it('closes with requests under way, and reports nothing any more', async () => {
    const server = await start({ onRequest: () => {} });
    const { transport, log } = open(server.origin);
    for (const slot of [0, 1]) transport.send(slot, REQUEST);
    await log.until('sent 1');

    await transport.close();
    const before = [...log.lines];
    await sleep(20);

    expect(log.lines).toEqual(before);
  });
});

async function listening(server: ReturnType<typeof createHttp2Server>): Promise<string> {
  const sessions = new Set<{ destroy(): void }>();
  server.on('session', (session) => sessions.add(session));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  opened.push({
    close() {
      for (const session of sessions) session.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Keeps `slots` busy until `total` requests have ended; gives each up after `limitMs`. */
async function sendOneAfterAnother(
  transport: Transport,
  log: TransportLog,
  slots: number,
  total: number,
  limitMs = 5000,
): Promise<void> {
  let left = total;
  let busy = 0;
  await new Promise<void>((resolve) => {
    const timers = new Map<number, NodeJS.Timeout>();
    const send = (slot: number): void => {
      left -= 1;
      busy += 1;
      timers.set(
        slot,
        setTimeout(() => transport.abort(slot), limitMs),
      );
      transport.send(slot, REQUEST);
    };
    transport.listen({
      onSent: (slot) => log.onSent(slot),
      wantsAnswer: () => false,
      onAnswered: (slot, status, bytes) => log.onAnswered(slot, status, bytes),
      onFailed: (slot, kind) => log.onFailed(slot, kind),
      onClosed() {},
      onFree(slot, isOpen) {
        clearTimeout(timers.get(slot));
        log.onFree(slot, isOpen);
        busy -= 1;
        if (left > 0) send(slot);
        else if (busy === 0) resolve();
      },
    });
    for (let slot = 0; slot < slots; slot += 1) send(slot);
  });
}
