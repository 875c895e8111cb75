import { loadName, sizeOf } from '../model/loads/index.js';
import type { CellRecord } from '../model/results/cell-record.js';

/** `500/s`, and what else tells the cell from others of its endpoint: `500/s, 2 workers, repeat 3`. */
export function conditionsOf({ load, workers, repeat }: CellRecord, varied: VariedConditions): string {
  return [
    loadName(load),
    ...(varied.workers ? [workers === 1 ? '1 worker' : `${workers} workers`] : []),
    ...(varied.repeats ? [`repeat ${repeat}`] : []),
  ].join(', ');
}

/** What differs between the cells of a run, so that it must be said of each. */
export interface VariedConditions {
  readonly workers: boolean;
  readonly repeats: boolean;
}

export function variedConditions(cells: readonly CellRecord[]): VariedConditions {
  return {
    workers: new Set(cells.map(({ workers }) => workers)).size > 1,
    repeats: new Set(cells.map(({ repeat }) => repeat)).size > 1,
  };
}

/** The loads of a run, each once, the lightest first. */
export function loadsOf(cells: readonly CellRecord[]): string[] {
  const loads = new Map(cells.map(({ load }) => [loadName(load), sizeOf(load)]));
  return [...loads].sort(([, a], [, b]) => a - b).map(([name]) => name);
}

export function workerCountsOf(cells: readonly CellRecord[]): number[] {
  return [...new Set(cells.map(({ workers }) => workers))].sort((a, b) => a - b);
}
