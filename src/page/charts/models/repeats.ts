import type { Figure } from '../../../model/figures/figure.js';
import { medianFigure } from '../../../model/report/median-figure.js';
import type { PageCell } from '../../../model/report/page-data.js';

export interface Point extends Figure {
  /** The generator was the limit, so the figure says nothing of the target. */
  readonly isInvalid: boolean;
}

/** The measurements of a metric in the repeats of a cell; what is not known is left out. */
export function pointsOf(cells: readonly PageCell[], metric: string): Point[] {
  return cells.flatMap(({ metrics, lowerBounds, verdict }) => {
    const value = metrics[metric] ?? null;
    if (value === null) return [];
    return [{ value, isLowerBound: lowerBounds.includes(metric), isInvalid: verdict === 'INVALID' }];
  });
}

/** The median of repeats; `null` without any. It is invalid when any is. */
export function medianOf(points: readonly Point[]): Point | null {
  const median = medianFigure(points);
  return median && { ...median, isInvalid: points.some(({ isInvalid }) => isInvalid) };
}
