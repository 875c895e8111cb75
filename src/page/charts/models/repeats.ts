import type { PageCell } from '../../../model/page-data.js';

export interface Point {
  readonly value: number;
  readonly isLowerBound: boolean;
}

/** The measurements of a metric in the repeats of a cell; what is not known is left out. */
export function pointsOf(cells: readonly PageCell[], metric: string): Point[] {
  return cells.flatMap(({ metrics, lowerBounds }) => {
    const value = metrics[metric] ?? null;
    return value === null ? [] : [{ value, isLowerBound: lowerBounds.includes(metric) }];
  });
}

/**
 * The middle of repeats; `null` without any. It is a lower bound when one of those at or below the
 * middle is, which might in truth lie above it.
 */
export function medianOf(points: readonly Point[]): Point | null {
  const ascending = [...points].sort((a, b) => a.value - b.value);
  const half = Math.floor(ascending.length / 2);
  const upper = ascending[half];
  if (upper === undefined) return null;
  const lower = ascending.length % 2 === 1 ? upper : (ascending[half - 1] ?? upper);
  return {
    value: (lower.value + upper.value) / 2,
    isLowerBound: ascending.slice(0, half + 1).some(({ isLowerBound }) => isLowerBound),
  };
}
