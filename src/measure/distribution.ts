import {
  build,
  decodeFromCompressedBase64,
  encodeIntoCompressedBase64,
  type Histogram,
} from 'hdr-histogram-js';
import type { Distribution } from '../model/generation/measurements.js';

/** One hour in microseconds; what is longer counts as one hour in the histogram, exactly in the moments. */
const LONGEST_US = 3_600_000_000;

function emptyHistogram(): Histogram {
  return build({
    bitBucketSize: 32,
    lowestDiscernibleValue: 1,
    highestTrackableValue: LONGEST_US,
    numberOfSignificantValueDigits: 3,
  });
}

/** Records microseconds into an HDR histogram (3 significant digits) and exact moments beside it. */
export class DistributionRecorder {
  private readonly histogram = emptyHistogram();
  private count = 0;
  private min = Infinity;
  private max = -Infinity;
  private mean = 0;
  private squares = 0;

  add(valueUs: number): void {
    // The histogram would take NaN for 0 without a word.
    if (!(valueUs >= 0)) throw new RangeError(`not a duration in microseconds: ${valueUs}`);
    this.histogram.recordValue(Math.min(LONGEST_US, Math.round(valueUs)));
    this.count += 1;
    if (valueUs < this.min) this.min = valueUs;
    if (valueUs > this.max) this.max = valueUs;
    // Welford: sums of squares lose their digits, this does not.
    const distance = valueUs - this.mean;
    this.mean += distance / this.count;
    this.squares += distance * (valueUs - this.mean);
  }

  snapshot(): Distribution {
    return {
      count: this.count,
      min: this.count === 0 ? null : this.min,
      max: this.count === 0 ? null : this.max,
      mean: this.mean,
      squares: this.squares,
      histogram: encodeIntoCompressedBase64(this.histogram),
    };
  }
}

export function decodeHistogram(encoded: string): Histogram {
  return decodeFromCompressedBase64(encoded, 32, false);
}

type Moments = Omit<Distribution, 'histogram'>;

/** The moments of two disjoint sets taken together (Chan, Golub and LeVeque 1979). */
export function joinMoments(a: Moments, b: Moments): Moments {
  const count = a.count + b.count;
  if (count === 0) return { count: 0, min: null, max: null, mean: 0, squares: 0 };
  const distance = b.mean - a.mean;
  return {
    count,
    min: Math.min(a.min ?? Infinity, b.min ?? Infinity),
    max: Math.max(a.max ?? -Infinity, b.max ?? -Infinity),
    mean: a.mean + (distance * b.count) / count,
    squares: a.squares + b.squares + (distance * distance * a.count * b.count) / count,
  };
}

export function mergeDistributions(parts: readonly Distribution[]): Distribution {
  const histogram = emptyHistogram();
  for (const part of parts) histogram.add(decodeHistogram(part.histogram));
  const moments = parts.reduce<Moments>(joinMoments, { count: 0, min: null, max: null, mean: 0, squares: 0 });
  return { ...moments, histogram: encodeIntoCompressedBase64(histogram) };
}
