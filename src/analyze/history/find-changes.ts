import { Splits } from './best-split.js';
import { levelShift, magnitudeOf, type LevelShift } from './level-shift.js';

export interface ChangeSearch {
  readonly windowLength: number;
  readonly maxPValue: number;
  /** A change must be more than this, as a share: 0.05. */
  readonly minMagnitude: number;
}

/** A change point, and what was before and after it up to the next ones. */
export interface FoundChange {
  /** Of the first value after it. */
  readonly index: number;
  readonly shift: LevelShift;
}

/**
 * Change points of a series as Apache Otava 0.8 finds them (Fleming and others, "Hunter", ICPE 2023): E-divisive with a
 * t-test in windows that overlap by half, at ten times the p-value; then the weakest are taken out until all that are
 * left are significant and large enough.
 */
export function findChanges(series: readonly number[], search: ChangeSearch): FoundChange[] {
  const kept = keepStrong(weakPoints(series, search), series, search);
  // Otava may leave figures of before a neighbour was taken out.
  const indexes = kept.map(({ index }) => index);
  return indexes.map((index) => foundAt(index, indexes, series));
}

const RELAXED = 10;

function weakPoints(series: readonly number[], { windowLength, maxPValue }: ChangeSearch): FoundChange[] {
  const indexes = new Set<number>();
  const step = Math.floor(windowLength / 2);
  let start = 0;
  while (start < series.length) {
    const found = splitWindow(series.slice(start, start + windowLength), maxPValue * RELAXED);
    for (const index of found) indexes.add(start + index);
    start = Math.max(start + (found.at(-1) ?? -Infinity), start + step);
  }
  const sorted = [...indexes].sort((a, b) => a - b);
  return sorted.map((index) => foundAt(index, sorted, series));
}

/** Splits the part that can be split best, until that is not significant. */
function splitWindow(window: readonly number[], maxPValue: number): number[] {
  const splits = new Splits(window);
  let found: number[] = [];
  for (;;) {
    const edges = [0, ...found, window.length];
    const candidates = edges
      .slice(1)
      .map((end, at) => ({ start: edges[at] ?? 0, end }))
      .filter(({ start, end }) => end - start > 1)
      .map((part) => ({ ...part, ...splits.best(part.start, part.end) }));
    const [first] = candidates;
    if (first === undefined) return found;
    const { start, end, index } = firstHighest(candidates, ({ strength }) => strength) ?? first;
    const { pValue } = levelShift(window.slice(start, index), window.slice(index, end));
    // Also where it is NaN.
    if (!(pValue <= maxPValue)) return found;
    found = [...found, index].sort((a, b) => a - b);
  }
}

/** Takes out the weakest, one after the other. */
function keepStrong(
  weak: readonly FoundChange[],
  series: readonly number[],
  { maxPValue, minMagnitude }: ChangeSearch,
): readonly FoundChange[] {
  let points = weak;
  for (;;) {
    let weakest = firstHighest(points, ({ shift }) => shift.pValue);
    if (weakest === undefined) return points;
    if (weakest.shift.pValue < maxPValue) {
      weakest = firstHighest(points, ({ shift }) => -magnitudeOf(shift)) ?? weakest;
      if (magnitudeOf(weakest.shift) > minMagnitude) return points;
    }
    const out = points.indexOf(weakest);
    const left = points.filter((_, at) => at !== out);
    const indexes = left.map(({ index }) => index);
    // Otava renews the figures of the two points after the one taken out, where those beside it have changed.
    points = left.map((point, at) =>
      at === out || at === out + 1 ? foundAt(point.index, indexes, series) : point,
    );
  }
}

function foundAt(index: number, all: readonly number[], series: readonly number[]): FoundChange {
  const place = all.indexOf(index);
  const before = series.slice(all[place - 1] ?? 0, index);
  const after = series.slice(index, all[place + 1] ?? series.length);
  return { index, shift: levelShift(before, after) };
}

/** Where one is NaN as Python's `max`: it stays highest when it is the first, and is passed over elsewhere. */
function firstHighest<T>(items: readonly T[], key: (item: T) => number): T | undefined {
  let best = items[0];
  for (const item of items) if (best === undefined || key(item) > key(best)) best = item;
  return best;
}
