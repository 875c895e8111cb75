import { GapErrors } from '../../src/measure/gap-errors.js';
import type { ThreadAudit } from '../../src/model/generation/measurements.js';

/** What a generator thread that had no trouble says of itself. */
export function threadAudit(changes: Partial<ThreadAudit> = {}): ThreadAudit {
  return {
    busyShare: 0.5,
    cpuMs: 10,
    memoryBytes: 60_000_000,
    gc: { pauses: 0, totalMs: 0, maxMs: 0 },
    gapErrorUs: new GapErrors().snapshot(),
    death: null,
    connectionsOpened: 4,
    connectionsOpenedInWindow: 0,
    connectionEndsInWindow: { byTarget: 0, byBench: 0, afterTimeout: 0 },
    connectionLimitReached: false,
    longestQueue: 0,
    ...changes,
  };
}
