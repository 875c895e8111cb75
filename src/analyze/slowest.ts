import { latencyFigure } from '../model/figures/latency-figures.js';
import { sizeOf } from '../model/loads/index.js';
import type { CellRecord } from '../model/results/cell-record.js';

/** Of each endpoint the cell with the highest p99, the highest first; INVALID ones only where there are no others. */
export function slowestOf(cells: readonly CellRecord[]): CellRecord[] {
  const trusted = cells.filter(({ verdict }) => verdict.state !== 'INVALID');
  const judged = trusted.length > 0 ? trusted : cells;
  const sorted = judged
    .map((cell) => ({ cell, p99Ms: latencyFigure(cell.latencyMs.response, 'p99')?.value ?? null }))
    .toSorted((a, b) => (b.p99Ms ?? 0) - (a.p99Ms ?? 0) || sizeOf(b.cell.load) - sizeOf(a.cell.load));
  const seen = new Set<string>();
  return sorted.flatMap(({ cell, p99Ms }) => {
    if (p99Ms === null || seen.has(cell.subject.id)) return [];
    seen.add(cell.subject.id);
    return [cell];
  });
}
