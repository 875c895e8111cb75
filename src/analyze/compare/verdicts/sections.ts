import type { LatencyName } from '../../../model/figures/latency-figures.js';
import type { CellRecord } from '../../../model/results/cell-record.js';
import { meanOf, varianceOf } from '../statistics/moments.js';
import type { Variance } from '../statistics/squeeze-variances.js';

/** So many pieces of time are nearly independent, and enough to tell how far they lie apart. */
const MOST_SECTIONS = 6;
const LEAST_SECTIONS = 3;

/**
 * Variance of the logarithm of a latency of one run, by the means of batches: requests that come one after the other are alike,
 * sections of the window are not. Undefined where the window is too short, or a section has no answer. Seconds have a p50
 * and a p99; what lies between them, and the mean, is taken to vary as the p99 does, which is the more.
 */
export function varianceBySections({ series }: Pick<CellRecord, 'series'>, name: LatencyName): Variance | undefined {
  const count = Math.min(MOST_SECTIONS, series.length);
  if (count < LEAST_SECTIONS) return undefined;
  const sections: number[] = [];
  for (let at = 0; at < count; at += 1) {
    const from = Math.round((at * series.length) / count);
    const to = Math.round(((at + 1) * series.length) / count);
    const logs = series
      .slice(from, to)
      .map(({ p50Ms, p99Ms }) => (name === 'p50' ? p50Ms : p99Ms))
      .flatMap((value) => (value === null || value <= 0 ? [] : [Math.log(value)]));
    if (logs.length === 0) return undefined;
    sections.push(meanOf(logs));
  }
  return { value: varianceOf(sections) / count, degreesOfFreedom: count - 1 };
}
