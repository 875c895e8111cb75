import type { VerdictState } from '../../model/verdict.js';
import { keepsUp } from '../../model/keeps-up.js';
import type { CellRecord, LatencyFigures } from '../../model/run-record.js';
import { cellLabels } from './cell-labels.js';
import type { Labels, MetricFamily, MetricSample } from './exposition.js';

/** What of a finished cell is told as metrics. */
export type FinishedCell = Omit<CellRecord, 'histograms' | 'series'>;

type Read = (cell: FinishedCell) => readonly Part[];
/** A sample before it has the labels of its cell. */
type Part = readonly [value: number | null, labels?: Labels];

interface CellMetric extends Pick<MetricFamily, 'type' | 'unit' | 'help'> {
  /** After the prefix. */
  readonly name: string;
  readonly read: Read;
}

/** The metrics of finished cells, a family each. */
export function cellMetrics(cells: readonly FinishedCell[]): MetricFamily[] {
  const labelled = cells.map((cell) => ({ cell, shared: cellLabels(cell) }));
  return CELL_METRICS.map(({ name, read, ...family }) => ({
    ...family,
    name: `openapi_bench_cell_${name}`,
    samples: labelled.flatMap(({ cell, shared }) => samplesOf(cell, shared, read)),
  }));
}

function samplesOf(cell: FinishedCell, shared: Labels, read: Read): MetricSample[] {
  return read(cell).map(([value, labels = {}]) => ({ shared, labels, value }));
}

const QUANTILES = {
  min: '0.0',
  p50: '0.5',
  p75: '0.75',
  p90: '0.9',
  p95: '0.95',
  p99: '0.99',
  p999: '0.999',
  max: '1.0',
} as const satisfies Partial<Record<keyof LatencyFigures, string>>;
const VERDICTS: readonly VerdictState[] = ['VALID', 'SUSPECT', 'INVALID'];

const CELL_METRICS: readonly CellMetric[] = [
  gauge('duration_seconds', 'Length of the measured window.', ({ window }) => [[window.durationMs / 1000]]),
  gauge('start_time_seconds', 'When the window opened, since 1970.', ({ startedAt }) => [
    [Date.parse(startedAt) / 1000],
  ]),
  gauge('target_requests_per_second', 'Planned requests / length of the window.', ({ window }) =>
    window.plannedRps === null ? [] : [[window.plannedRps]],
  ),
  gauge(
    'achieved_requests_per_second',
    'Successes / length of the window; less of them where the target does not keep up.',
    ({ achievedRps }) => [[achievedRps]],
  ),
  gauge(
    'keeps_up',
    '1 where the target keeps up, 0 where it does not, no sample where it is not known.',
    (cell) => {
      const kept = keepsUp(cell);
      return [[kept === null ? null : Number(kept)]];
    },
  ),
  gauge('success_ratio', 'Succeeded / planned requests.', ({ successRate }) => [[successRate]]),
  gauge('planned_requests', 'Requests that were due in the window.', ({ counts }) => [[counts.planned]]),
  gauge('sent_requests', 'Requests that were handed to an open connection.', ({ counts }) => [[counts.sent]]),
  gauge('ended_requests', 'Planned requests by how they ended; their sum is planned_requests.', endings),
  gauge('answers', 'Complete answers by HTTP status.', ({ statusCodes }) => by('status', statusCodes)),
  gauge('failures', 'Network failures and failed checks by kind.', ({ failures }) => by('kind', failures)),
  gauge('received_bytes', 'Bodies of the answers.', ({ bytes }) => [[bytes.received]]),
  gauge('sent_bytes', 'Bodies of the requests.', ({ bytes }) => [[bytes.sent]]),
  ...latencyMetrics('response', 'Response time: from due to the last byte, all planned requests ranked'),
  ...latencyMetrics('service', 'Service time: from sent to the last byte'),
  ...latencyMetrics('sendLag', "Send lag: from due to released, the generator's own lateness"),
  ...latencyMetrics('queueWait', 'Queue wait: from released to sent, the wait for a free connection'),
  gauge(
    'unended_requests',
    'Requests of whose response time only a lower bound is known.',
    ({ latencyMs }) => [[latencyMs.response.censored]],
  ),
  gauge('cpu_cores', 'CPU of the process tree of the target, 1 = one core.', ({ resources }) =>
    meanAndMax(resources?.cpuPercent, 100),
  ),
  gauge('request_cpu_seconds', 'CPU time of the target for each answer.', ({ resources }) => [
    [scaled(resources?.cpuMsPerRequest, 1000)],
  ]),
  gauge('memory_bytes', 'Sum of the resident sets of the process tree of the target.', ({ resources }) =>
    meanAndMax(resources?.memoryBytes, 1),
  ),
  gauge(
    'memory_pss_bytes',
    'Sum of the proportional set sizes: a page that n processes share counts once.',
    ({ resources }) => meanAndMax(resources?.pssBytes ?? undefined, 1),
  ),
  gauge('memory_growth_bytes_per_second', 'Slope of the memory over the window.', ({ resources }) => [
    [scaled(resources?.memoryBytes.growthPerMinute, 60)],
  ]),
  gauge('generator_busy_ratio', 'Work of the busiest generator thread in the window.', ({ generator }) => [
    [generator.busyShare],
  ]),
  gauge('verdict', '1 for the verdict that the cell got, 0 for the others.', ({ verdict }) =>
    VERDICTS.map((state) => [verdict.state === state ? 1 : 0, { verdict: state }]),
  ),
  gauge('verdict_reason', '1 for each reason of the verdict.', ({ verdict }) =>
    [...new Set(verdict.reasons.map(({ id }) => id))].map((reason) => [1, { reason }]),
  ),
];

function gauge(name: string, help: string, read: Read): CellMetric {
  const unit = (['seconds', 'bytes', 'ratio'] as const).find((known) => name.endsWith(`_${known}`));
  return { name, type: 'gauge', ...(unit === undefined ? {} : { unit }), help, read };
}

/** A figure that is only a lower bound says so in a label, so that no query can lose it. */
function latencyMetrics(stamp: keyof Omit<CellRecord['latencyMs'], 'succeeded'>, help: string): CellMetric[] {
  const name = stamp.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  const figure = (figures: LatencyFigures, key: Exclude<keyof LatencyFigures, 'lowerBounds'>): Part => [
    scaled(figures[key], 1000),
    figures.lowerBounds.includes(key) ? { bound: 'lower' } : {},
  ];
  const quantiles: Read = ({ latencyMs }) =>
    (Object.keys(QUANTILES) as (keyof typeof QUANTILES)[]).map((key) => {
      const [value, labels] = figure(latencyMs[stamp], key);
      return [value, { ...labels, quantile: QUANTILES[key] }];
    });
  return [
    { name: `${name}_seconds`, type: 'summary', unit: 'seconds', help: `${help}.`, read: quantiles },
    gauge(`${name}_mean_seconds`, `Mean. ${help}.`, ({ latencyMs }) => [figure(latencyMs[stamp], 'mean')]),
    gauge(`${name}_stdev_seconds`, `Standard deviation. ${help}.`, ({ latencyMs }) => [
      figure(latencyMs[stamp], 'stdev'),
    ]),
  ];
}

function endings({ counts }: FinishedCell): Part[] {
  const { succeeded, failed, timedOut, dropped, unfinished } = counts;
  return by('outcome', { succeeded, failed, 'timed-out': timedOut, dropped, unfinished });
}

function by(label: string, counts: Readonly<Record<string, number>>): Part[] {
  return Object.entries(counts).map(([key, count]) => [count, { [label]: key }]);
}

function meanAndMax(
  figures: { readonly mean: number; readonly max: number } | undefined,
  divisor: number,
): Part[] {
  if (figures === undefined) return [];
  return [
    [scaled(figures.mean, divisor), { stat: 'mean' }],
    [scaled(figures.max, divisor), { stat: 'max' }],
  ];
}

/** Divided, without the digits that are only the division's; a billionth is more than was measured. */
function scaled(value: number | null | undefined, divisor: number): number | null {
  return value === null || value === undefined ? null : Number((value / divisor).toFixed(9));
}
