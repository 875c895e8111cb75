import type { Analysis } from '../model/report/analysis.js';
import { loadGrid } from '../model/report/load-grid.js';
import type { Objective } from '../model/results/objective.js';
import type { JudgedReport } from '../model/report/report.js';
import type { Twins } from '../model/results/twin.js';
import { judgeObjectives } from './objectives/judge-objectives.js';
import { rankSubjects } from './rank-subjects.js';
import { reachOf } from './reach.js';
import { runRules } from './run-rules/index.js';
import { slowestOf } from './slowest.js';
import { findTwins, storedTwins } from './twins/find-twins.js';
import { workerScaling } from './worker-scaling.js';

/** What the cells of a run say together, once each of them is judged; the objectives and twins are the run's own if none are given. */
export function analyzeRun(
  report: JudgedReport,
  objectives: readonly Objective[] = report.run?.objectives ?? [],
  twins: Twins = storedTwins(report.run?.config),
): Analysis {
  const records = report.cells.map(({ record }) => record);
  return {
    ranking: rankSubjects(loadGrid(report.cells)),
    scaling: workerScaling(records),
    reach: reachOf(records),
    slowest: slowestOf(records),
    objectives: judgeObjectives(objectives, records),
    twins: findTwins(twins, records),
    findings: runRules.flatMap(({ id, severity, find }) =>
      find(report).map((found) => ({ id, severity, ...found })),
    ),
  };
}
