import type { LatencyFigures } from '../model/results/operation-record.js';
import type { Outcomes } from '../model/generation/measurements.js';

const LEAST_SHARE = 0.999;
const MOST_LAG_MS = 1;

/** Whether the generator itself was up to a load: all released, in time, and all answers read. */
export function isHonest(outcomes: Outcomes, released: number, sendLag: LatencyFigures): boolean {
  const { planned, completedInWindow } = outcomes;
  return (
    released >= LEAST_SHARE * planned &&
    completedInWindow >= LEAST_SHARE * planned &&
    (sendLag.p99 ?? Infinity) <= MOST_LAG_MS
  );
}
