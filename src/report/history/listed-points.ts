import { oneLine } from '../../kernel/text.js';
import { loadName } from '../../model/loads/index.js';
import type { ChangePoint, History, HistoryRun, Series } from '../../model/results/history.js';
import { shownMetric, type ShownMetric } from '../change-words.js';
import { differenceWords } from '../comparison-words.js';
import { momentOf } from '../moment-words.js';
import { shownName } from '../shown-text.js';
import { sizingText } from '../sizing-words.js';

/** All that changed with one run. */
export interface ListedRun {
  readonly run: HistoryRun;
  /** `2026-01-15 12:00 UTC`. */
  readonly when: string;
  /** `commit 1111111, 0000000 before`; where commits are not known, the name of the run. */
  readonly commit: string;
  readonly isRecent: boolean;
  /** The largest first. */
  readonly points: readonly ListedPoint[];
  /** What else differs from the run before: `Node.js: v20.1.0 → v22.1.0`. */
  readonly differences: readonly string[];
}

export interface ListedPoint extends ShownMetric {
  readonly series: Series;
  readonly point: ChangePoint;
  readonly cell: string;
}

/** Change points by the run that brought them, the newest first. */
export function listedRuns(history: History): ListedRun[] {
  const { runs, series, options } = history;
  const firstRecent = runs.length - options.recentRuns;
  return runs
    .flatMap((run, place): ListedRun[] => {
      const points = series
        .flatMap((one) => one.changes.map((point) => ({ series: one, point })))
        .filter(({ point }) => point.run === place)
        .sort((a, b) => sizeOf(b.point) - sizeOf(a.point))
        .map(({ series: one, point }) => listed(one, point));
      const [first] = points;
      if (first === undefined) return [];
      const before = runs[first.point.previousRun];
      return [
        {
          ...{ run, points, when: momentOf(run.startedAt), commit: commitWords(run, before) },
          isRecent: place >= firstRecent,
          differences: differencesAt(points),
        },
      ];
    })
    .reverse();
}

/** `get_item 1000/s, 1 worker`. */
export function cellWords(series: Series): string {
  return `${shownName(series.subject.id)} ${loadName(series.load)}, ${sizingText(series)}`;
}

function listed(series: Series, point: ChangePoint): ListedPoint {
  const { figure, title, unit, better } = series;
  const { before, after, absolute, percent } = point;
  const figureOf = (value: number): { value: number; isLowerBound: false; repeats: number } => {
    return { value, isLowerBound: false, repeats: 1 };
  };
  const metric = {
    ...{ metric: figure, title, unit, better },
    ...{ base: figureOf(before.mean), candidate: figureOf(after.mean) },
    change: { absolute, percent, bound: 'exact' as const },
  };
  return { series, point, cell: cellWords(series), ...shownMetric(metric) };
}

/** How many times as much, either way, on a scale of logarithms. */
function sizeOf({ before, after }: ChangePoint): number {
  if (before.mean <= 0 || after.mean <= 0) return before.mean === after.mean ? 0 : Infinity;
  return Math.abs(Math.log(after.mean / before.mean));
}

const COMMIT_DIGITS = 7;

function commitWords(run: HistoryRun, before: HistoryRun | undefined): string {
  const short = ({ gitCommit }: HistoryRun): string => oneLine(gitCommit ?? '').slice(0, COMMIT_DIGITS);
  if (run.gitCommit === null) return `run ${shownName(run.name)}`;
  if (before === undefined || before.gitCommit === null) return `commit ${short(run)}`;
  return before.gitCommit === run.gitCommit
    ? `commit ${short(run)}, as before`
    : `commit ${short(run)}, ${short(before)} before`;
}

/** Of all its points: where one has no value in the run before, it looks further back. */
function differencesAt(points: readonly ListedPoint[]): string[] {
  const differences = points.flatMap(({ point }) => differenceWords(point));
  return [...new Set(differences.map(({ name, base, candidate }) => `${name}: ${base} → ${candidate}`))];
}
