import { BUCKETS_PER_DOUBLING } from '../model/results/latency-buckets.js';

/*
 * Buckets for the per-second distributions: 128 to each doubling, so 0.8 % wide, a sixteenth of them
 * grouped for storage. HDR histograms are more exact and too large to keep for each second.
 */
const PER_DOUBLING = 128;
const GROUP = PER_DOUBLING / BUCKETS_PER_DOUBLING;
/** Microseconds: 2^32 is more than an hour. */
const DOUBLINGS = 32;

export const BUCKET_COUNT = DOUBLINGS * PER_DOUBLING;

/** [bucket number, count], in ascending order. */
export type SparseCounts = [bucket: number, count: number][];

export function bucketOf(valueUs: number): number {
  if (!(valueUs > 1)) return 0;
  const doubling = Math.floor(Math.log2(valueUs));
  const within = Math.min(PER_DOUBLING - 1, Math.floor((valueUs / 2 ** doubling - 1) * PER_DOUBLING));
  return Math.min(BUCKET_COUNT - 1, doubling * PER_DOUBLING + within);
}

/** The lower edge of a bucket, in microseconds. */
export function lowerEdgeUs(bucket: number): number {
  return 2 ** Math.floor(bucket / PER_DOUBLING) * (1 + (bucket % PER_DOUBLING) / PER_DOUBLING);
}

/** The buckets that hold something. */
export function sparseCounts(counts: Uint32Array): SparseCounts {
  const pairs: SparseCounts = [];
  counts.forEach((count, bucket) => {
    if (count > 0) pairs.push([bucket, count]);
  });
  return pairs;
}

/** Adds up sparse counts by bucket. */
export function addCounts(parts: readonly SparseCounts[]): SparseCounts {
  const totals = new Map<number, number>();
  for (const [bucket, count] of parts.flat()) totals.set(bucket, (totals.get(bucket) ?? 0) + count);
  return [...totals].sort(([a], [b]) => a - b);
}

/** The middle of the bucket in which the quantile's rank falls, within 0.4 %; `null` without counts. */
export function quantileUs(counts: SparseCounts, quantile: number): number | null {
  const total = counts.reduce((sum, [, count]) => sum + count, 0);
  let rank = Math.max(1, Math.ceil(quantile * total));
  for (const [bucket, count] of counts) {
    rank -= count;
    if (rank <= 0) return (lowerEdgeUs(bucket) + lowerEdgeUs(bucket + 1)) / 2;
  }
  return null;
}

/** [lower edge in µs, count] with buckets 6 to 12 % wide, for files and charts. */
export function coarseCounts(counts: SparseCounts): [lowerUs: number, count: number][] {
  const grouped = addCounts([counts.map(([bucket, count]) => [bucket - (bucket % GROUP), count])]);
  return grouped.map(([bucket, count]) => [roundUs(lowerEdgeUs(bucket)), count]);
}

function roundUs(valueUs: number): number {
  return Math.round(valueUs * 1000) / 1000;
}
