import type { Clock } from '../../kernel/clock.js';
import { UserError } from '../../kernel/errors.js';
import type { Address } from '../../model/generation/generator.js';
import { fetchThrough, type Fetcher } from './fetch-through.js';
import { detectHttp2 } from './detect-http2.js';

const DETECT_LIMIT_MS = 2000;

/**
 * A fetch that reaches the target over HTTP/2 alone. Fails with a `UserError` as soon as the target shows that it speaks
 * another protocol.
 */
export function fetchOverHttp2(connection: Omit<Address, 'origin'>, clock: Clock): Fetcher {
  const fetcher = fetchThrough({ connection, client: 'http2' }, clock);
  return {
    async fetch(url, options) {
      try {
        return await fetcher.fetch(url, options);
      } catch (error) {
        // What went wrong is a matter of chance: the server may answer, close, or wait. Its first bytes say more.
        const { origin } = new URL(url);
        const offer = await detectHttp2({ ...connection, origin }, DETECT_LIMIT_MS, clock);
        throw offer.kind === 'not-spoken' ? notSpoken(origin, offer.why) : error;
      }
    },
    close: () => fetcher.close(),
  };
}

function notSpoken(origin: string, why: string): UserError {
  const other = origin.startsWith('https:')
    ? 'Turn HTTP/2 on in the server'
    : 'Without TLS the server must know HTTP/2 beforehand (h2c); most speak it over https: only. Name such an address with --url';
  return new UserError('run', `${origin} does not speak HTTP/2: ${why}.`, `${other}, or leave --http2 out.`);
}
