import { studentQuantile } from '../compare/statistics/student.js';

/** More are not practical: an hour for a few cells. */
const MOST_REPEATS = 30;
const LEAST_REPEATS = 3;
const CONFIDENCE = 0.975;
const POWER = 0.8;

/**
 * Runs on each side with which a change is found in four of five comparisons, as `bench compare` tests it: beyond the
 * margin, at 5 % for one figure. Undefined where 30 are not enough, and where the change is not beyond the margin.
 */
export function repeatsToFind(
  sdLog: number,
  changePercent: number,
  marginPercent: number,
): number | undefined {
  const beyond = Math.log1p(changePercent / 100) - Math.log1p(marginPercent / 100);
  if (beyond <= 0) return undefined;
  for (let repeats = LEAST_REPEATS; repeats <= MOST_REPEATS; repeats += 1) {
    const degreesOfFreedom = 2 * (repeats - 1);
    const errors = studentQuantile(CONFIDENCE, degreesOfFreedom) + studentQuantile(POWER, degreesOfFreedom);
    if (errors * sdLog * Math.sqrt(2 / repeats) <= beyond) return repeats;
  }
  return undefined;
}
