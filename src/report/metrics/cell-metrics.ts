import { grouped } from '../../kernel/grouped.js';
import type { VerdictState } from '../../model/results/verdict.js';
import type { Outputs } from '../../model/figures/figure.js';
import { figuresOf } from '../../model/figures/gauge-figures.js';
import { figuresIn, type Shown } from '../../model/figures/index.js';
import type { ProcessRecord } from '../../model/results/by-process.js';
import { keepsUp } from '../../model/results/keeps-up.js';
import type { CellRecord } from '../../model/results/cell-record.js';
import { cellLabels } from './cell-labels.js';
import type { Labels, MetricFamily, MetricSample } from './exposition.js';

/** What of a finished cell is told as metrics. */
export type FinishedCell = Omit<CellRecord, 'histograms' | 'series'>;

/** A sample before it has the labels of its cell. */
type Part = readonly [value: number | null, labels?: Labels];

interface CellFamily extends Pick<MetricFamily, 'type' | 'unit' | 'help'> {
  /** Among all families. */
  readonly place: number;
  /** After the prefix. */
  readonly name: string;
  readonly read: (cell: FinishedCell) => readonly Part[];
}

/** The metrics of finished cells, a family each. */
export function cellMetrics(cells: readonly FinishedCell[]): MetricFamily[] {
  const labelled = cells.map((cell) => ({ cell, shared: cellLabels(cell) }));
  const families = [...OTHERS, ...figureFamilies(cells)].sort((a, b) => a.place - b.place);
  return families.map(({ name, type, unit, help, read }) => ({
    ...{ name: `openapi_bench_cell_${name}`, type, help },
    ...(unit === undefined ? {} : { unit }),
    samples: labelled.flatMap(({ cell, shared }) =>
      read(cell).map(([value, labels = {}]): MetricSample => ({ shared, labels, value })),
    ),
  }));
}

const VERDICTS: readonly VerdictState[] = ['VALID', 'SUSPECT', 'INVALID'];

/** What is no figure, or one of a list that each cell has of its own. */
const OTHERS: readonly CellFamily[] = [
  family('duration_seconds', 10, 'Length of the measured window.', ({ window }) => [
    [window.durationMs / 1000],
  ]),
  family('start_time_seconds', 20, 'When the window opened, since 1970.', ({ startedAt }) => [
    [Date.parse(startedAt) / 1000],
  ]),
  family(
    'keeps_up',
    50,
    '1 where the target keeps up, 0 where it does not, no sample where it is not known.',
    (cell) => {
      const kept = keepsUp(cell);
      return [[kept === null ? null : Number(kept)]];
    },
  ),
  family('ended_requests', 90, 'Planned requests by how they ended; their sum is planned_requests.', endings),
  family('answers', 100, 'Complete answers by HTTP status.', ({ statusCodes }) => by('status', statusCodes)),
  family('failures', 110, 'Network failures and failed checks by kind.', ({ failures }) =>
    by('kind', failures),
  ),
  family(
    'process_cpu_seconds',
    214,
    'CPU time of each process of the target, the busiest workers first.',
    (cell) => byProcess(cell, ({ cpuMs }) => cpuMs / 1000),
  ),
  family(
    'process_connections',
    215,
    "Connections at the target's port that each of its processes held, mean of the looks.",
    (cell) => byProcess(cell, ({ connections }) => connections?.mean ?? null),
  ),
  family('probe_cpu_seconds', 216, 'CPU time of bench for the looks of each probe.', ({ probes = {} }) =>
    Object.entries(probes).map(([probe, { cpuMs }]) => [cpuMs / 1000, { probe }]),
  ),
  family('verdict', 230, '1 for the verdict that the cell got, 0 for the others.', ({ verdict }) =>
    VERDICTS.map((state) => [verdict.state === state ? 1 : 0, { verdict: state }]),
  ),
  family('verdict_reason', 240, '1 for each reason of the verdict.', ({ verdict }) =>
    [...new Set(verdict.reasons.map(({ id }) => id))].map((reason) => [1, { reason }]),
  ),
];

/** Figures with the same name are the samples of one family. */
function figureFamilies(cells: readonly FinishedCell[]): CellFamily[] {
  const figures = figuresIn('metric', ([, place]) => place, figuresOf(cells));
  return [...grouped(figures, ({ metric: [name] }) => name)].map(([name, members]) => {
    const { place, help } = wordsOf(members.map(({ metric }) => metric));
    const isSummary = members.some(({ metric: [, , , labels] }) => labels?.['quantile'] !== undefined);
    return {
      ...family(name, place, help, (cell) => members.map((figure) => partOf(figure, cell))),
      ...(isSummary ? { type: 'summary' } : {}),
    };
  });
}

type Metric = Required<Outputs>['metric'];

function wordsOf(metrics: readonly Metric[]): { place: number; help: string } {
  const [, place = 0] = metrics[0] ?? [];
  return { place, help: metrics.map(([, , help]) => help).find((help) => help !== null) ?? '' };
}

/** A figure that is only a lower bound says so in a label, so that no query can lose it. */
function partOf({ storedOf, unit, metric: [, , , labels] }: Shown<'metric'>, cell: FinishedCell): Part {
  const figure = storedOf(cell);
  if (figure === null) return [null];
  return [
    scaled(figure.value, unit.perBase),
    { ...(figure.isLowerBound ? { bound: 'lower' } : {}), ...labels },
  ];
}

function family(name: string, place: number, help: string, read: CellFamily['read']): CellFamily {
  const unit = (['seconds', 'bytes', 'ratio'] as const).find((known) => name.endsWith(`_${known}`));
  return { name, place, type: 'gauge', ...(unit === undefined ? {} : { unit }), help, read };
}

function endings({ counts }: FinishedCell): Part[] {
  const { succeeded, failed, timedOut, dropped, unfinished } = counts;
  return by('outcome', { succeeded, failed, 'timed-out': timedOut, dropped, unfinished });
}

/** By their place, since names are not unique and ids of processes are those of one start. */
function byProcess(cell: FinishedCell, value: (one: ProcessRecord) => number | null): Part[] {
  return (cell.byProcess?.processes ?? []).map((one, at) => [
    value(one),
    { process: String(at + 1), name: one.name, worker: String(one.isWorker) },
  ]);
}

function by(label: string, counts: Readonly<Record<string, number>>): Part[] {
  return Object.entries(counts).map(([key, count]) => [count, { [label]: key }]);
}

/** Divided, without the digits that are only the division's; a billionth is more than was measured. */
function scaled(value: number, divisor: number): number {
  return divisor === 1 ? value : Number((value / divisor).toFixed(9));
}
