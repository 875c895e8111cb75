import { once } from 'node:events';
import { createServer as createHttp2Server } from 'node:http2';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { deserialize, serialize } from 'node:v8';
import type { Engine } from '../load/generators/messages.js';
import type { Alarm } from '../load/pacers/alarm.js';
import { generatorShareSchema, wholeWindow, type GeneratorShare } from '../model/generation/generator.js';
import { systemClock as clock } from '../kernel/clock.js';
import { generate } from './generate.js';

/** With the headers that servers usually send, and in the two ways in which they tell a body's length. */
const HEAD =
  'HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=utf-8\r\n' +
  'Date: Thu, 01 Jan 1970 00:00:00 GMT\r\nConnection: keep-alive\r\nKeep-Alive: timeout=5\r\n';
const ANSWERS = [
  `${HEAD}Content-Length: 2\r\n\r\nok`,
  `${HEAD}Content-Length: 2\r\n\r\nok`,
  `${HEAD}Transfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n`,
];
/** Node's own server for HTTP/2, in the same thread, answers no more. */
const REQUESTS_PER_SECOND: Readonly<Record<Engine, number>> = { wire: 12_000, undici: 12_000, http2: 3000 };

/** What is met first in a cell is compiled there: so both pacings, the ends of cells, and of a second. */
const ROUNDS = [
  { pacing: 'relaxed', durationMs: 200 },
  { pacing: 'precise', durationMs: 300 },
  { pacing: 'relaxed', durationMs: 200 },
  { pacing: 'precise', durationMs: 1100 },
] as const;
/** Node's own timers take V8 ten milliseconds to compile, after some thousand calls. */
const TIMER_PERIODS_MS = [1, 2, 3];

/**
 * Drives load against a server that does nothing, in this thread, so that the first measured cell does not
 * pay for the compilation of the hot path. V8 compiles some functions only after ten thousand calls, and
 * then for milliseconds, on a core that the target may need.
 */
export async function warmEngine(alarm: Alarm, engine: Engine): Promise<void> {
  const server = engine === 'http2' ? serverOfHttp2() : serverOfHttp1();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const timers = TIMER_PERIODS_MS.map((periodMs) => clock.every(periodMs, () => {}));
  for (const { pacing, durationMs } of ROUNDS) {
    const told = { ...shareFor(engine, `http://127.0.0.1:${port}`, durationMs), pacing };
    // Sent and parsed as those of the harness are: objects of another making are others to V8.
    const share = generatorShareSchema.parse(deserialize(serialize(told)));
    const window = wholeWindow(Promise.resolve(clock.nowUs()));
    await generate(share, () => {}, { signal: new AbortController().signal, window, alarm });
  }
  for (const stop of timers) stop();
  server.close();
}

function serverOfHttp1(): Server {
  let answered = 0;
  return createServer((socket) => {
    socket.on('data', () => {
      answered += 1;
      socket.write(ANSWERS[answered % ANSWERS.length] as string);
    });
    // The client destroys its connections in the end.
    socket.on('error', () => {});
  });
}

function serverOfHttp2(): Server {
  const server = createHttp2Server((_request, response) => {
    response.setHeader('content-type', 'application/json; charset=utf-8');
    response.end('ok');
  });
  server.on('sessionError', () => {});
  return server;
}

const REQUESTS: GeneratorShare['operations'][number]['blueprints'] = [
  { method: 'POST', path: '/', headers: ['content-type', 'text/plain'], body: 'ok' },
  {
    ...{ method: 'POST', path: '/', headers: [], body: '11' },
    holes: [{ place: 'body', at: 0, digits: 2 }],
  },
  { method: 'GET', path: '/', headers: [], body: null },
];

function shareFor(engine: Engine, origin: string, durationMs: number): GeneratorShare {
  const ratePerSecond = REQUESTS_PER_SECOND[engine];
  return {
    load: { kind: 'constant-rate', ratePerSecond, durationMs, arrivals: 'constant' },
    part: { index: 0, of: 1 },
    address: { origin, socketPath: null, acceptsAnyCertificate: false, keepAlive: true },
    client: engine === 'wire' ? 'wire' : 'undici',
    ...(engine === 'http2' ? { http2: { mostStreams: 100 } } : {}),
    operations: [{ blueprints: REQUESTS, weight: 1 }],
    seed: 0,
    firstSerial: { warmup: 0, window: 0 },
    timeoutMs: 1000,
    maxConnections: 8,
    maxQueue: ratePerSecond,
    pacing: 'relaxed',
    warmup: { durationMs: 50, connections: 4, ratePerSecond },
  };
}
