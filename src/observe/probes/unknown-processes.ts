import type { Gauge, OpenProbe } from './probe.js';

/** For a target whose processes are unknown: it is never looked at, and says why. */
export function unknownProcesses(gauges: readonly Gauge[], why: string | null): OpenProbe {
  return {
    look: () => Promise.resolve(undefined),
    outcomes: () =>
      Object.fromEntries(gauges.map(({ id }) => [id, { why: why ?? 'its processes are unknown' }])),
  };
}
