import { loadName, sizeOf } from '../model/loads/index.js';
import { caseKey, type Sizing } from '../model/results/sizing.js';
import type { CellRecord } from '../model/results/cell-record.js';
import { tellingText } from './sizing-words.js';

/** `500/s`, and what else tells the cell from others of its endpoint: `500/s, 2 workers, repeat 3`. */
export function conditionsOf(cell: CellRecord, varied: VariedConditions): string {
  const told = varied.sizingOf(cell);
  return [
    loadName(cell.load),
    ...(told === '' ? [] : [told]),
    ...(varied.repeats ? [`repeat ${cell.repeat}`] : []),
  ].join(', ');
}

/** What differs between the cells of a run, so that it must be said of each. */
export interface VariedConditions {
  readonly workers: boolean;
  readonly cases: boolean;
  /** `2 workers, half a core`, as far as they differ; empty where they do not. */
  readonly sizingOf: (one: Sizing) => string;
  readonly repeats: boolean;
}

export function variedConditions(cells: readonly CellRecord[]): VariedConditions {
  return {
    workers: new Set(cells.map(({ workers }) => workers)).size > 1,
    cases: new Set(cells.map(caseKey)).size > 1,
    sizingOf: tellingText(cells),
    repeats: new Set(cells.map(({ repeat }) => repeat)).size > 1,
  };
}

/** The loads of a run, each once, the lightest first. */
export function loadsOf(cells: readonly CellRecord[]): string[] {
  const loads = new Map(cells.map(({ load }) => [loadName(load), sizeOf(load)]));
  return [...loads].sort(([, a], [, b]) => a - b).map(([name]) => name);
}

/** The names of the resource cases of a run, each once, in the order in which they were measured. */
export function caseNamesOf(cells: readonly CellRecord[]): string[] {
  return [...new Set(cells.flatMap(({ case: limits }) => limits?.name ?? []))];
}

export function workerCountsOf(cells: readonly CellRecord[]): number[] {
  return [...new Set(cells.map(({ workers }) => workers))].sort((a, b) => a - b);
}
