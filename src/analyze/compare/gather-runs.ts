import type { ComparedRun, ComparedSide } from '../../model/results/comparison.js';
import type { JudgedReport, ReportCell } from '../../model/report/report.js';
import type { AbPair } from '../../model/results/run-record.js';
import { differencesOf } from './differences.js';

/** All runs of a side as one, and which cell is of which pair of `bench ab`. */
export interface RunSet {
  /** Of several runs: the record of the first, and the cells of all, with ids that no two share. */
  readonly report: JudgedReport;
  readonly runs: readonly ComparedRun[];
  /** By the id of the cell. */
  readonly pairs: ReadonlyMap<string, AbPair>;
}

/** Throws `RangeError` without a run. */
export function gatherRuns(reports: readonly JudgedReport[]): RunSet {
  const [first, ...others] = reports;
  if (first === undefined) throw new RangeError('a side without a run');
  const cellsOf = (report: JudgedReport, at: number): readonly ReportCell[] =>
    others.length === 0 ? report.cells : report.cells.map((cell) => named(cell, `${at + 1}/${cell.record.id}`));
  const cells = reports.map(cellsOf);
  const pairs = reports.flatMap(({ run }, at) =>
    run?.pair === undefined ? [] : (cells[at] ?? []).map(({ record }) => [record.id, run.pair] as const),
  );
  return {
    report: others.length === 0 ? first : together(first, reports, cells.flat()),
    runs: reports.map(runOf),
    pairs: new Map(pairs.flatMap(([id, pair]) => (pair === undefined ? [] : [[id, pair] as const]))),
  };
}

function named(cell: ReportCell, id: string): ReportCell {
  return { ...cell, record: { ...cell.record, id } };
}

function together(
  first: JudgedReport,
  reports: readonly JudgedReport[],
  cells: readonly ReportCell[],
): JudgedReport {
  return {
    name: `${first.name} and ${reports.length - 1} more`,
    folder: sharedFolder(reports.map(({ folder }) => folder)),
    run: first.run,
    cells,
    remarks: [
      ...reports.flatMap(({ name, remarks }) => remarks.map((remark) => `${name}: ${remark}`)),
      ...unlike(first, reports),
    ],
  };
}

function runOf({ name, folder, run }: JudgedReport): ComparedRun {
  return {
    name,
    folder,
    startedAt: run?.startedAt ?? null,
    gitCommit: run?.environment.gitCommit ?? null,
  };
}

/** The deepest folder that all are in. */
function sharedFolder(folders: readonly string[]): string {
  const [first = [], ...others] = folders.map((folder) => folder.split('/'));
  const differs = first.findIndex((part, at) => others.some((other) => other[at] !== part));
  return first.slice(0, differs === -1 ? undefined : differs).join('/') || '/';
}

/** Each run of a set may have a seed of its own: that is what repeats are for. */
const MAY_DIFFER = new Set(['seed']);

/** Runs of a side are taken for repeats of one another: what differs between them is said. */
function unlike(first: JudgedReport, reports: readonly JudgedReport[]): string[] {
  const names = reports.flatMap(({ run }) =>
    run === null || first.run === null ? [] : differencesOf(first.run, run).map(({ name }) => name),
  );
  const telling = [...new Set(names)].filter((name) => !MAY_DIFFER.has(name));
  return telling.length === 0
    ? []
    : [`These runs are taken for repeats of one another, and differ in: ${telling.join(', ')}.`];
}

export function sideOf({ report: { name, folder, run, cells, remarks }, runs }: RunSet): ComparedSide {
  return {
    name,
    folder,
    runs: [...runs],
    startedAt: run?.startedAt ?? null,
    status: run?.status ?? null,
    toolVersion: run?.tool.version ?? null,
    gitCommit: run?.environment.gitCommit ?? null,
    cells: cells.length,
    remarks: [...remarks],
  };
}
