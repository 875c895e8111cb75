import { JsHistogram } from 'hdr-histogram-js';
import type { Spectrum, SpectrumPoint } from '../model/report/report.js';
import type { LatencyFigures } from '../model/results/operation-record.js';
import { NAMED_QUANTILES, rankOf } from '../model/report/spectrum-at.js';
import { decodeHistogram } from './distribution.js';

/**
 * The whole distribution of a latency, from its stored histograms. Ranks as the percentiles of the
 * figures do: what never ended comes last. Where that is not stored, the points end before 1.
 */
export function spectrumOf(figures: LatencyFigures, observed: string, censored?: string): Spectrum {
  const done = recordedValues(observed);
  // Nearly always empty, and as long to decode as any other.
  const open = censored === undefined || figures.censored === 0 ? NOTHING : recordedValues(censored);
  const slowestUs = done.valueUs(done.counts.length - 1);
  const count = done.total + figures.censored;
  const ranks = ranksFor(count);
  const points: SpectrumPoint[] = [];
  let reached = 0;
  let next = 0;
  for (const [part, isLowerBound] of [[done, false] as const, [open, true] as const]) {
    const isLast = isLowerBound || open.counts.length === 0;
    for (const [at, more] of part.counts.entries()) {
      reached += more;
      const isEnd = isLast && at === part.counts.length - 1;
      // Points between could not stand for those that are asked for.
      if (reached < (ranks[next] ?? Infinity) && !isEnd) continue;
      const valueUs = isLowerBound ? Math.max(part.valueUs(at), slowestUs) : part.valueUs(at);
      const valueMs = within(valueUs / 1000, figures);
      points.push({ quantile: reached / count, valueMs, count: reached, isLowerBound });
      // One value may stand for several ranks.
      while (reached >= (ranks[next] ?? Infinity)) next += 1;
    }
  }
  return { count, points };
}

/** The buckets of a histogram that hold something, in ascending order. */
interface RecordedValues {
  readonly total: number;
  readonly counts: readonly number[];
  /** The highest that a bucket stands for; worked out only where it is asked for. */
  valueUs(at: number): number;
}

const NOTHING: RecordedValues = { total: 0, counts: [], valueUs: () => 0 };

function recordedValues(encoded: string): RecordedValues {
  const histogram = decodeHistogram(encoded);
  // The library's iterator takes ten times as long: it works every empty bucket out.
  if (!(histogram instanceof JsHistogram)) throw new Error('a histogram without buckets');
  const { totalCount, countsArrayLength } = histogram;
  if (totalCount === 0) return NOTHING;
  const indexes: number[] = [];
  const counts: number[] = [];
  let left = totalCount;
  for (let index = 0; left > 0 && index < countsArrayLength; index += 1) {
    const count = histogram.getCountAtIndex(index);
    if (count === 0) continue;
    indexes.push(index);
    counts.push(count);
    left -= count;
  }
  const valueUs = (at: number): number =>
    histogram.highestEquivalentValue(histogram.valueFromIndex(indexes[at] ?? 0));
  return { total: totalCount, counts, valueUs };
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
