import type { CellRecord } from '../results/cell-record.js';
import type { OperationRecord } from '../results/operation-record.js';
import type { FigureDefinition, FigureSource } from './figure.js';

/** One operation of a mixture with what figures are read from. */
export interface MixedOperation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly tags: readonly string[];
  readonly record: OperationRecord;
  readonly source: FigureSource & Required<Pick<FigureSource, 'window' | 'achievedRps'>>;
}

/** How people call the row of all operations of a mixture together, as Locust does. */
export const AGGREGATED = 'Aggregated';

/** The operations of a mixture; empty for a cell with one. */
export function operationsOf(cell: CellRecord): MixedOperation[] {
  const { subject, window, byOperation = [] } = cell;
  const { durationMs, plannedRps } = window;
  return byOperation.flatMap((record, at) => {
    const named = subject.operations[at];
    if (named === undefined) return [];
    const { id, method, path, tags = [] } = named;
    const { counts, bytes, latencyMs, achievedRps } = record;
    const planned = plannedRps === null ? null : (counts.planned * 1000) / durationMs;
    const source = { counts, bytes, latencyMs, achievedRps, window: { durationMs, plannedRps: planned } };
    return [{ id, method, path, tags, record, source }];
  });
}

/** Figures that tables of these cells show. */
export function tabulated<Figure extends FigureDefinition>(
  figures: readonly Figure[],
  cells: readonly CellRecord[],
): Figure[] {
  const hasMixture = cells.some(({ byOperation }) => byOperation !== undefined);
  return figures.filter(
    ({ ofMixtures = hasMixture, tellsOf }) =>
      ofMixtures === hasMixture && (tellsOf === undefined || cells.some(tellsOf)),
  );
}
