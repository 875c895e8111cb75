import type { FigureDefinition } from '../../model/figures/figure.js';
import type { CellRecord } from '../../model/results/cell-record.js';
import type { ChangePoint, History, HistoryRun, Series, SeriesState } from '../../model/results/history.js';
import { HISTORY_VERSION } from '../../model/results/history.js';
import type { RunRecord } from '../../model/results/run-record.js';
import { differencesOf, engineDifferences } from '../compare/differences.js';
import { areBeyondChance } from './beyond-chance.js';
import { cellSeries, type CellSeries } from './cell-series.js';
import { findChanges, type FoundChange } from './find-changes.js';

/** A stored run with its cells by today's rules. */
export interface RunWithCells {
  readonly name: string;
  readonly folder: string;
  readonly run: Omit<RunRecord, 'cells'>;
  readonly cells: readonly CellRecord[];
}

export interface HistoryOptions {
  readonly figures: readonly FigureDefinition[];
  readonly minMagnitudePercent: number;
  /** How many of the newest runs are recent. */
  readonly recentRuns: number;
}

const WINDOW_RUNS = 50;
const MAX_P_VALUE = 0.001;
/** A t-test of fewer is too easily fooled: see docs/history.md. */
const LEAST_RUNS = 6;
/** Of shares of successes: of 100 % to 99 % is a change that people want to know of. */
const LEAST_OF_SHARES_PERCENT = 1;

/** The trend of each figure of each cell over runs, oldest first, with its change points. */
export function findHistory(
  runs: readonly RunWithCells[],
  leftOut: History['leftOut'],
  options: HistoryOptions,
): History {
  const differencesAt = differencesBetween(runs);
  const all = cellSeries(
    runs.map(({ cells }) => cells),
    options.figures,
  );
  const firstRecent = runs.length - options.recentRuns;
  const changesOfAll = all.map((one) =>
    changesOf(one, options).map((change) => changePoint(one, change, differencesAt)),
  );
  const recent = changesOfAll.map((changes) => changes.filter(({ run }) => run >= firstRecent).at(-1));
  const areReal = areBeyondChance(
    all.map(({ values }, at) => ({ change: recent[at], length: values.length })),
  );
  const series = all.map((one, at): Series => {
    const state = stateOf(one, recent[at], areReal[at] === true);
    return { ...one, changes: changesOfAll[at] ?? [], state };
  });
  return {
    schemaVersion: HISTORY_VERSION,
    options: {
      ...{ minMagnitudePercent: options.minMagnitudePercent, maxPValue: MAX_P_VALUE },
      ...{ windowRuns: WINDOW_RUNS, recentRuns: options.recentRuns },
    },
    runs: runs.map(runOf),
    leftOut,
    series,
    outcome: outcomeOf(series),
  };
}

function changesOf({ values, unit }: CellSeries, { minMagnitudePercent }: HistoryOptions): FoundChange[] {
  if (values.length < LEAST_RUNS) return [];
  const isShare = unit === '%';
  const percent = isShare ? Math.min(minMagnitudePercent, LEAST_OF_SHARES_PERCENT) : minMagnitudePercent;
  return findChanges(
    values.map(({ value }) => value),
    { windowLength: WINDOW_RUNS, maxPValue: MAX_P_VALUE, minMagnitude: percent / 100 },
  );
}

type DifferencesAt = (before: number, after: number) => ChangePoint['differences'];

function changePoint(
  { values, better }: CellSeries,
  { index, shift: { before, after, pValue } }: FoundChange,
  differencesAt: DifferencesAt,
): ChangePoint {
  const absolute = after.mean - before.mean;
  const run = values[index]?.run ?? 0;
  const previousRun = values[index - 1]?.run ?? 0;
  return {
    ...{ run, previousRun, before, after, absolute, pValue },
    percent: before.mean === 0 ? null : (100 * absolute) / before.mean,
    verdict: verdictOf(absolute, better),
    differences: differencesAt(previousRun, run),
  };
}

function verdictOf(absolute: number, better: Series['better']): ChangePoint['verdict'] {
  if (better === null) return 'CHANGED';
  return absolute > 0 === (better === 'higher') ? 'IMPROVED' : 'REGRESSED';
}

/** Many series change with one run: what differs there is looked for once. */
function differencesBetween(runs: readonly RunWithCells[]): DifferencesAt {
  const known = new Map<string, ChangePoint['differences']>();
  return (beforeAt, afterAt) => {
    const key = `${beforeAt} ${afterAt}`;
    const [before, after] = [runs[beforeAt], runs[afterAt]];
    if (before === undefined || after === undefined) return [];
    const found = known.get(key) ?? [
      ...differencesOf(before.run, after.run),
      ...engineDifferences(before.cells, after.cells),
    ];
    known.set(key, found);
    return found;
  };
}

function stateOf({ values }: CellSeries, recent: ChangePoint | undefined, isReal: boolean): SeriesState {
  if (values.length < LEAST_RUNS) return 'INCONCLUSIVE';
  if (recent === undefined) return 'UNCHANGED';
  return isReal ? recent.verdict : 'SUSPECT';
}

function runOf({ name, folder, run, cells }: RunWithCells): HistoryRun {
  const { startedAt, status, environment, tool } = run;
  return {
    ...{ name, folder, startedAt, status },
    gitCommit: environment.gitCommit,
    toolVersion: tool.version,
    cells: cells.length,
  };
}

function outcomeOf(series: readonly Series[]): History['outcome'] {
  const count = (wanted: SeriesState): number => series.filter(({ state }) => state === wanted).length;
  const numbers = {
    regressed: count('REGRESSED'),
    improved: count('IMPROVED'),
    changed: count('CHANGED'),
    suspect: count('SUSPECT'),
    unchanged: count('UNCHANGED'),
    inconclusive: count('INCONCLUSIVE'),
  };
  const [weightiest] = BY_WEIGHT.filter((state) => count(state) > 0);
  return { state: weightiest ?? 'INCONCLUSIVE', ...numbers };
}

const BY_WEIGHT: readonly SeriesState[] = [
  'REGRESSED',
  'SUSPECT',
  'IMPROVED',
  'CHANGED',
  'UNCHANGED',
  'INCONCLUSIVE',
];
