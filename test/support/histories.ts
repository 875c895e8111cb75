import {
  findHistory,
  type HistoryOptions,
  type RunWithCells,
} from '../../src/analyze/history/find-history.js';
import { figureById } from '../../src/model/figures/index.js';
import type { CellRecord } from '../../src/model/results/cell-record.js';
import type { RunRecord } from '../../src/model/results/run-record.js';
import type { History } from '../../src/model/results/history.js';
import { cell, latency } from './cells.js';
import { runRecord } from './runs.js';

/** A run a day, each with one cell, whose response time has these medians. */
export function runsOf(
  medians: readonly number[],
  cellsOf: (p50: number, run: number) => readonly CellRecord[] = (p50) => [cellOf(p50)],
): RunWithCells[] {
  return medians.map((p50, at) => {
    const startedAt = new Date(Date.UTC(2026, 0, 1 + at, 12)).toISOString();
    const run = withoutCells(runRecord({ startedAt }));
    const gitCommit = `${String(at).padStart(3, '0')}c0ffee0`;
    const name = `bench_${String(at).padStart(3, '0')}`;
    return {
      ...{ name, folder: `/runs/${name}`, cells: cellsOf(p50, at) },
      run: { ...run, environment: { ...run.environment, gitCommit } },
    };
  });
}

function withoutCells({ cells: _cells, ...run }: RunRecord): RunWithCells['run'] {
  return run;
}

export function cellOf(p50: number, changes: Parameters<typeof cell>[0] = {}): CellRecord {
  return cell({ latencyMs: { response: latency({ p50, p99: 4 * p50 }) }, ...changes });
}

/** Of a little noise that is the same each time. */
export function levelsOf(...parts: readonly (readonly [level: number, runs: number])[]): number[] {
  return parts.flatMap(([level, runs], part) =>
    Array.from({ length: runs }, (_, at) => level * (1 + 0.01 * Math.sin(7 * at + part))),
  );
}

export function historyOf(
  runs: readonly RunWithCells[],
  changes: Partial<HistoryOptions> & { readonly leftOut?: History['leftOut'] } = {},
): History {
  const { leftOut = [], ...options } = changes;
  const figures = ['p50', 'success'].map(figureById);
  return findHistory(runs, leftOut, { figures, minMagnitudePercent: 5, recentRuns: 10, ...options });
}
