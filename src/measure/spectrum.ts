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
  const done = recordedValues(observed);
  const open = censored === undefined ? [] : recordedValues(censored);
  const slowestUs = done.at(-1)?.valueUs ?? 0;
  const ranked = [
    ...done.map((one) => ({ ...one, isLowerBound: false })),
    ...open.map((one) => ({ ...one, valueUs: Math.max(one.valueUs, slowestUs), isLowerBound: true })),
  ];
  const count = total(done) + figures.censored;
  return { count, points: pointsOf(ranked, count, figures) };
}

interface RecordedValue {
  /** The highest that its bucket stands for. */
  readonly valueUs: number;
  readonly count: number;
}

function recordedValues(encoded: string): RecordedValue[] {
  const histogram = decodeHistogram(encoded);
  // The way that the library's own output goes through the buckets, which the interface leaves out.
  if (!(histogram instanceof JsHistogram)) throw new Error('a histogram without an iterator');
  const values: RecordedValue[] = [];
  const iterator = histogram.recordedValuesIterator;
  iterator.reset();
  while (iterator.hasNext()) {
    const { valueIteratedTo, countAtValueIteratedTo } = iterator.next();
    values.push({
      valueUs: histogram.highestEquivalentValue(valueIteratedTo),
      count: countAtValueIteratedTo,
    });
  }
  return values;
}

function total(values: readonly RecordedValue[]): number {
  return values.reduce((sum, { count }) => sum + count, 0);
}

interface RankedValue extends RecordedValue {
  readonly isLowerBound: boolean;
}

/** The value of each rank that is asked for, and the last one: points between could not stand for them. */
function pointsOf(ranked: readonly RankedValue[], count: number, figures: LatencyFigures): SpectrumPoint[] {
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
      levels.push(1 - left * (1 - step / (2 * STEPS_PER_HALVING)));
    }
  }
  return levels.map((level) => rankOf(level, count)).sort((a, b) => a - b);
}

/** Buckets round: no value is beyond the exact ends. */
function within(valueMs: number, { min, max }: LatencyFigures): number {
  return Math.max(min ?? 0, Math.min(valueMs, max ?? Infinity));
}
