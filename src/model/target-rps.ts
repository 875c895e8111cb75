import { plannedRps } from './plan-figures.js';
import type { CellRecord } from './run-record.js';

/** The rate that the cell was to reach: the mean of its plan. */
export function targetRps({ load, counts }: Pick<CellRecord, 'load' | 'counts'>): number {
  return plannedRps(load, counts.planned);
}
