import type { Report } from '../../src/model/report.js';
import type { CellRecord } from '../../src/model/run-record.js';
import { reportCell } from './reports.js';
import { runRecord } from './runs.js';

/** A stored run with the given cells. */
export function reportOf(cells: readonly CellRecord[], changes: Partial<Report> = {}): Report {
  return {
    name: 'bench_20260115_120000',
    folder: '/runs/bench_20260115_120000',
    run: runRecord(),
    cells: cells.map((record) => reportCell(record)),
    remarks: [],
    ...changes,
  };
}
