import type { Clock } from '../../kernel/clock.js';
import type { Endpoint } from '../../model/generator.js';
import type { Keeps } from './kept-answer.js';
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

export const transports = {
  wire: wireTransport,
  undici: undiciTransport,
} satisfies Record<string, (options: TransportOptions) => Transport>;
