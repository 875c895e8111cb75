import { Agent, fetch } from 'undici';
import type { Fetch } from '../../model/fetch.js';
import type { Endpoint } from '../../model/generator.js';

export interface Fetcher {
  readonly fetch: Fetch;
  close(): Promise<void>;
}

/**
 * A fetch that reaches the target as the load does, which the global one cannot: over a Unix socket, past
 * a certificate that nobody vouches for, without keeping connections. Not for other hosts.
 */
export function fetchThrough(connection: Omit<Endpoint, 'origin'>): Fetcher {
  const agent = new Agent({
    // undici's way to say: a connection for each request.
    pipelining: connection.keepAlive ? 1 : 0,
    connect: {
      rejectUnauthorized: !connection.acceptsAnyCertificate,
      ...(connection.socketPath === null ? {} : { socketPath: connection.socketPath }),
    },
  });
  return {
    fetch: (url, options) => fetch(url, { ...options, dispatcher: agent }),
    close: () => agent.destroy(),
  };
}
