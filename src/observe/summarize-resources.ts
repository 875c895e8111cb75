import type { ResourceSample, ResourceSummary } from '../model/resources.js';

/** Below this a slope says nothing about a leak. */
const SHORTEST_FOR_GROWTH_MS = 60_000;

/** Of less, the ticks of 10 ms in which CPU time is counted leave nothing to be said. */
export const LEAST_SPAN_MS = 50;

/** The figures over the window; `undefined` without two looks at the target, far enough apart to tell. */
export function summarizeResources(
  samples: readonly ResourceSample[],
  cpuMs: number,
  pssBytes: ResourceSummary['pssBytes'],
): ResourceSummary | undefined {
  const first = samples[0];
  const last = samples.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const spanMs = last.elapsedMs - first.elapsedMs;
  if (spanMs < LEAST_SPAN_MS) return undefined;
  const memory = samples.map((sample) => sample.memoryBytes);
  return {
    cpuPercent: {
      mean: (100 * cpuMs) / spanMs,
      max: Math.max(...samples.slice(1).map((sample) => sample.cpuPercent)),
    },
    cpuMs,
    memoryBytes: {
      mean: memory.reduce((sum, bytes) => sum + bytes, 0) / memory.length,
      max: Math.max(...memory),
      growthPerMinute: spanMs < SHORTEST_FOR_GROWTH_MS ? null : slopePerMs(samples) * 60_000,
    },
    pssBytes,
    processes: Math.max(...samples.map((sample) => sample.processes)),
    samples,
  };
}

/** Least squares, in bytes per millisecond. */
function slopePerMs(samples: readonly ResourceSample[]): number {
  const meanOf = (value: (sample: ResourceSample) => number): number =>
    samples.reduce((sum, sample) => sum + value(sample), 0) / samples.length;
  const meanMs = meanOf((sample) => sample.elapsedMs);
  const meanBytes = meanOf((sample) => sample.memoryBytes);
  let products = 0;
  let squares = 0;
  for (const { elapsedMs, memoryBytes } of samples) {
    products += (elapsedMs - meanMs) * (memoryBytes - meanBytes);
    squares += (elapsedMs - meanMs) ** 2;
  }
  return squares === 0 ? 0 : products / squares;
}
