import { bucketEdgeUs, bucketWithEdge } from '../../model/results/latency-buckets.js';
import type { PageHeat } from '../../model/report/page-data.js';
import type { LatencyBuckets } from '../../model/report/report.js';
import { inGroups } from './page-series.js';
import { rounded } from './round-figures.js';

/** More columns than these are narrower than a finger is wide on most screens. */
const MOST_COLUMNS = 150;

/** The distributions of the seconds, neighbours added up where there are many; `null` when there are none. */
export function pageHeat(seconds: readonly LatencyBuckets[]): PageHeat | null {
  let [lowestUs, highestUs] = [Infinity, -Infinity];
  for (const buckets of seconds) {
    for (const [lowerUs] of buckets) {
      if (lowerUs < lowestUs) lowestUs = lowerUs;
      if (lowerUs > highestUs) highestUs = lowerUs;
    }
  }
  if (lowestUs === Infinity) return null;
  const [lowest, highest] = [bucketWithEdge(lowestUs), bucketWithEdge(highestUs)];
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
  const counts: number[] = [];
  for (const buckets of seconds) {
    for (const [lowerUs, count] of buckets) {
      const row = bucketWithEdge(lowerUs) - lowest;
      counts[row] = (counts[row] ?? 0) + count;
    }
  }
  const column: number[] = [];
  // Rows without an answer are holes, which forEach leaves out.
  counts.forEach((count, row) => column.push(row, count));
  return column;
}
