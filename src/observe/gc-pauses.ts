import { PerformanceObserver } from 'node:perf_hooks';

export interface GcPauses {
  readonly pauses: number;
  readonly totalMs: number;
  readonly maxMs: number;
}

/**
 * Counts this thread's pauses for garbage collection until the returned function is called. Each entry leaves
 * 4 kB behind until the next full collection; V8's GCProfiler in its place leaks megabytes when restarted.
 */
export function watchGcPauses(): () => GcPauses {
  const seen = { pauses: 0, totalMs: 0, maxMs: 0 };
  const count = (entries: readonly { duration: number }[]): void => {
    for (const { duration } of entries) {
      seen.pauses += 1;
      seen.totalMs += duration;
      seen.maxMs = Math.max(seen.maxMs, duration);
    }
  };
  const observer = new PerformanceObserver((list) => count(list.getEntries()));
  observer.observe({ entryTypes: ['gc'] });
  return () => {
    count(observer.takeRecords());
    observer.disconnect();
    return seen;
  };
}
