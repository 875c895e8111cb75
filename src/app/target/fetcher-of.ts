import type { Clock } from '../../kernel/clock.js';
import { fetchOverHttp2 } from '../../load/transport/fetch-over-http2.js';
import { fetchThrough, type Fetcher } from '../../load/transport/fetch-through.js';
import type { RunConfig } from '../../model/config/run-config.js';
import { clientOf } from './choose-client.js';

/** For all requests to the target outside the load: by its client, protocol and kind of connection. */
export function fetcherOf(config: RunConfig, clock: Clock): Fetcher {
  const { connection, http2 } = config;
  return http2
    ? fetchOverHttp2(connection, clock)
    : fetchThrough({ connection, client: clientOf(config) }, clock);
}
