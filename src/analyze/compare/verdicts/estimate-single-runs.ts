import { meanOf, varianceOf } from '../statistics/moments.js';
import type { RunEstimate } from '../statistics/estimate-changes.js';
import type { Variance } from '../statistics/squeeze-variances.js';

/** The logarithms of one figure on a side, and for a single run what is known of its variance. */
export interface SideValues {
  readonly logs: readonly number[];
  /** Of its sections; undefined = not known. */
  readonly withinRun: Variance | undefined;
  /** SD of the logarithm between runs, from elsewhere. */
  readonly noise: number;
}

/**
 * Where a side has one run: what it varies by within (sections) and what runs vary by beside (the noise floor), together,
 * with Welch's degrees of freedom.
 */
export function estimateSingleRuns(base: SideValues, candidate: SideValues): RunEstimate {
  const parts = [...partsOf(base), ...partsOf(candidate)];
  const variance = parts.reduce((sum, { value }) => sum + value, 0);
  const perFreedom = parts.reduce(
    (sum, { value, degreesOfFreedom }) => sum + value ** 2 / degreesOfFreedom,
    0,
  );
  return {
    change: meanOf(candidate.logs) - meanOf(base.logs),
    standardError: Math.sqrt(variance),
    degreesOfFreedom: perFreedom === 0 ? Infinity : variance ** 2 / perFreedom,
    sdOfRuns: Math.sqrt((ofOneRun(base) + ofOneRun(candidate)) / 2),
  };
}

function partsOf({ logs, withinRun, noise }: SideValues): Variance[] {
  if (logs.length > 1)
    return [{ value: varianceOf(logs) / logs.length, degreesOfFreedom: logs.length - 1 }];
  const between = { value: noise ** 2, degreesOfFreedom: Infinity };
  return withinRun === undefined ? [between] : [withinRun, between];
}

function ofOneRun({ logs, withinRun, noise }: SideValues): number {
  return logs.length > 1 ? varianceOf(logs) : noise ** 2 + (withinRun?.value ?? 0);
}
