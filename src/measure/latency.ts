import type { Distribution, LatencySnapshot } from '../model/generation/measurements.js';
import type { LatencyFigures } from '../model/results/operation-record.js';
import { decodeHistogram, DistributionRecorder, joinMoments, mergeDistributions } from './distribution.js';

/** Durations that were observed, and those of which only the age at the end is known. */
export class LatencyRecorder {
  private readonly observed = new DistributionRecorder();
  private readonly censored = new DistributionRecorder();

  observe(valueUs: number): void {
    this.observed.add(valueUs);
  }

  /** It had lasted this long without an end. */
  censor(ageUs: number): void {
    this.censored.add(ageUs);
  }

  snapshot(): LatencySnapshot {
    return { observed: this.observed.snapshot(), censored: this.censored.snapshot() };
  }
}

export function mergeLatency(parts: readonly LatencySnapshot[]): LatencySnapshot {
  return {
    observed: mergeDistributions(parts.map((part) => part.observed)),
    censored: mergeDistributions(parts.map((part) => part.censored)),
  };
}

const QUANTILES = { p50: 0.5, p75: 0.75, p90: 0.9, p95: 0.95, p99: 0.99, p999: 0.999 } as const;

/**
 * The figures of a latency, in milliseconds. Percentiles rank observed values first and censored ones
 * last; a figure that the censored ones touch is a lower bound and is named in `lowerBounds`.
 */
export function latencyFigures({ observed, censored }: LatencySnapshot): LatencyFigures {
  const all = joinMoments(observed, censored);
  const bounds = censored.count === 0 ? [] : ['mean', 'stdev', 'max'];
  if (observed.count === 0 && censored.count > 0) bounds.push('min');
  const valueAt = rankReader({ observed, censored });
  const percentiles = Object.entries(QUANTILES).map(([name, quantile]) => {
    const rank = Math.max(1, Math.ceil(quantile * all.count));
    if (rank > observed.count && all.count > 0) bounds.push(name);
    return [name, all.count === 0 ? null : milliseconds(valueAt(rank))] as const;
  });
  return {
    ...(Object.fromEntries(percentiles) as Record<keyof typeof QUANTILES, number | null>),
    min: milliseconds(observed.count > 0 ? observed.min : censored.min),
    mean: all.count === 0 ? null : milliseconds(all.mean),
    stdev: all.count === 0 ? null : milliseconds(Math.sqrt(all.squares / all.count)),
    max: milliseconds(all.max),
    censored: censored.count,
    lowerBounds: bounds,
  };
}

/** The figures of durations that were all observed, in milliseconds. */
export function distributionFigures(observed: Distribution): LatencyFigures {
  return latencyFigures({ observed, censored: new DistributionRecorder().snapshot() });
}

/** Microseconds at a rank, 1 being the lowest. What was censored is slower than all that was observed. */
function rankReader({ observed, censored }: LatencySnapshot): (rank: number) => number {
  const done = decodeHistogram(observed.histogram);
  const open = decodeHistogram(censored.histogram);
  const slowest = observed.max ?? 0;
  return (rank) => {
    if (rank <= observed.count) {
      const value = done.getValueAtPercentile((100 * rank) / observed.count);
      return Math.max(observed.min ?? 0, Math.min(value, slowest));
    }
    const age = open.getValueAtPercentile((100 * (rank - observed.count)) / censored.count);
    return Math.max(slowest, Math.min(age, censored.max ?? 0));
  };
}

function milliseconds<T extends number | null>(valueUs: T): T extends null ? number | null : number {
  const value = valueUs === null ? null : Math.round(valueUs) / 1000;
  return value as T extends null ? number | null : number;
}
