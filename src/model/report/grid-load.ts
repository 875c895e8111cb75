import { isClosedLoop, isSteady, loadName, loadTitle, sizeOf } from '../loads/index.js';
import type { CellRecord } from '../results/cell-record.js';

/** One load on one worker count: what the cells of a column have in common. */
export interface GridLoad {
  readonly key: string;
  /** `1000/s`. */
  readonly name: string;
  readonly workers: number;
  /** What makes it heavier than others of its kind: its highest rate, or the number of its users. */
  readonly size: number;
  /** Whether there is no rate to keep up with. */
  readonly isClosed: boolean;
  readonly isSteady: boolean;
}

export function gridLoadOf({ load, workers }: CellRecord): GridLoad {
  return {
    key: `${workers} ${loadTitle(load)}`,
    name: loadName(load),
    workers,
    size: sizeOf(load),
    isClosed: isClosedLoop(load),
    isSteady: isSteady(load),
  };
}
