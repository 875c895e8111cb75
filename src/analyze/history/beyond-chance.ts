import { adjustForNumber } from '../compare/statistics/benjamini-hochberg.js';
import { studentUpper } from '../compare/statistics/student.js';
import type { ChangePoint } from '../../model/results/history.js';

/** Of what is held against the newest runs, at most this share was found by chance. */
const FALSE_DISCOVERY_RATE = 0.05;

/** The newest change point of a series; undefined = it has none among the newest runs. */
export interface Suspect {
  readonly change: Pick<ChangePoint, 'before' | 'after'> | undefined;
  /** Values in the series. */
  readonly length: number;
}

/**
 * Whether the change points of some series are more than chance, in view of how many series there are and at how many places
 * each could have changed: hundreds of figures over fifty runs have some that look significant on any day.
 */
export function areBeyondChance(suspects: readonly Suspect[]): boolean[] {
  const pValues = suspects.map(({ change, length }) =>
    change === undefined ? 1 : Math.min(1, pValueOf(change) * (length - 1)),
  );
  return adjustForNumber(pValues).map((pValue) => pValue <= FALSE_DISCOVERY_RATE);
}

/** Of Student's t-test, with deviations divided by n − 1. */
function pValueOf({ before, after }: Pick<ChangePoint, 'before' | 'after'>): number {
  const degreesOfFreedom = before.runs + after.runs - 2;
  const variance = (before.runs * before.sd ** 2 + after.runs * after.sd ** 2) / degreesOfFreedom;
  const standardError = Math.sqrt(variance * (1 / before.runs + 1 / after.runs));
  return 2 * studentUpper(Math.abs(before.mean - after.mean) / standardError, degreesOfFreedom);
}
