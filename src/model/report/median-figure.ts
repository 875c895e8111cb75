import type { Figure } from '../figures/figure.js';

/**
 * The median of repeats; `null` when none is known. It is a lower bound when one of the figures up to the
 * middle is: that one may belong above it. One beyond the middle stays there however high it really is.
 */
export function medianFigure(figures: readonly (Figure | null)[]): Figure | null {
  // Of two equal ones the bound is the higher one, for it may be more.
  const known = figures
    .filter((figure) => figure !== null)
    .sort((a, b) => a.value - b.value || Number(a.isLowerBound) - Number(b.isLowerBound));
  const half = Math.floor(known.length / 2);
  const upper = known[half];
  const lower = known[known.length % 2 === 0 ? half - 1 : half];
  if (!upper || !lower) return null;
  return {
    value: (lower.value + upper.value) / 2,
    isLowerBound: known.slice(0, half + 1).some(({ isLowerBound }) => isLowerBound),
  };
}
