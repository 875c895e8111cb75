import type { Clock } from '../../kernel/clock.js';
import type { GeneratorShare } from '../../model/generation/generator.js';
import { http2Transport } from './http2-transport.js';
import type { Keeps } from './kept-answer.js';
import { streamLayout } from './stream-layout.js';
import type { Transport, TransportOptions } from './transport.js';
import { undiciTransport } from './undici-transport.js';
import { wireTransport } from './wire-transport.js';

/** Over HTTP/1.1. */
export const transports = {
  wire: wireTransport,
  undici: undiciTransport,
} satisfies Record<string, (options: TransportOptions) => Transport>;

/** What sends a share; `keeps` is what its checks need of the answers. */
export function transportOf(share: GeneratorShare, keeps: Keeps | undefined, clock: Clock): Transport {
  const { address, client, http2, maxConnections, timeoutMs, operations } = share;
  const requests = operations.flatMap(({ blueprints }) => blueprints);
  const options = { ...address, maxConnections, keeps, requests, clock };
  if (http2 === undefined) return transports[client](options);
  return http2Transport({
    ...options,
    connectTimeoutMs: timeoutMs,
    layout: streamLayout(share, http2.mostStreams),
  });
}
