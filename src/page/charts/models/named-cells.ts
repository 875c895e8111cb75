import type { PageData } from '../../../model/report/page-data.js';
import { tellingSizings } from '../../../model/results/sizing.js';
import type { LabelledCell } from './time-chart.js';

/** A cell of a run; in a comparison with its counterpart, the base first. */
export interface NamedCell {
  /** What tells it from all others: its endpoint and load; its sizing and repeat where there are several. */
  readonly name: string;
  readonly cells: readonly LabelledCell[];
}

export function namedCells({ runs }: PageData): NamedCell[] {
  const all = runs.flatMap(({ cells }) => cells);
  const told = tellingSizings(all);
  const manyRepeats = all.some(({ repeat }) => repeat > 1);
  const byName = new Map<string, LabelledCell[]>();
  for (const { label, cells } of runs) {
    for (const cell of cells) {
      const parts = [
        cell.endpoint,
        cell.load,
        told(cell, '2 w'),
        ...(manyRepeats ? [`repeat ${cell.repeat}`] : []),
      ];
      const name = parts.filter(Boolean).join(' · ');
      byName.set(name, [...(byName.get(name) ?? []), { label: runs.length > 1 ? label : '', cell }]);
    }
  }
  return [...byName].map(([name, cells]) => ({ name, cells }));
}

/** By p99; the slowest cell of each endpoint comes before all others. */
export function slowestFirst(cells: readonly NamedCell[]): NamedCell[] {
  const descending = [...cells].sort((a, b) => p99Of(b) - p99Of(a));
  const seen = new Set<string>();
  const firsts = new Set<NamedCell>();
  for (const cell of descending) {
    const endpoint = cell.cells[0]?.cell.endpoint ?? '';
    if (!seen.has(endpoint)) firsts.add(cell);
    seen.add(endpoint);
  }
  return [...firsts, ...descending.filter((cell) => !firsts.has(cell))];
}

function p99Of({ cells }: NamedCell): number {
  return Math.max(...cells.map(({ cell }) => cell.metrics['p99'] ?? 0));
}
