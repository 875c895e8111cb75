import { isClosedLoop, isSteady, loadName, loadTitle, sizeOf } from '../loads/index.js';
import { inSizingOrder, sizingKey, type Sizing } from '../results/sizing.js';
import type { CellRecord } from '../results/cell-record.js';

/** One load on one sizing of the target: what the cells of a column have in common. */
export interface GridLoad extends Sizing {
  readonly key: string;
  /** `1000/s`. */
  readonly name: string;
  /** What makes it heavier than others of its kind: its highest rate, or the number of its users. */
  readonly size: number;
  /** Whether there is no rate to keep up with. */
  readonly isClosed: boolean;
  readonly isSteady: boolean;
}

/** By sizing, then from the lightest to the heaviest. */
export function sortedLoads(loads: readonly GridLoad[]): GridLoad[] {
  return inSizingOrder(loads, (a, b) => a.size - b.size);
}

/** The first load of a sizing, where the last one had another. */
export function startsSizing(load: GridLoad, loads: readonly GridLoad[]): boolean {
  return loads.find((one) => sizingKey(one) === sizingKey(load)) === load;
}

export function gridLoadOf(cell: CellRecord): GridLoad {
  const { load, workers, case: limits } = cell;
  return {
    key: `${sizingKey(cell)} ${loadTitle(load)}`,
    name: loadName(load),
    workers,
    ...(limits === undefined ? {} : { case: limits }),
    size: sizeOf(load),
    isClosed: isClosedLoop(load),
    isSteady: isSteady(load),
  };
}
