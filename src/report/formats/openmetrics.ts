import type { OutputFile, Report } from '../../model/report/report.js';
import { cellMetrics } from '../metrics/cell-metrics.js';
import { objectiveMetrics } from '../metrics/objective-metrics.js';
import { exposition, type MetricFamily } from '../metrics/exposition.js';

/**
 * The name that node_exporter's textfile collector looks for. The text holds gauges and summaries only, which
 * makes it right in both of the formats that Prometheus reads.
 */
const OPEN_METRICS_FILE = 'metrics.prom';

/** A stored run in OpenMetrics 1.0: a sample for each figure of each finished cell, without timestamps. */
export function renderOpenMetrics(report: Report): OutputFile[] {
  const { run, cells } = report;
  const families = [
    ...(run ? runMetrics(run) : []),
    ...cellMetrics(cells.map(({ record }) => record)),
    objectiveMetrics(report),
  ];
  return [{ name: OPEN_METRICS_FILE, text: exposition(families, 'openmetrics') }];
}

function runMetrics({
  tool,
  status,
  environment,
  startedAt,
  finishedAt,
}: NonNullable<Report['run']>): MetricFamily[] {
  const seconds = (at: string | null): number | null => (at === null ? null : Date.parse(at) / 1000);
  const { node, cpuModel, cores, gitCommit } = environment;
  const info = {
    ...{ version: tool.version, status, node, cpu: cpuModel, cores: String(cores) },
    ...(gitCommit === null ? {} : { commit: gitCommit }),
  };
  return [
    {
      name: 'openapi_bench_run',
      type: 'gauge',
      help: '1; the labels tell of the run and its machine.',
      samples: [{ labels: info, value: 1 }],
    },
    {
      name: 'openapi_bench_run_start_time_seconds',
      type: 'gauge',
      unit: 'seconds',
      help: 'When the run began, since 1970.',
      samples: [{ labels: {}, value: seconds(startedAt) }],
    },
    {
      name: 'openapi_bench_run_end_time_seconds',
      type: 'gauge',
      unit: 'seconds',
      help: 'When the run ended, since 1970.',
      samples: [{ labels: {}, value: seconds(finishedAt) }],
    },
  ];
}
