import type { PageCell, PageData } from '../../../model/page-data.js';

export interface NamedCell {
  /** What tells it from all others: its endpoint and load; workers, repeat and run where there are several. */
  readonly name: string;
  readonly cell: PageCell;
}

export function namedCells({ runs }: PageData): NamedCell[] {
  const all = runs.flatMap(({ cells }) => cells);
  const manyWorkers = new Set(all.map(({ workers }) => workers)).size > 1;
  const manyRepeats = all.some(({ repeat }) => repeat > 1);
  return runs.flatMap(({ label, cells }) =>
    cells.map((cell) => ({
      cell,
      name: [
        cell.endpoint,
        cell.load,
        ...(manyWorkers ? [`${cell.workers} w`] : []),
        ...(manyRepeats ? [`repeat ${cell.repeat}`] : []),
        ...(runs.length > 1 ? [label] : []),
      ].join(' · '),
    })),
  );
}

/** By p99; of each endpoint only its slowest cell comes before those of the others. */
export function slowestFirst(cells: readonly NamedCell[]): NamedCell[] {
  const descending = [...cells].sort((a, b) => p99Of(b) - p99Of(a));
  const seen = new Set<string>();
  const firsts = descending.filter(({ cell }) => !seen.has(cell.endpoint) && seen.add(cell.endpoint));
  return [...firsts, ...descending.filter((cell) => !firsts.includes(cell))];
}

function p99Of({ cell }: NamedCell): number {
  return cell.metrics['p99'] ?? 0;
}
