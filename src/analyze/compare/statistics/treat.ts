import { studentUpper } from './student.js';

/** A change on the scale of logarithms, and how well it is known. */
export interface Estimate {
  readonly change: number;
  readonly standardError: number;
  /** Infinity = the standard error is known. */
  readonly degreesOfFreedom: number;
}

/**
 * p-value of a change that is no larger than the margin, either way: `treat` of limma (McCarthy and Smyth, Testing
 * significance relative to a fold-change threshold is a TREAT, 2009).
 */
export function treatPValue(
  { change, standardError, degreesOfFreedom }: Estimate,
  margin: number,
): number {
  const size = Math.abs(change);
  const p =
    studentUpper((size - margin) / standardError, degreesOfFreedom) +
    studentUpper((size + margin) / standardError, degreesOfFreedom);
  return Math.min(1, p);
}
