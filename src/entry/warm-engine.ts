import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { deserialize, serialize } from 'node:v8';
import type { Alarm } from '../load/pacers/alarm.js';
import { generatorShareSchema, type GeneratorShare } from '../model/generator.js';
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
const REQUESTS_PER_SECOND = 12_000;
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
export async function warmEngine(alarm: Alarm, client: GeneratorShare['client']): Promise<void> {
  let answered = 0;
  const server = createServer((socket) => {
    socket.on('data', () => {
      answered += 1;
      socket.write(ANSWERS[answered % ANSWERS.length] as string);
    });
    // The client destroys its connections in the end.
    socket.on('error', () => {});
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const timers = TIMER_PERIODS_MS.map((periodMs) => clock.every(periodMs, () => {}));
  for (const { pacing, durationMs } of ROUNDS) {
    const told = { ...shareFor(`http://127.0.0.1:${port}`, durationMs), client, pacing };
    // Sent and parsed as those of the harness are: objects of another making are others to V8.
    const share = generatorShareSchema.parse(deserialize(serialize(told)));
    const start = Promise.resolve(clock.nowUs());
    await generate(share, () => {}, { signal: new AbortController().signal, start, alarm });
  }
  for (const stop of timers) stop();
  server.close();
}

function shareFor(origin: string, durationMs: number): GeneratorShare {
  return {
    plan: { kind: 'constant-rate', ratePerSecond: REQUESTS_PER_SECOND, durationMs, arrivals: 'constant' },
    part: { index: 0, of: 1 },
    endpoint: { origin, socketPath: null, acceptsAnyCertificate: false, keepAlive: true },
    client: 'wire',
    blueprints: [
      { method: 'POST', path: '/', headers: ['content-type', 'text/plain'], body: 'ok' },
      { method: 'GET', path: '/', headers: [], body: null },
    ],
    timeoutMs: 1000,
    maxConnections: 8,
    maxQueue: REQUESTS_PER_SECOND,
    pacing: 'relaxed',
    warmup: { durationMs: 50, connections: 4, ratePerSecond: REQUESTS_PER_SECOND },
  };
}
