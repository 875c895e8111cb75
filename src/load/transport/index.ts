import type { Clock } from '../../kernel/clock.js';
import type { Endpoint, GeneratorShare } from '../../model/generator.js';
import { http2Transport } from './http2-transport.js';
import type { Keeps } from './kept-answer.js';
import { streamLayout } from './stream-layout.js';
import type { Transport } from './transport.js';
import { undiciTransport } from './undici-transport.js';
import { wireTransport } from './wire-transport.js';

export interface TransportOptions extends Endpoint {
  readonly maxConnections: number;
  /** Longest wait for a connection to open, in milliseconds. */
  readonly connectTimeoutMs: number;
  readonly clock: Clock;
  /** What of the answers is kept for checks. */
  readonly keeps?: Keeps | undefined;
}

/** Over HTTP/1.1. */
export const transports = {
  wire: wireTransport,
  undici: undiciTransport,
} satisfies Record<string, (options: TransportOptions) => Transport>;

/** What sends a share; `keeps` is what its check needs of the answers. */
export function transportOf(share: GeneratorShare, keeps: Keeps | undefined, clock: Clock): Transport {
  const { endpoint, client, http2, maxConnections, timeoutMs: connectTimeoutMs, blueprints } = share;
  const options = { ...endpoint, maxConnections, connectTimeoutMs, keeps, requests: blueprints, clock };
  if (http2 === undefined) return transports[client](options);
  return http2Transport({ ...options, layout: streamLayout(share, http2.mostStreams) });
}
