import { highestRateOf, isSteady, loadName, loadTitle } from '../loads/index.js';
import type { CellRecord } from '../results/cell-record.js';

/** One load on one worker count: what the cells of a column have in common. */
export interface GridLoad {
  readonly key: string;
  /** `1000/s`. */
  readonly name: string;
  readonly workers: number;
  /** The highest rate of the load. */
  readonly ratePerSecond: number;
  readonly isSteady: boolean;
}

export function gridLoadOf({ load, workers }: CellRecord): GridLoad {
  return {
    key: `${workers} ${loadTitle(load)}`,
    name: loadName(load),
    workers,
    ratePerSecond: highestRateOf(load),
    isSteady: isSteady(load),
  };
}
