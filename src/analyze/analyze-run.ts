import type { Analysis } from '../model/analysis.js';
import { loadGrid } from '../model/load-grid.js';
import type { JudgedReport } from '../model/report.js';
import { rankEndpoints } from './rank-endpoints.js';
import { reachOf } from './reach.js';
import { runRules } from './run-rules/index.js';
import { slowestOf } from './slowest.js';
import { workerScaling } from './worker-scaling.js';

/** What the cells of a run say together, once each of them is judged. */
export function analyzeRun(report: JudgedReport): Analysis {
  const records = report.cells.map(({ record }) => record);
  return {
    ranking: rankEndpoints(loadGrid(report.cells)),
    scaling: workerScaling(records),
    reach: reachOf(records),
    slowest: slowestOf(records),
    findings: runRules.flatMap(({ id, severity, find }) =>
      find(report).map((found) => ({ id, severity, ...found })),
    ),
  };
}
