import { GCProfiler } from 'node:v8';
import type { Clock } from '../kernel/clock.js';

export interface GcPauses {
  readonly pauses: number;
  readonly totalMs: number;
  readonly maxMs: number;
}

/** The profiler keeps 3 kB a pause until it is read. */
const READING_PERIOD_MS = 1000;

/**
 * Counts this thread's pauses for garbage collection until the returned function is called. A profiler and
 * not a PerformanceObserver: of each pause that one tells, 3 kB stay until the next full collection.
 */
export function watchGcPauses(clock: Clock): () => GcPauses {
  const seen = { pauses: 0, totalMs: 0, maxMs: 0 };
  let profiler = startProfiler();
  const read = (): void => {
    for (const { cost: pauseUs } of profiler.stop().statistics) {
      seen.pauses += 1;
      seen.totalMs += pauseUs / 1000;
      seen.maxMs = Math.max(seen.maxMs, pauseUs / 1000);
    }
  };
  const stopReading = clock.every(READING_PERIOD_MS, () => {
    read();
    profiler = startProfiler();
  });
  return () => {
    stopReading();
    read();
    return seen;
  };
}

function startProfiler(): GCProfiler {
  const profiler = new GCProfiler();
  profiler.start();
  return profiler;
}
