import type { GeneratorShare } from '../model/generation/generator.js';
import { highestRateOf, isClosedLoop } from '../model/loads/index.js';
import { streamLayout } from './transport/stream-layout.js';

/** Twice the mean: at the window's start some answers take longer than in the calm before it. */
const CONNECTION_RESERVE = 2;
/** What a fast target may need for a moment in which it does not answer, in milliseconds. */
const SHORTEST_HOLD_MS = 1;

/**
 * How many connections to open before a share's window, where its answers take `serviceMs` milliseconds. By Little's
 * law: so many requests are under way at once at this rate and service time.
 */
export function connectionsAhead(share: GeneratorShare, serviceMs: number): number {
  const { address, load, part, maxConnections, warmup, http2 } = share;
  // Users open their own, each when it starts.
  if (!address.keepAlive || isClosedLoop(load)) return 0;
  const holdMs = Math.max(SHORTEST_HOLD_MS, CONNECTION_RESERVE * serviceMs);
  const needed = Math.ceil((highestRateOf(load) / part.of / 1000) * holdMs);
  const slots = Math.max(needed, warmup.connections);
  if (http2 !== undefined) return streamLayout(share, http2.mostStreams).standing(slots);
  return Math.min(maxConnections, slots);
}
