import type { Figure } from '../../model/cell-metrics.js';
import type { Change, ComparedFigure } from '../../model/comparison.js';

/** The change between two figures; `null` when nothing can be said of it. */
export function changeBetween(base: Figure | null, candidate: Figure | null): Change | null {
  if (base === null || candidate === null) return null;
  // Either may be any amount higher than it says.
  if (base.isLowerBound && candidate.isLowerBound) return null;
  const absolute = candidate.value - base.value;
  return {
    absolute,
    percent: base.value === 0 ? null : (100 * absolute) / base.value,
    bound: boundOf(base, candidate),
  };
}

function boundOf(base: Figure, candidate: Figure): Change['bound'] {
  if (candidate.isLowerBound) return 'at-least';
  return base.isLowerBound ? 'at-most' : 'exact';
}

/** The median of the figures that are known; `null` when none is. */
export function medianOf(figures: readonly (Figure | null)[]): ComparedFigure | null {
  // Of two equal ones the bound is the higher one, for it may be more.
  const known = figures
    .filter((figure) => figure !== null)
    .sort((a, b) => a.value - b.value || Number(a.isLowerBound) - Number(b.isLowerBound));
  const upper = Math.floor(known.length / 2);
  const middle = known.slice(known.length % 2 === 0 ? upper - 1 : upper, upper + 1);
  if (middle.length === 0) return null;
  return {
    value: middle.reduce((sum, { value }) => sum + value, 0) / middle.length,
    // A bound beyond the middle stays beyond it however high it really is; one below may move it up.
    isLowerBound: known.slice(0, upper + 1).some(({ isLowerBound }) => isLowerBound),
    repeats: known.length,
  };
}
