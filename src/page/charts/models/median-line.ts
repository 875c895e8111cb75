import type { Figure } from '../../../model/figures/figure.js';
import { medianFigure } from '../../../model/report/median-figure.js';
import type { Series } from './chart-model.js';

/** Of a line at one x; `null` = not known. */
export type Value = Figure | null;

export const REPEATS_NOTE = 'Thin lines are the repeats, the thick one is their median.';

/**
 * Several measurements of one line: their median at each x, where more than half of them know it, and themselves
 * behind it. Of one measurement it is that.
 */
export function medianLine(
  lines: readonly (readonly Value[])[],
): Pick<Series, 'values' | 'bounds' | 'behind'> {
  const [first = []] = lines;
  const medians = first.map((_, at) => medianOf(lines.map((line) => line[at] ?? null)));
  return {
    values: medians.map((median) => median?.value ?? null),
    bounds: medians.map((median) => median?.isLowerBound ?? false),
    behind: lines.length < 2 ? [] : lines.map((line) => line.map((one) => one?.value ?? null)),
  };
}

function medianOf(values: readonly Value[]): Value {
  const known = values.filter((value) => value !== null);
  return 2 * known.length > values.length ? medianFigure(known) : null;
}
