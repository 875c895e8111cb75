import { JsHistogram } from 'hdr-histogram-js';
import type { Spectrum, SpectrumPoint } from '../model/report.js';
import type { LatencyFigures } from '../model/run-record.js';
import { NAMED_QUANTILES, rankOf } from '../model/spectrum-at.js';
import { decodeHistogram } from './distribution.js';

/**
 * The whole distribution of a latency, from its stored histograms. Ranks as the percentiles of the
 * figures do: what never ended comes last. Where that is not stored, the points end before 1.
 */
export function spectrumOf(figures: LatencyFigures, observed: string, censored?: string): Spectrum {
  const done = recordedValues(observed, false);
  const open = censored === undefined ? [] : recordedValues(censored, true);
  const slowestUs = done.at(-1)?.valueUs ?? 0;
  const ranked = [...done, ...open.map((one) => ({ ...one, valueUs: Math.max(one.valueUs, slowestUs) }))];
  const count = total(done) + figures.censored;
  return { count, points: pointsOf(ranked, count, figures) };
}

interface RecordedValue {
  /** The highest that its bucket stands for. */
  readonly valueUs: number;
  readonly count: number;
  readonly isLowerBound: boolean;
}

function recordedValues(encoded: string, isLowerBound: boolean): RecordedValue[] {
  const histogram = decodeHistogram(encoded);
  // The library's iterator takes ten times as long: it works every empty bucket out.
  if (!(histogram instanceof JsHistogram)) throw new Error('a histogram without buckets');
  const values: RecordedValue[] = [];
  let left = histogram.totalCount;
  for (let at = 0; left > 0 && at < histogram.countsArrayLength; at += 1) {
    const count = histogram.getCountAtIndex(at);
    if (count === 0) continue;
    values.push({
      valueUs: histogram.highestEquivalentValue(histogram.valueFromIndex(at)),
      count,
      isLowerBound,
    });
    left -= count;
  }
  return values;
}

function total(values: readonly RecordedValue[]): number {
  return values.reduce((sum, { count }) => sum + count, 0);
}

/** The value of each rank that is asked for, and the last one: points between could not stand for them. */
function pointsOf(ranked: readonly RecordedValue[], count: number, figures: LatencyFigures): SpectrumPoint[] {
  const points: SpectrumPoint[] = [];
  const ranks = ranksFor(count);
  let reached = 0;
  let next = 0;
  for (const [at, { valueUs, count: more, isLowerBound }] of ranked.entries()) {
    reached += more;
    const isAsked = reached >= (ranks[next] ?? Infinity);
    if (!isAsked && at < ranked.length - 1) continue;
    points.push({
      quantile: reached / count,
      valueMs: within(valueUs / 1000, figures),
      count: reached,
      isLowerBound,
    });
    // One value may stand for several ranks.
    while (reached >= (ranks[next] ?? Infinity)) next += 1;
  }
  return points;
}

/** Twice as many as in HdrHistogram's own percentile output: steps on each halving of the way that is left to 1. */
const STEPS_PER_HALVING = 10;

/** Ranks of the steps of percentile plots and of the percentiles with a name, as far as so many requests tell them apart. */
function ranksFor(count: number): number[] {
  const levels: number[] = [...NAMED_QUANTILES];
  for (let left = 1; left * count >= 0.5; left /= 2) {
    for (let step = 0; step < STEPS_PER_HALVING; step += 1) {
      levels.push((100 - left * (100 - (50 * step) / STEPS_PER_HALVING)) / 100);
    }
  }
  return levels.map((level) => rankOf(level, count)).sort((a, b) => a - b);
}

/** Buckets round: no value is beyond the exact ends. */
function within(valueMs: number, { min, max }: LatencyFigures): number {
  return Math.max(min ?? 0, Math.min(valueMs, max ?? Infinity));
}
