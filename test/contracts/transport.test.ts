import type { Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/kernel/clock.js';
import type { Transport } from '../../src/load/transport/transport.js';
import { undiciTransport } from '../../src/load/transport/undici-transport.js';
import { wireTransport } from '../../src/load/transport/wire-transport.js';
import { OK, rawServer, refusedOrigin, type RawBehaviour, type RawServer } from '../support/raw-server.js';
import { TransportLog } from '../support/transport-log.js';

type Connect = (origin: string, maxConnections: number) => Transport;

const ENDPOINT = { socketPath: null, acceptsAnyCertificate: false, keepAlive: true };

const implementations: Record<Implementation, Connect> = {
  wire: (origin, maxConnections) =>
    wireTransport({ ...ENDPOINT, origin, maxConnections, clock: systemClock }),
  undici: (origin, maxConnections) =>
    undiciTransport({ ...ENDPOINT, origin, maxConnections, clock: systemClock }),
};

const REQUEST = { method: 'GET', path: '/items?id=1', headers: ['accept', '*/*'], body: null };

type Implementation = 'wire' | 'undici';

/** The first request goes wrong; all later ones are answered. */
interface Mishap extends RawBehaviour {
  readonly name: string;
  readonly kind: string;
}

const once =
  (mishap: NonNullable<RawBehaviour['onRequest']>): NonNullable<RawBehaviour['onRequest']> =>
  (socket, request) => {
    if (request === 0) mishap(socket, request);
    else socket.write(OK);
  };

const mishaps: readonly Mishap[] = [
  {
    name: 'resets in mid-answer',
    kind: 'response-cut-short',
    onRequest: once((socket) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf');
      // Once the half has been read: a reset that overtakes it looks like a plain end.
      setTimeout(() => socket.resetAndDestroy(), 20);
    }),
  },
  {
    name: 'answers garbage',
    kind: 'invalid-response',
    onRequest: once((socket) => socket.write('220 mail.example ESMTP\r\n\r\n')),
  },
  {
    name: 'closes after half an answer',
    kind: 'response-cut-short',
    onRequest: once((socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf')),
  },
  {
    name: 'promises a longer answer than it gives',
    kind: 'content-length-mismatch',
    onRequest: once((socket) =>
      socket.end('HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 3\r\n\r\nok'),
    ),
  },
  {
    name: 'sends more than the answer that it announces',
    kind: 'content-length-mismatch',
    onRequest: once((socket) => socket.write(`${OK}more`)),
  },
  {
    name: 'answers twice',
    kind: 'content-length-mismatch',
    onRequest: once((socket) => socket.write(OK + OK)),
  },
  {
    name: 'closes in the middle of a chunked answer',
    kind: 'response-cut-short',
    onRequest: once((socket) =>
      socket.end('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n64\r\nhalf'),
    ),
  },
  {
    name: 'closes in the middle of the headers',
    kind: 'response-cut-short',
    onRequest: once((socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Le')),
  },
  {
    name: 'gives a Content-Length that is no number',
    kind: 'invalid-response',
    onRequest: once((socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: two\r\n\r\nok')),
  },
  {
    name: 'sends endless headers',
    kind: 'headers-too-large',
    onRequest: once((socket) => {
      const pour = (): void => {
        while (!socket.destroyed && socket.write('x-more: and more\r\n'.repeat(50)));
      };
      socket.on('drain', pour);
      socket.write('HTTP/1.1 200 OK\r\n');
      pour();
    }),
  },
  {
    name: 'gives a length and chunks',
    kind: 'invalid-response',
    onRequest: once((socket) =>
      socket.write(
        'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n',
      ),
    ),
  },
  {
    name: 'has a space before the colon of a header',
    kind: 'invalid-response',
    onRequest: once((socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length : 2\r\n\r\nok')),
  },
  {
    name: 'ends a chunk elsewhere than it has said',
    kind: 'invalid-response',
    onRequest: once((socket) =>
      socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nokay\r\n0\r\n\r\n'),
    ),
  },
  {
    name: 'resets without an answer',
    kind: 'connection-reset',
    onRequest: once((socket) => socket.resetAndDestroy()),
  },
  {
    name: 'resets in a body that lasts until the connection ends',
    kind: 'response-cut-short',
    onRequest: once((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n\r\nhalf');
      setTimeout(() => socket.resetAndDestroy(), 20);
    }),
  },
  {
    name: 'closes without an answer',
    kind: 'connection-closed',
    onRequest: once((socket) => socket.end()),
  },
];

/** What is an answer all the same. Both requests get it. */
interface Oddity {
  readonly name: string;
  readonly answer: NonNullable<RawBehaviour['onRequest']>;
  /** Status and bytes of the body. */
  readonly comes: string;
  /** How many two requests take; 1 unless said. */
  readonly connections?: number;
  readonly method?: string;
  /** The implementation that takes it, where the other does not. */
  readonly onlyBy?: Implementation;
}

const says =
  (...lines: string[]): Oddity['answer'] =>
  (socket) =>
    socket.write(lines.join('\r\n'));

const answers: readonly Oddity[] = [
  {
    name: 'a 204 that gives a length',
    answer: says('HTTP/1.1 204 No Content', 'Content-Length: 5', '', ''),
    comes: '204 0',
  },
  {
    name: 'a 304 that gives the length of what it does not send',
    answer: says('HTTP/1.1 304 Not Modified', 'Content-Length: 100', '', ''),
    comes: '304 0',
  },
  {
    name: '100 Continue before an answer',
    answer: says('HTTP/1.1 100 Continue', '', OK),
    comes: '200 2',
  },
  {
    name: 'twenty early hints before an answer',
    answer: says('HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n'.repeat(20) + OK),
    comes: '200 2',
  },
  {
    name: 'a 101 that was not asked for',
    answer: says('HTTP/1.1 101 Switching Protocols', 'Connection: upgrade', 'Upgrade: x', '', 'raw'),
    comes: '101 0',
    connections: 2,
  },
  {
    name: 'a HEAD with a length, on the same connection',
    method: 'HEAD',
    answer: says('HTTP/1.1 200 OK', 'Content-Length: 100', '', ''),
    comes: '200 0',
  },
  {
    name: 'a head of 60,000 bytes',
    answer: says('HTTP/1.1 200 OK', `X: ${'x'.repeat(60_000)}`, 'Content-Length: 2', '', 'ok'),
    comes: '200 2',
  },
  {
    name: 'a length given as a list of the same',
    answer: says('HTTP/1.1 200 OK', 'Content-Length: 2, 2', '', 'ok'),
    comes: '200 2',
    onlyBy: 'wire',
  },
  {
    name: 'chunks with extensions and trailers',
    answer: says(
      ...['HTTP/1.1 200 OK', 'Transfer-Encoding: chunked', '', '2;a="b c"', 'ok', '0', 'X: y', '', ''],
    ),
    comes: '200 2',
  },
  {
    name: 'no reason behind the status, and a blank line before it',
    answer: says('', 'HTTP/1.1 200', 'Content-Length: 2', '', 'ok'),
    comes: '200 2',
  },
  {
    name: 'a status that nobody knows',
    answer: says('HTTP/1.1 599 Odd', 'Content-Length: 2', '', 'ok'),
    comes: '599 2',
  },
  {
    name: 'a body that lasts until the connection ends',
    answer: (socket) => socket.end('HTTP/1.1 200 OK\r\n\r\nok'),
    comes: '200 2',
    connections: 2,
  },
  {
    name: 'HTTP/1.0, which ends the connection',
    answer: says('HTTP/1.0 200 OK', 'Content-Length: 2', '', 'ok'),
    comes: '200 2',
    connections: 2,
  },
  {
    name: 'HTTP/1.0 that keeps the connection',
    answer: says('HTTP/1.0 200 OK', 'Connection: keep-alive', 'Content-Length: 2', '', 'ok'),
    comes: '200 2',
  },
  {
    name: 'close among other words',
    answer: says('HTTP/1.1 200 OK', 'Connection: x, Close', 'Content-Length: 2', '', 'ok'),
    comes: '200 2',
    connections: 2,
  },
];

const opened: { close(): Promise<void> }[] = [];

afterEach(async () => {
  await Promise.all(opened.splice(0).map((one) => one.close()));
});

async function start(behaviour: RawBehaviour): Promise<RawServer> {
  const server = await rawServer(behaviour);
  opened.push(server);
  return server;
}

const each = Object.entries(implementations) as [Implementation, Connect][];

describe.each(each)('the transport %s', (name, connect) => {
  function open(origin: string, maxConnections = 1): { transport: Transport; log: TransportLog } {
    const transport = connect(origin, maxConnections);
    opened.push(transport);
    return { transport, log: new TransportLog(transport) };
  }

  it('reports an answer as sent, answered and free, in this order', async () => {
    const server = await start({ onRequest: (socket) => socket.write(OK) });
    const { transport, log } = open(server.origin);

    transport.send(0, REQUEST);
    await log.until('free 0');

    expect(log.lines).toEqual(['sent 0', 'answered 0 200 2', 'free 0 open']);
  });

  it('uses a connection again', async () => {
    const server = await start({ onRequest: (socket) => socket.write(OK) });
    const { transport, log } = open(server.origin);

    for (let request = 0; request < 3; request += 1) {
      transport.send(0, REQUEST);
      await log.until('free 0');
      log.lines.push('next');
    }

    expect(log.count('answered 0 200')).toBe(3);
    expect([transport.connectionsOpened, server.connections]).toEqual([1, 1]);
  });

  it('has one connection for each slot', async () => {
    const server = await start({ onRequest: (socket) => socket.write(OK) });
    const { transport, log } = open(server.origin, 3);

    for (const slot of [0, 1, 2]) transport.send(slot, REQUEST);
    await Promise.all([0, 1, 2].map((slot) => log.until(`free ${slot}`)));

    expect([transport.slots, transport.connectionsOpened, server.connections]).toEqual([3, 3, 3]);
  });

  it('sends method, path, headers and body as they are', async () => {
    let received = '';
    const server = await start({
      onConnection: (socket) =>
        socket.on('data', (chunk) => {
          received += chunk.toString();
          if (received.endsWith('{"name":"né"}')) socket.write(OK);
        }),
    });
    const { transport, log } = open(server.origin);

    const headers = ['content-type', 'application/json', 'x-key', 'secret'];
    transport.send(0, { method: 'POST', path: '/a?b=c%20d', headers, body: '{"name":"né"}' });
    await log.until('free 0');

    expect(received).toMatch(/^POST \/a\?b=c%20d HTTP\/1\.1\r\n/);
    expect(received.toLowerCase()).toContain('\r\ncontent-type: application/json\r\nx-key: secret\r\n');
    expect(received.toLowerCase()).toContain('\r\ncontent-length: 14\r\n');
  });

  it('fills the holes of a request anew for each sending', async () => {
    const bodies: string[] = [];
    const server = await start({
      onConnection: (socket) =>
        socket.on('data', (chunk) => {
          bodies.push(chunk.toString().split('\r\n\r\n')[1] as string);
          socket.write(OK);
        }),
    });
    const { transport, log } = open(server.origin);
    const holes = [{ place: 'body' as const, at: 1, digits: 3 }];
    const request = { method: 'POST', path: '/', headers: [], body: '"111"', holes };
    for (const serial of [5, 6]) {
      transport.send(0, request, serial);
      log.lines.push('next');
      await log.until('free 0');
    }
    expect(bodies).toEqual(['"105"', '"106"']);
  });

  it('counts all bytes of a big body', async () => {
    const size = 5_000_000;
    const server = await start({
      onRequest: (socket) =>
        socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${size}\r\n\r\n${'x'.repeat(size)}`),
    });
    const { transport, log } = open(server.origin);

    transport.send(0, REQUEST);
    await log.until('free 0');

    expect(log.lines).toEqual(['sent 0', `answered 0 200 ${size}`, 'free 0 open']);
  });

  it('takes an informational answer for no answer', async () => {
    const server = await start({
      onRequest: (socket) => socket.write(`HTTP/1.1 103 Early Hints\r\nLink: </style.css>\r\n\r\n${OK}`),
    });
    const { transport, log } = open(server.origin);

    transport.send(0, REQUEST);
    await log.until('free 0');

    expect(log.lines).toEqual(['sent 0', 'answered 0 200 2', 'free 0 open']);
  });

  const taken = answers.filter(({ onlyBy = name }) => onlyBy === name);

  it.each(taken)('takes $name', async ({ answer, comes, connections = 1, method = 'GET' }) => {
    const server = await start({ onRequest: answer });
    const { transport, log } = open(server.origin);

    for (let request = 0; request < 2; request += 1) {
      transport.send(0, { ...REQUEST, method });
      await log.until('free 0');
      log.lines.push('next');
      await new Promise((resolve) => setTimeout(resolve, 20)); // until a connection that ends has ended
    }

    expect(log.lines.filter((line) => /^(answered|failed)/.test(line))).toEqual([
      `answered 0 ${comes}`,
      `answered 0 ${comes}`,
    ]);
    expect([server.requests, server.connections]).toEqual([2, connections]);
  });

  it('does not follow a redirect', async () => {
    const server = await start({
      onRequest: (socket) =>
        socket.write('HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n'),
    });
    const { transport, log } = open(server.origin);

    transport.send(0, REQUEST);
    await log.until('free 0');

    expect(log.lines).toEqual(['sent 0', 'answered 0 302 0', 'free 0 open']);
    expect(server.requests).toBe(1);
  });

  describe.each(mishaps)('when the server $name', ({ kind, ...behaviour }) => {
    it(`fails with ${kind}, frees the slot, and sends on it again`, async () => {
      const server = await start(behaviour);
      const { transport, log } = open(server.origin);

      transport.send(0, REQUEST);
      await log.until('free 0');
      expect(log.lines).toEqual(['sent 0', `failed 0 ${kind}`, 'free 0 closed']);

      transport.send(0, REQUEST);
      await log.until('free 0 open');
      expect(log.lines.slice(3)).toEqual(['sent 0', 'answered 0 200 2', 'free 0 open']);
      expect(log.count('sent')).toBe(server.requests);
    });
  });

  it('fails with connection-refused without having sent anything, again and again', async () => {
    const { transport, log } = open(await refusedOrigin());

    for (let attempt = 0; attempt < 3; attempt += 1) {
      transport.send(0, REQUEST);
      await log.until('free 0');
      log.lines.push('next');
    }

    const attempt = ['failed 0 connection-refused', 'free 0 closed', 'next'];
    expect(log.lines).toEqual([...attempt, ...attempt, ...attempt]);
  });

  it('survives a server that accepts and closes at once', async () => {
    const server = await start({ onConnection: (socket) => socket.destroy() });
    const { transport, log } = open(server.origin);

    for (let attempt = 0; attempt < 3; attempt += 1) {
      transport.send(0, REQUEST);
      await log.until('free 0');
      log.lines.push('next');
    }

    expect(log.lines.filter((line) => line.startsWith('failed'))).toEqual([
      expect.stringMatching(/connection-(closed|reset)/),
      expect.stringMatching(/connection-(closed|reset)/),
      expect.stringMatching(/connection-(closed|reset)/),
    ]);
  });

  it('never takes for an answer what a server says on an idle connection', async () => {
    let socketOfServer: Socket | undefined;
    const server = await start({
      onRequest(socket) {
        socketOfServer = socket;
        socket.write(OK);
      },
    });
    const { transport, log } = open(server.origin);

    for (let request = 0; request < 2; request += 1) {
      transport.send(0, REQUEST);
      await log.until('free 0');
      const socket = socketOfServer!;
      const closed = new Promise((resolve) => socket.once('close', resolve)); // by the client, which has read it
      socket.write('HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n');
      await closed;
      log.lines.push('next');
    }

    const answered = ['sent 0', 'answered 0 200 2', 'free 0 open', 'next'];
    expect(log.lines).toEqual([...answered, ...answered]);
    expect(server.connections).toBe(2);
  });

  it('tells of a reused connection that was closed as it was used again', async () => {
    const server = await start({
      onRequest(socket, request) {
        if (request === 1) socket.resetAndDestroy();
        else socket.write(OK);
      },
    });
    const { transport, log } = open(server.origin);

    for (let request = 0; request < 3; request += 1) {
      transport.send(0, REQUEST);
      await log.until('free 0');
      log.lines.push('next');
    }

    const answered = ['sent 0', 'answered 0 200 2', 'free 0 open', 'next'];
    const failed = ['sent 0', 'failed 0 reused-connection-closed', 'free 0 closed', 'next'];
    expect(log.lines).toEqual([...answered, ...failed, ...answered]);
  });

  it('never frees a slot from inside a failure', async () => {
    const { transport, log } = open(await refusedOrigin());
    const seen: string[] = [];
    let inside = false;
    transport.listen({
      onSent: (slot) => log.onSent(slot),
      wantsAnswer: () => false,
      onAnswered: () => {},
      onFailed(slot, kind) {
        inside = true;
        log.onFailed(slot, kind);
        queueMicrotask(() => {
          inside = false;
        });
      },
      onClosed() {},
      onFree(slot, isOpen) {
        seen.push(inside ? 'inside' : 'later');
        log.onFree(slot, isOpen);
      },
    });

    transport.send(0, REQUEST);
    await log.until('free 0');

    expect(seen).toEqual(['later']);
  });

  it('keeps going on a refusing port when each failure has a successor at once', async () => {
    const { transport, log } = open(await refusedOrigin());
    let left = 20;
    transport.listen({
      onSent: () => {},
      wantsAnswer: () => false,
      onAnswered: () => {},
      onFailed: (slot, kind) => log.onFailed(slot, kind),
      onClosed() {},
      onFree(slot) {
        left -= 1;
        if (left > 0) transport.send(slot, REQUEST);
        else log.onFree(slot, false);
      },
    });

    transport.send(0, REQUEST);
    await log.until('free 0');

    expect(log.count('failed 0 connection-refused')).toBe(20);
  });

  it('gives up a request that is never answered, and says only that the slot is free', async () => {
    const server = await start({ onRequest: once(() => {}) });
    const { transport, log } = open(server.origin);

    transport.send(0, REQUEST);
    await log.until('sent 0');
    transport.abort(0);
    await log.until('free 0');
    expect(log.lines).toEqual(['sent 0', 'free 0 closed']);

    transport.send(0, REQUEST);
    await log.until('free 0 open');
    expect(log.lines.slice(2)).toEqual(['sent 0', 'answered 0 200 2', 'free 0 open']);
    expect(server.connections).toBe(2);
  });

  it('gives up a request in the middle of its answer', async () => {
    const server = await start({
      onRequest: once((socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf')),
    });
    const { transport, log } = open(server.origin);

    transport.send(0, REQUEST);
    await log.until('sent 0');
    await new Promise((resolve) => setTimeout(resolve, 20)); // until the half answer has been read
    transport.abort(0);
    await log.until('free 0');

    expect(log.lines).toEqual(['sent 0', 'free 0 closed']);
  });

  it('gives up a request whose connection is still being opened, which is then never sent', async () => {
    const server = await start({ onRequest: (socket) => socket.write(OK) });
    const { transport, log } = open(server.origin);

    transport.send(0, REQUEST);
    transport.abort(0);
    await log.until('free 0');
    expect(log.lines).toEqual(['free 0 closed']);

    transport.send(0, REQUEST);
    await log.until('free 0 open');
    expect(log.lines.slice(1)).toEqual(['sent 0', 'answered 0 200 2', 'free 0 open']);
    expect(server.requests).toBe(1);
  });

  it('says sent exactly as often as the server has counted, whatever befalls', async () => {
    const server = await start({
      onRequest(socket, request) {
        if (request % 7 === 2) socket.resetAndDestroy();
        else if (request % 7 === 5) socket.end('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf');
        else if (request % 7 !== 6) socket.write(OK); // else silence
      },
    });
    const { transport, log } = open(server.origin, 4);
    let left = 200;
    let done = (): void => {};
    const ended = new Promise<void>((resolve) => {
      done = resolve;
    });
    let busy = 0;
    const send = (slot: number): void => {
      busy += 1;
      left -= 1;
      const number = left;
      transport.send(slot, REQUEST);
      setTimeout(() => {
        if (current[slot] === number) transport.abort(slot);
      }, 100);
      current[slot] = number;
    };
    const current: (number | undefined)[] = [];
    transport.listen({
      onSent: (slot) => log.onSent(slot),
      wantsAnswer: () => false,
      onAnswered: () => {},
      onFailed: () => {},
      onClosed() {},
      onFree(slot) {
        current[slot] = undefined;
        busy -= 1;
        if (left > 0) send(slot);
        else if (busy === 0) done();
      },
    });

    for (const slot of [0, 1, 2, 3]) send(slot);
    await ended;

    expect(left).toBe(0);
    expect(log.count('sent')).toBe(server.requests);
  });

  it('closes with requests under way, and reports nothing any more', async () => {
    const server = await start({});
    const { transport, log } = open(server.origin, 2);
    transport.send(0, REQUEST);
    await log.until('sent 0');
    transport.send(1, REQUEST);

    await transport.close();
    const before = [...log.lines];
    await new Promise((resolve) => setTimeout(resolve, 20));

    expect(log.lines).toEqual(before);
  });
});
