import type { LiveRun, LiveSecond } from '../../model/live/live-run.js';
import { cellLabels } from './cell-labels.js';
import { cellMetrics, type FinishedCell } from './cell-metrics.js';
import { exposition, type MetricFamily, type MetricsFormat, type MetricSample } from './exposition.js';

/** A run under way as far as it is told as metrics. */
export interface LiveMetrics {
  readonly version: string;
  readonly run: LiveRun;
  /** Of the clock that the run was followed with. */
  readonly nowMs: number;
  /** Over all cells so far. */
  readonly totals: { readonly sent: number; readonly succeeded: number; readonly failed: number };
  /** The latest ones. */
  readonly finished: readonly FinishedCell[];
}

/** The metrics of a run under way: of the run, of the cell under way, and of finished cells. */
export function liveMetrics(live: LiveMetrics, format: MetricsFormat): string {
  return exposition(
    [...runMetrics(live), ...currentMetrics(live.run), ...cellMetrics(live.finished)],
    format,
  );
}

function runMetrics({ version, run, nowMs, totals }: LiveMetrics): MetricFamily[] {
  const { plan, done, remaining } = run;
  const leftMs = remaining && Math.max(0, remaining.durationMs - (nowMs - remaining.atMs));
  return [
    gauge('run', '1; the label tells the version.', [{ labels: { version }, value: 1 }]),
    gauge('planned_cells', 'Cells of the run.', bare(plan && plan.cells)),
    gauge('finished_cells', 'Finished cells by verdict.', [
      { labels: { verdict: 'VALID' }, value: done.valid },
      { labels: { verdict: 'SUSPECT' }, value: done.suspect },
      { labels: { verdict: 'INVALID' }, value: done.invalid },
    ]),
    gauge('remaining_seconds', 'Expected time to the end of the run.', bare(leftMs && leftMs / 1000)),
    counter('sent_requests', 'Requests sent in the windows of all cells.', totals.sent),
    counter('succeeded_requests', 'Of these, requests with the expected answer.', totals.succeeded),
    counter('failed_requests', 'Requests that ended without success, of whatever kind.', totals.failed),
  ];
}

const PHASES: readonly LiveSecond['phase'][] = ['warm-up', 'window', 'drain'];

/** Of the last second of the cell under way; nothing between cells. */
function currentMetrics({ current }: LiveRun): MetricFamily[] {
  if (current === null) return [];
  const labels = cellLabels(current.cell);
  const second = current.seconds.at(-1);
  const phase = second?.phase ?? 'warm-up';
  const one = (value: number | null | undefined): MetricSample[] => [{ labels, value: value ?? null }];
  const divided = (value: number | null | undefined, divisor: number): number | null =>
    value === null || value === undefined ? null : Number((value / divisor).toFixed(9));
  const quantile = (name: string, valueMs: number | null | undefined): MetricSample => ({
    labels: { ...labels, quantile: name },
    value: divided(valueMs, 1000),
  });
  return [
    gauge(
      'current_phase',
      '1 for the phase of the cell under way.',
      PHASES.map((name) => ({ labels: { ...labels, phase: name }, value: name === phase ? 1 : 0 })),
    ),
    gauge(
      'current_target_requests_per_second',
      'Rate at which requests are due.',
      one(second?.targetRatePerSecond),
    ),
    gauge(
      'current_achieved_requests_per_second',
      'Successes in the last second.',
      one(current.ratePerSecond),
    ),
    gauge('current_failed_requests', 'Requests of the cell that ended without success.', one(current.failed)),
    {
      ...gauge('current_response_seconds', 'Response time of the answers of the last second.', [
        quantile('0.5', second?.p50Ms),
        quantile('0.99', second?.p99Ms),
      ]),
      type: 'summary',
    },
    gauge('current_in_flight_requests', 'Requests sent and not ended.', one(second?.inFlight)),
    gauge(
      'current_waiting_requests',
      'Requests that are due and wait for a connection.',
      one(second?.waiting),
    ),
    gauge('current_cpu_cores', 'CPU of the target, 1 = one core.', one(divided(second?.cpuPercent, 100))),
    gauge('current_memory_bytes', 'Sum of the resident sets of the target.', one(second?.memoryBytes)),
  ];
}

function gauge(name: string, help: string, samples: readonly MetricSample[]): MetricFamily {
  const unit = (['seconds', 'bytes'] as const).find((known) => name.endsWith(`_${known}`));
  return {
    name: `openapi_bench_${name}`,
    type: 'gauge',
    ...(unit === undefined ? {} : { unit }),
    help,
    samples,
  };
}

function counter(name: string, help: string, value: number): MetricFamily {
  return { name: `openapi_bench_${name}`, type: 'counter', help, samples: [{ labels: {}, value }] };
}

function bare(value: number | null): MetricSample[] {
  return [{ labels: {}, value }];
}
