import type { Level } from '../../model/results/history.js';
import { studentUpper } from '../compare/statistics/student.js';

/** Two parts of a series, one after the other. */
export interface LevelShift {
  readonly before: Level;
  readonly after: Level;
  /** Two-sided, of Student's t-test with a common variance; NaN where no value of both parts differs. */
  readonly pValue: number;
}

/** None of both may be empty. */
export function levelShift(before: readonly number[], after: readonly number[]): LevelShift {
  const levels = { before: levelOf(before), after: levelOf(after) };
  return { ...levels, pValue: pValueOf(levels.before, levels.after) };
}

/** Of the two means, the larger of the changes there and back: 1 where one is twice the other. */
export function magnitudeOf({ before, after }: LevelShift): number {
  return Math.max(Math.abs(relativeChange(before, after)), Math.abs(relativeChange(after, before)));
}

function relativeChange(from: Level, to: Level): number {
  return from.mean === 0 ? 0 : to.mean / from.mean - 1;
}

function levelOf(values: readonly number[]): Level {
  const [first = 0] = values;
  const runs = values.length;
  // Around the first value, so that equal values have exactly that mean.
  const mean = first + values.reduce((sum, value) => sum + (value - first), 0) / runs;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, sd: Math.sqrt(squares / runs), runs };
}

/** As Apache Otava does it, which takes the deviations divided by n for those divided by n − 1. */
function pValueOf(before: Level, after: Level): number {
  const degreesOfFreedom = before.runs + after.runs - 2;
  if (degreesOfFreedom === 0) return 1;
  const spread = (before.runs - 1) * before.sd ** 2 + (after.runs - 1) * after.sd ** 2;
  const standardError = Math.sqrt((spread / degreesOfFreedom) * (1 / before.runs + 1 / after.runs));
  const t = (before.mean - after.mean) / standardError;
  return Number.isNaN(t) ? t : 2 * studentUpper(Math.abs(t), degreesOfFreedom);
}
