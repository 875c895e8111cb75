import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import type { Alarm } from '../load/pacers/alarm.js';
import type { GeneratorShare } from '../model/generator.js';
import { systemClock as clock } from '../kernel/clock.js';
import { generate } from './generate.js';

const ANSWER = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok';
/** Some functions are compiled only after a thousand calls and more. */
const REQUESTS_PER_SECOND = 4000;
const DURATION_MS = 1000;

/**
 * Drives load against a server that does nothing, in this thread, so that the first measured second does
 * not pay for the compilation of the hot path: a cold engine lags by milliseconds.
 */
export async function warmEngine(alarm: Alarm, client: GeneratorShare['client']): Promise<void> {
  const server = createServer((socket) => {
    socket.on('data', () => socket.write(ANSWER));
    // The client destroys its connections in the end.
    socket.on('error', () => {});
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const start = Promise.resolve(clock.nowUs());
  const share = shareFor(`http://127.0.0.1:${port}`, client);
  await generate(share, () => {}, { signal: new AbortController().signal, start, alarm });
  server.close();
}

function shareFor(origin: string, client: GeneratorShare['client']): GeneratorShare {
  return {
    plan: {
      kind: 'constant-rate',
      ratePerSecond: REQUESTS_PER_SECOND,
      durationMs: DURATION_MS,
      arrivals: 'constant',
    },
    part: { index: 0, of: 1 },
    endpoint: { origin, socketPath: null, acceptsAnyCertificate: false, keepAlive: true },
    client,
    blueprints: [{ method: 'POST', path: '/', headers: ['content-type', 'text/plain'], body: 'ok' }],
    timeoutMs: 1000,
    maxConnections: 8,
    maxQueue: REQUESTS_PER_SECOND,
    pacing: 'relaxed',
    warmup: { durationMs: 0, connections: 1, ratePerSecond: 1 },
  };
}
