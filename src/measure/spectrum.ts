import { JsHistogram } from 'hdr-histogram-js';
import type { Spectrum, SpectrumPoint } from '../model/report.js';
import type { LatencyFigures } from '../model/run-record.js';
import { decodeHistogram } from './distribution.js';

/** As in HdrHistogram's own percentile output, twice as many: points on each halving of the way that is left to 1. */
const POINTS_PER_HALVING = 10;

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

function pointsOf(ranked: readonly RecordedValue[], count: number, figures: LatencyFigures): SpectrumPoint[] {
  const points: SpectrumPoint[] = [];
  let reached = 0;
  let next = 0;
  for (const { valueUs, count: more, isLowerBound } of ranked) {
    const valueMs = within(valueUs / 1000, figures);
    // One value may stand for several steps of the scale, from the first request that has it on.
    const first = points.length === 0;
    reached += more;
    const quantile = reached / count;
    if (!first && quantile < next && reached < count) continue;
    points.push({ quantile, valueMs, count: reached, isLowerBound });
    next = quantile + stepAt(quantile);
  }
  return points;
}

/** How far the next point is: a tenth of the halving in which this one is. */
function stepAt(quantile: number): number {
  const halvings = Math.floor(Math.log2(1 / (1 - Math.min(quantile, 1 - Number.EPSILON))));
  return 2 ** -(halvings + 1) / POINTS_PER_HALVING;
}

/** Buckets round: no value is beyond the exact ends. */
function within(valueMs: number, { min, max }: LatencyFigures): number {
  return Math.max(min ?? 0, Math.min(valueMs, max ?? Infinity));
}
