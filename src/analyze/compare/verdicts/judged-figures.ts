import type { LatencyName } from '../../../model/figures/latency-figures.js';
import type { JudgedChange } from '../../../model/results/comparison.js';
import { LEAST_FOR_P99 } from '../../../model/results/verdict.js';

/** A figure that is judged by its values in whole runs; id, unit and title are those of the list of figures. */
export interface JudgedFigure {
  readonly id: string;
  readonly family: JudgedChange['family'];
  /** A change of less is none. */
  readonly marginPercent: number;
  /** Of a response time. */
  readonly latency?: LatencyName;
  /** Independent samples that a 95 % interval of the percentile needs. */
  readonly leastPlanned?: number;
}

/** As `LEAST_FOR_P99`, by ln 0.025 / ln 0.95. */
const LEAST_FOR_P95 = 72;

/**
 * Only p50 and p99 decide on a cell, beside success and keeping up: each further figure that could would cost all of them
 * power. Memory is given in larger steps, and tails vary more.
 */
export const JUDGED_FIGURES: readonly JudgedFigure[] = [
  { id: 'p50', family: 'primary', marginPercent: 5, latency: 'p50' },
  { id: 'p99', family: 'primary', marginPercent: 10, latency: 'p99', leastPlanned: LEAST_FOR_P99 },
  { id: 'p95', family: 'exploratory', marginPercent: 10, latency: 'p95', leastPlanned: LEAST_FOR_P95 },
  { id: 'mean', family: 'exploratory', marginPercent: 5, latency: 'mean' },
  { id: 'achieved', family: 'exploratory', marginPercent: 5 },
  { id: 'cpu-per-request', family: 'exploratory', marginPercent: 5 },
  { id: 'memory', family: 'exploratory', marginPercent: 10 },
];

/** Points of the success rate; a change of less is none. */
export const SUCCESS_MARGIN_POINTS = 0.1;
