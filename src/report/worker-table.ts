import { formatFigure } from '../kernel/format.js';
import { loadTitle } from '../model/loads/index.js';
import type { ByProcess, ProcessRecord } from '../model/results/by-process.js';
import { LEAST_IMBALANCE, unevenness } from '../model/results/uneven-workers.js';
import type { CellRecord } from '../model/results/cell-record.js';
import type { Report } from '../model/report/report.js';
import { shownName, shownText } from './shown-text.js';
import { figureOf, NOT_KNOWN, plain, type ResultTable, type TableCell } from './table-model.js';

export interface WorkerTable extends ResultTable {
  readonly notes: readonly string[];
}

type Watched = CellRecord & { readonly byProcess: ByProcess };

const MOST_ROWS = 10;

/** What each worker of the target did in cells that had several; null where no cell had. The most uneven come first. */
export function workerTable({ cells, analysis }: Pick<Report, 'cells' | 'analysis'>): WorkerTable | null {
  const watched = cells
    .map(({ record }) => record)
    .filter(
      (record): record is Watched =>
        record.byProcess !== undefined && Math.max(record.byProcess.workers, record.workers) > 1,
    );
  if (watched.length === 0) return null;
  const hasRepeats = watched.some(({ repeat }) => repeat > 1);
  const shown = watched
    .toSorted((a, b) => (b.byProcess.imbalance.cpu ?? 0) - (a.byProcess.imbalance.cpu ?? 0))
    .slice(0, MOST_ROWS);
  const part =
    shown.length < watched.length ? `, the ${MOST_ROWS} most uneven of ${watched.length} cells` : '';
  return {
    title: `What each worker did${part}`,
    columns: COLUMNS,
    rows: shown.map((cell) => rowOf(cell, hasRepeats)),
    notes: analysis.findings
      .filter(({ id }) => id === 'workers-uneven')
      .map(({ message, remedy = '' }) => shownText(`${message} What to do: ${remedy}.`)),
  };
}

const COLUMNS: ResultTable['columns'] = [
  { heading: ['Endpoint', ''] },
  { heading: ['Load', ''], holds: 'words' },
  { heading: ['Workers', ''] },
  { heading: ['Busiest', '÷ mean'] },
  { heading: ['CPU of each', '%'], holds: 'words' },
  { heading: ['Connections of each', ''], holds: 'words' },
];

function rowOf(cell: Watched, hasRepeats: boolean): TableCell[] {
  const { subject, load, repeat, workers, byProcess } = cell;
  const served =
    byProcess.workers >= workers ? String(byProcess.workers) : `${byProcess.workers} of ${workers}`;
  const imbalance = byProcess.imbalance.cpu;
  return [
    plain(shownName(subject.id)),
    plain(hasRepeats ? `${loadTitle(load)}, repeat ${repeat}` : loadTitle(load)),
    plain(served),
    { text: figureOf(imbalance), tone: unevenness(cell) === null ? 'plain' : 'warning' },
    plain(cpuOfWorkers(byProcess)),
    plain(connectionsOfWorkers(byProcess)),
  ];
}

/** `61 / 13 / 13 / 13`, in per cent of what the target used. */
export function cpuOfWorkers(byProcess: ByProcess | undefined): string {
  return ofEach(byProcess, ({ cpuShare }) => cpuShare && String(Math.round(100 * cpuShare)));
}

/** In the same order: `512 / 3 / 5 / 4`, the mean of the looks. */
export function connectionsOfWorkers(byProcess: ByProcess | undefined): string {
  return ofEach(byProcess, ({ connections }) => connections && String(Number(connections.mean.toFixed(1))));
}

const MOST_NAMED = 8;

function ofEach(
  byProcess: ByProcess | undefined,
  textOf: (one: ProcessRecord) => string | number | null,
): string {
  const workers = byProcess?.processes.filter(({ isWorker }) => isWorker) ?? [];
  if (workers.length === 0) return NOT_KNOWN;
  const named = workers.slice(0, MOST_NAMED).map((one) => textOf(one) ?? NOT_KNOWN);
  return [...named, ...(workers.length > named.length ? ['…'] : [])].join(' / ');
}

/** Of one cell, in a line: `Workers: CPU of each, % 61 / 13 · connections of each 5 / 4 · busiest ÷ mean 1.2`. */
export function workersLine({ byProcess }: CellRecord): string | undefined {
  if (byProcess === undefined || byProcess.workers < 2) return undefined;
  const { cpu, connections } = byProcess.imbalance;
  const parts = [
    `CPU of each, %: ${cpuOfWorkers(byProcess)}`,
    ...(byProcess.connectionLooks === 0 ? [] : [`connections of each: ${connectionsOfWorkers(byProcess)}`]),
    ...(cpu === null ? [] : [`busiest ÷ mean ${formatFigure(cpu)}`]),
    ...(connections === null || connections < LEAST_IMBALANCE
      ? []
      : [`of connections ${formatFigure(connections)}`]),
  ];
  return `${byProcess.workers} workers: ${parts.join(' · ')}`;
}
