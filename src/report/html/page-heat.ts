import { bucketEdgeUs, bucketWithEdge } from '../../model/latency-buckets.js';
import type { PageHeat } from '../../model/page-data.js';
import type { LatencyBuckets } from '../../model/report.js';
import { inGroups } from './page-series.js';
import { rounded } from './round-figures.js';

/** More columns than these are narrower than a finger is wide on most screens. */
const MOST_COLUMNS = 150;

/** The distributions of the seconds, neighbours added up where there are many; `null` when there are none. */
export function pageHeat(seconds: readonly LatencyBuckets[]): PageHeat | null {
  const used = seconds.flatMap((buckets) => buckets.map(([lowerUs]) => bucketWithEdge(lowerUs)));
  if (used.length === 0) return null;
  const lowest = used.reduce((low, bucket) => Math.min(low, bucket), Infinity);
  const highest = used.reduce((high, bucket) => Math.max(high, bucket), 0);
  const secondsPerColumn = Math.max(1, Math.ceil(seconds.length / MOST_COLUMNS));
  return {
    secondsPerColumn,
    edgesMs: Array.from({ length: highest - lowest + 2 }, (_, row) =>
      rounded(bucketEdgeUs(lowest + row) / 1000, 6),
    ),
    columns: inGroups(seconds, secondsPerColumn).map((group) => columnOf(group, lowest)),
  };
}

function columnOf(seconds: readonly LatencyBuckets[], lowest: number): number[] {
  const counts = new Map<number, number>();
  for (const [lowerUs, count] of seconds.flat()) {
    const row = bucketWithEdge(lowerUs) - lowest;
    counts.set(row, (counts.get(row) ?? 0) + count);
  }
  return [...counts].sort(([a], [b]) => a - b).flat();
}
