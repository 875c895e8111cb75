/** Of the buckets that files keep for each second: 6 to 12 % wide. */
export const BUCKETS_PER_DOUBLING = 8;

/** The lower edge of a bucket in microseconds; the first one begins at 1 µs. */
export function bucketEdgeUs(bucket: number): number {
  const within = bucket % BUCKETS_PER_DOUBLING;
  return 2 ** Math.floor(bucket / BUCKETS_PER_DOUBLING) * (1 + within / BUCKETS_PER_DOUBLING);
}

/** The bucket whose lower edge this is, as it was stored. */
export function bucketWithEdge(lowerUs: number): number {
  if (!(lowerUs > 1)) return 0;
  const doubling = Math.floor(Math.log2(lowerUs));
  // Stored edges are rounded to nanoseconds, so the nearest one is meant.
  return Math.round((doubling + lowerUs / 2 ** doubling - 1) * BUCKETS_PER_DOUBLING);
}
