import type { CellRecord } from './cell-record.js';

/** From here on the load is called uneven: with four workers one that does 38 % of the work. */
export const LEAST_IMBALANCE = 1.5;
/** A busiest worker with less of a core than this is far from its limit, however little the others do. */
const LEAST_CORE_SHARE = 0.3;

/** The busiest worker ÷ the mean where that matters; null where it does not, or is not known. */
export function unevenness({ byProcess, window }: Pick<CellRecord, 'byProcess' | 'window'>): number | null {
  const imbalance = byProcess?.imbalance.cpu ?? null;
  const workers = byProcess?.processes.filter(({ isWorker }) => isWorker) ?? [];
  const busiestMs = Math.max(0, ...workers.map(({ cpuMs }) => cpuMs));
  if (imbalance === null || imbalance < LEAST_IMBALANCE) return null;
  return busiestMs < LEAST_CORE_SHARE * window.durationMs ? null : imbalance;
}
