import type {
  ComparedCell,
  ComparedFigure,
  ComparedMetric,
  Comparison,
} from '../model/results/comparison.js';
import { shownMetric, type ShownMetric } from './change-words.js';
import {
  COMPARED_COLUMNS,
  metricOf,
  pairsInOrder,
  placeWords,
  type ComparedColumn,
} from './comparison-model.js';

/** A figure of a cell that has changed by more than its repeats differ. */
export interface ListedChange extends ShownMetric {
  readonly title: string;
  /** Of the figures. */
  readonly unit: string;
  /** `get_item 1000/s, 1 worker`, and what its verdict warns of. */
  readonly cell: string;
  /** Of the cell among the rows of all tables. */
  readonly position: number;
}

export interface ListedChanges {
  readonly title: 'Worse' | 'Better';
  /** Figure by figure, the largest change of each first, at most three of each. */
  readonly changes: readonly ListedChange[];
  /** Changes that are left out, as there are larger ones of their figure. */
  readonly left: number;
}

const MOST_OF_A_FIGURE = 3;

/** What has become worse, then what has become better; cells that are INVALID on a side are left out. */
export function listedChanges(comparison: Comparison): ListedChanges[] {
  const trusted = pairsInOrder(comparison)
    .map((cell, position) => ({ cell, position }))
    .filter(({ cell: { base, candidate } }) => base.verdict !== 'INVALID' && candidate.verdict !== 'INVALID');
  const sections = [
    ['Worse', 'worse'],
    ['Better', 'better'],
  ] as const;
  return sections.flatMap(([title, direction]) => {
    const byFigure = COMPARED_COLUMNS.map((column) =>
      trusted
        .map((one) => changeOf(one.cell, one.position, column))
        .filter((change) => change.isNotable && change.direction === direction)
        .sort((a, b) => (a.size === b.size ? 0 : b.size - a.size)),
    );
    const changes = byFigure.flatMap((ranked) => ranked.slice(0, MOST_OF_A_FIGURE));
    const left = byFigure.flat().length - changes.length;
    return changes.length === 0 ? [] : [{ title, changes, left }];
  });
}

function changeOf(
  cell: ComparedCell,
  position: number,
  { metric: id, listedAs, unit }: ComparedColumn,
): ListedChange & { readonly size: number; readonly isNotable: boolean } {
  const metric = metricOf(cell.metrics, id);
  return {
    ...shownMetric(metric),
    title: listedAs,
    ...{ unit, cell: cellWords(cell), position },
    size: sizeOf(metric),
    isNotable: isNotable(metric),
  };
}

/** Of one measurement on each side, and of memory, this much comes and goes by itself. */
const LEAST_PERCENT = 5;
/** So near are the medians of fast endpoints at best. */
const LEAST_MS = 0.05;
const LEAST_POINTS = 0.1;

/** How small changes are that are not listed. */
export const LEAST_WORDS = `of ${LEAST_PERCENT} % or more (latency: ${LEAST_MS} ms or more; success: ${LEAST_POINTS} points or more)`;

/** More than noise is by itself, and no repeat of one side lies among those of the other. */
function isNotable({ unit, base, candidate, change }: ComparedMetric): boolean {
  if (base === null || candidate === null || change === null) return false;
  const { absolute, percent } = change;
  const size = Math.abs(absolute);
  const isLarge =
    unit === '%'
      ? size >= LEAST_POINTS
      : Math.abs(percent ?? Infinity) >= LEAST_PERCENT && (unit !== 'ms' || size >= LEAST_MS);
  return isLarge && (absolute > 0 ? isAbove(candidate, base) : isAbove(base, candidate));
}

/** Whether all measurements of one side are above all of the other. */
function isAbove(upper: ComparedFigure, lower: ComparedFigure): boolean {
  const highest = lower.highest === undefined ? lower.value : lower.highest;
  return highest !== null && (upper.lowest ?? upper.value) > highest;
}

/** By the factor, so that half and double are as large; shares by their points. */
function sizeOf({ unit, base, candidate, change }: ComparedMetric): number {
  if (base === null || candidate === null || change === null) return 0;
  if (change.absolute === 0) return 0;
  if (unit === '%') return Math.abs(change.absolute);
  return Math.abs(Math.log(candidate.value / base.value));
}

function cellWords({ base, candidate }: ComparedCell): string {
  const isSuspect = base.verdict === 'SUSPECT' || candidate.verdict === 'SUSPECT';
  return isSuspect ? `${placeWords(base)}, SUSPECT` : placeWords(base);
}
