import { Agent, fetch, type buildConnector } from 'undici';
import type { Clock } from '../../kernel/clock.js';
import { UserError } from '../../kernel/errors.js';
import type { Endpoint } from '../../model/generator.js';
import type { Fetcher } from './fetch-through.js';
import { asHttp2, openHttp2Socket } from './http2-socket.js';
import { probeHttp2 } from './probe-http2.js';

const CONNECT_LIMIT_MS = 10_000;
const PROBE_LIMIT_MS = 2000;

/**
 * A fetch that reaches the target over HTTP/2 alone. Fails with a `UserError` as soon as the target shows that it speaks
 * another protocol.
 */
export function fetchOverHttp2(connection: Omit<Endpoint, 'origin'>, clock: Clock): Fetcher {
  const connect: buildConnector.connector = ({ protocol, host }, callback) => {
    const destination = { ...connection, origin: `${protocol}//${host ?? ''}` };
    openHttp2Socket(destination, CONNECT_LIMIT_MS, clock, (error, socket) => {
      if (socket) callback(null, asHttp2(socket));
      else callback(error ?? new Error('no connection'), null);
    });
  };
  const agent = new Agent({ pipelining: 1, pingInterval: 0, connect });
  return {
    async fetch(url, options) {
      try {
        return await fetch(url, { ...options, dispatcher: agent });
      } catch (error) {
        // What went wrong is a matter of chance: the server may answer, close, or wait. Its first bytes say more.
        const { origin } = new URL(url);
        const offer = await probeHttp2({ ...connection, origin }, PROBE_LIMIT_MS, clock);
        throw offer.kind === 'not-spoken' ? notSpoken(origin, offer.why) : error;
      }
    },
    close: () => agent.destroy(),
  };
}

function notSpoken(origin: string, why: string): UserError {
  const other = origin.startsWith('https:')
    ? 'Turn HTTP/2 on in the server'
    : 'Without TLS the server must know HTTP/2 beforehand (h2c); most speak it over https: only. Name such an address with --url';
  return new UserError('run', `${origin} does not speak HTTP/2: ${why}.`, `${other}, or leave --http2 out.`);
}
