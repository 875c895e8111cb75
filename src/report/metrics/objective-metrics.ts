import type { Report } from '../../model/report/report.js';
import type { CellRecord } from '../../model/results/cell-record.js';
import type { Outcome } from '../../model/results/outcome.js';
import { cellLabels } from './cell-labels.js';
import type { Labels, MetricFamily, MetricSample } from './exposition.js';

/** Whether each objective passed in each cell; no sample where that is not decided. */
export function objectiveMetrics({ cells, analysis }: Report): MetricFamily {
  const byId = new Map(cells.map(({ record }) => [record.id, record]));
  const samples = new Map<string, MetricSample>();
  for (const { text, outcomes } of analysis.objectives) {
    for (const outcome of outcomes) {
      const cell = byId.get(outcome.cell);
      if (cell === undefined) continue;
      const labels = { ...labelsOf(cell, outcome), objective: text };
      // One that was asked for twice is one series.
      samples.set(JSON.stringify(labels), { labels, value: VALUES[outcome.state] });
    }
  }
  return {
    name: 'openapi_bench_cell_objective_passed',
    type: 'gauge',
    help: '1 where the objective passed, 0 where it failed, no sample where that is not decided.',
    samples: [...samples.values()],
  };
}

const VALUES: Readonly<Record<Outcome['state'], number | null>> = {
  passed: 1,
  failed: 0,
  undecided: null,
  invalid: null,
};

/** Of an operation of a mixture its own in place of the mixture's. */
function labelsOf(cell: CellRecord, { operation }: Outcome): Labels {
  const own = cell.subject.operations.find(({ id }) => id === operation);
  if (own === undefined) return cellLabels(cell);
  return { ...cellLabels(cell), operation: own.id, method: own.method, path: own.path };
}
