import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/kernel/clock.js';
import { transports } from '../../src/load/transport/index.js';
import { MOST_KEPT_BYTES, type Keeps } from '../../src/load/transport/kept-answer.js';
import { rawServer, type RawBehaviour } from '../support/raw-server.js';

const opened: { close(): Promise<void> }[] = [];

afterEach(async () => {
  await Promise.all(opened.splice(0).map((one) => one.close()));
});

interface Seen {
  readonly headers: readonly string[] | undefined;
  readonly body: string | undefined;
}

const OK = 'HTTP/1.1 200 OK\r\n';

describe.each(['wire', 'undici'] as const)('of answers the transport %s', (name) => {
  /** Sends a request for each of these answers, on one connection; returns what was kept of them. */
  async function ask(
    keeps: Keeps | undefined,
    behaviour: RawBehaviour,
    requests: number,
    wantsAnswer: (slot: number, status: number) => boolean = () => false,
  ): Promise<Seen[]> {
    const server = await rawServer(behaviour);
    const transport = transports[name]({
      ...{ origin: server.origin, socketPath: null, acceptsAnyCertificate: false, keepAlive: true },
      ...{ maxConnections: 1, clock: systemClock, keeps },
    });
    opened.push(transport, server);
    const seen: Seen[] = [];
    await new Promise<void>((resolve) => {
      const next = (): void => {
        if (seen.length === requests) resolve();
        else transport.send(0, { method: 'GET', path: '/', headers: [], body: null });
      };
      transport.listen({
        onSent() {},
        wantsAnswer,
        onAnswered(slot) {
          const kept = transport.kept(slot);
          seen.push({ headers: kept && [...kept.headers], body: kept?.body?.toString('latin1') });
        },
        onFailed() {
          seen.push({ headers: ['failed'], body: undefined });
        },
        onFree: next,
        onClosed() {},
      });
      next();
    });
    return seen;
  }

  const answers =
    (...texts: string[]): NonNullable<RawBehaviour['onRequest']> =>
    (socket, request) =>
      socket.write(texts[request % texts.length]!);

  it('keeps nothing when nothing is to be checked', async () => {
    const onRequest = answers(`${OK}Content-Length: 2\r\n\r\nok`);
    expect(await ask(undefined, { onRequest }, 1)).toEqual([{ headers: undefined, body: undefined }]);
  });

  it('keeps headers and body of each, and nothing of the one before', async () => {
    const onRequest = answers(
      `${OK}X-One: a \r\nContent-Length: 2\r\n\r\nok`,
      `${OK}Transfer-Encoding: chunked\r\nX-Two:b\r\n\r\n2\r\nye\r\n1\r\ns\r\n0\r\nX-Late: c\r\n\r\n`,
    );
    expect(await ask({ headers: true, body: true }, { onRequest }, 3)).toEqual([
      { headers: ['x-one', 'a', 'content-length', '2'], body: 'ok' },
      { headers: ['transfer-encoding', 'chunked', 'x-two', 'b'], body: 'yes' },
      { headers: ['x-one', 'a', 'content-length', '2'], body: 'ok' },
    ]);
  });

  it('keeps only what is wanted', async () => {
    const onRequest = answers(`${OK}X: y\r\nContent-Length: 2\r\n\r\nok`);
    expect(await ask({ headers: false, body: true }, { onRequest }, 1)).toEqual([
      { headers: [], body: 'ok' },
    ]);
    const [seen] = await ask({ headers: true, body: false }, { onRequest }, 1);
    expect(seen).toEqual({ headers: ['x', 'y', 'content-length', '2'], body: '' });
  });

  it('keeps nothing of informational answers', async () => {
    const onRequest = answers(`HTTP/1.1 103 Early\r\nLink: a\r\n\r\n${OK}Content-Length: 0\r\n\r\n`);
    const [seen] = await ask({ headers: true, body: true }, { onRequest }, 1);
    expect(seen).toEqual({ headers: ['content-length', '0'], body: '' });
  });

  it('keeps a body that ends with the connection, and one that comes in pieces', async () => {
    const onRequest: RawBehaviour['onRequest'] = (socket) => {
      socket.write(`${OK}X-Lo`);
      setTimeout(() => socket.write('ng: y\r\n\r\nfirst '), 10);
      setTimeout(() => socket.end('second, which is longer'), 20);
    };
    const seen = await ask({ headers: true, body: true }, { onRequest }, 1);
    expect(seen).toEqual([{ headers: ['x-long', 'y'], body: 'first second, which is longer' }]);
  });

  describe('that are wanted', () => {
    const ERROR = 'HTTP/1.1 500 Oh\r\nContent-Type: text/plain\r\n';
    const isError = (_slot: number, status: number): boolean => status === 500;

    it('keeps headers and body, whatever checks need, and nothing of others', async () => {
      const onRequest = answers(
        `${OK}Content-Length: 2\r\n\r\nok`,
        `${ERROR}Content-Length: 4\r\n\r\noops`,
        `${ERROR}Transfer-Encoding: chunked\r\n\r\n2\r\nno\r\n3\r\npe!\r\n0\r\n\r\n`,
      );
      const type = ['content-type', 'text/plain'];
      const failed = [
        { headers: [...type, 'content-length', '4'], body: 'oops' },
        { headers: [...type, 'transfer-encoding', 'chunked'], body: 'nope!' },
      ];
      const none = { headers: undefined, body: undefined };
      expect(await ask(undefined, { onRequest }, 4, isError)).toEqual([none, ...failed, none]);
      const checked = { headers: [], body: 'ok' };
      const forChecks = { headers: false, body: true };
      expect(await ask(forChecks, { onRequest }, 4, isError)).toEqual([checked, ...failed, checked]);
    });

    it('asks once for each answer, and for none before it', async () => {
      const asked: string[] = [];
      const onRequest = answers(`HTTP/1.1 103 Early\r\n\r\n${ERROR}Content-Length: 2\r\n\r\nno`);
      const wants = (slot: number, status: number): boolean => asked.push(`${slot} ${status}`) > 0;
      const [seen] = await ask(undefined, { onRequest }, 1, wants);
      expect([asked, seen?.body]).toEqual([['0 500'], 'no']);
    });

    it('keeps one that ends with the connection, and one that comes in pieces', async () => {
      const onRequest: RawBehaviour['onRequest'] = (socket) => {
        socket.write('HTTP/1.1 50');
        setTimeout(() => socket.write('0 Oh\r\n\r\nfirst '), 10);
        setTimeout(() => socket.end('second'), 20);
      };
      expect(await ask(undefined, { onRequest }, 1, isError)).toEqual([
        { headers: [], body: 'first second' },
      ]);
    });

    it('keeps the first 16 KiB of a longer body, and decodes one that is compressed', async () => {
      const long = `${ERROR}Content-Length: 100000\r\n\r\n${'x'.repeat(100_000)}`;
      const zipped = gzipSync('all is lost').toString('latin1');
      const head = `${ERROR}Content-Encoding: gzip\r\nContent-Length: ${zipped.length}\r\n\r\n`;
      const onRequest: RawBehaviour['onRequest'] = (socket, request) =>
        socket.write(request === 0 ? long : Buffer.from(head + zipped, 'latin1'));
      const seen = await ask(undefined, { onRequest }, 2, isError);
      expect(seen.map(({ body }) => body)).toEqual(['x'.repeat(16 * 1024), 'all is lost']);
    });
  });

  it('keeps a body of 1 MiB, and none that is longer', async () => {
    const of = (bytes: number): string => `${OK}Content-Length: ${bytes}\r\n\r\n${'x'.repeat(bytes)}`;
    const onRequest = answers(of(MOST_KEPT_BYTES), of(MOST_KEPT_BYTES + 1), of(1));
    const seen = await ask({ headers: false, body: true }, { onRequest }, 3);
    expect(seen.map(({ body }) => body?.length)).toEqual([MOST_KEPT_BYTES, undefined, 1]);
  });
});
