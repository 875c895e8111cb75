import type { LatencyName } from '../../../model/figures/latency-figures.js';
import { bucketEdgeUs, bucketWithEdge } from '../../../model/results/latency-buckets.js';
import type { LatencyBuckets } from '../../../model/report/report.js';
import { varianceOf } from '../statistics/moments.js';
import type { Variance } from '../statistics/squeeze-variances.js';

/** So many pieces of time are nearly independent, and enough to tell how far they lie apart. */
const MOST_SECTIONS = 6;
const LEAST_SECTIONS = 3;

/**
 * Variance of the mean logarithm of a latency over the time of one run, by the means of batches: requests that come one after the
 * other are alike, sections are not. Undefined where the window is too short, or has sections without an answer.
 */
export function varianceBySections(seconds: readonly LatencyBuckets[], name: LatencyName): Variance | undefined {
  const count = Math.min(MOST_SECTIONS, seconds.length);
  if (count < LEAST_SECTIONS) return undefined;
  const logs: number[] = [];
  for (let at = 0; at < count; at += 1) {
    const from = Math.round((at * seconds.length) / count);
    const to = Math.round(((at + 1) * seconds.length) / count);
    const value = latencyIn(seconds.slice(from, to).flat(), name);
    if (value === undefined) return undefined;
    logs.push(Math.log(value));
  }
  return { value: varianceOf(logs) / count, degreesOfFreedom: count - 1 };
}

const SHARES: Partial<Record<LatencyName, number>> = { p50: 0.5, p95: 0.95, p99: 0.99 };

function latencyIn(buckets: LatencyBuckets, name: LatencyName): number | undefined {
  const total = buckets.reduce((sum, [, count]) => sum + count, 0);
  if (total === 0) return undefined;
  const share = SHARES[name];
  if (share === undefined) return buckets.reduce((sum, [lower, count]) => sum + middleOf(lower) * count, 0) / total;
  return quantileOf(buckets, share * total);
}

function middleOf(lowerUs: number): number {
  return (lowerUs + bucketEdgeUs(bucketWithEdge(lowerUs) + 1)) / 2;
}

/** Evenly spread inside a bucket, which is about 10 % wide. */
function quantileOf(buckets: LatencyBuckets, rank: number): number {
  const sorted = [...buckets].sort(([a], [b]) => a - b);
  let before = 0;
  let inBucket = 0;
  for (const [at, [lower, count]] of sorted.entries()) {
    inBucket += count;
    // The same bucket of other seconds follows.
    if (sorted[at + 1]?.[0] === lower) continue;
    if (before + inBucket >= rank) {
      const upper = bucketEdgeUs(bucketWithEdge(lower) + 1);
      return lower + ((upper - lower) * (rank - before)) / inBucket;
    }
    before += inBucket;
    inBucket = 0;
  }
  throw new RangeError(`no rank ${rank} among ${before} answers`);
}
