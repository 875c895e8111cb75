import type { Figure } from '../../model/figures/figure.js';
import type { Change, ComparedFigure } from '../../model/results/comparison.js';
import { medianFigure } from '../../model/report/median-figure.js';

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

/** The median of repeats, their number and their range; `null` when none was known. */
export function comparedFigure(figures: readonly (Figure | null)[]): ComparedFigure | null {
  const median = medianFigure(figures);
  if (median === null) return null;
  const known = figures.filter((figure) => figure !== null);
  const values = known.map(({ value }) => value);
  const isOpen = known.some(({ isLowerBound }) => isLowerBound);
  return {
    ...median,
    repeats: known.length,
    lowest: Math.min(...values),
    highest: isOpen ? null : Math.max(...values),
  };
}
