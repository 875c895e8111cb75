import type { Spectrum, SpectrumPoint } from './report.js';

/** Every spectrum has the exact points of these. */
export const NAMED_QUANTILES = [0.5, 0.66, 0.75, 0.8, 0.9, 0.95, 0.98, 0.99, 0.999, 0.9999] as const;

/**
 * The point in which the request at this share of all lies, by the nearest rank as in `latencyMs`;
 * `undefined` without requests, or where what never ended is not known.
 */
export function spectrumAt({ count, points }: Spectrum, quantile: number): SpectrumPoint | undefined {
  const rank = rankOf(quantile, count);
  return points.find((point) => point.count >= rank);
}

/** A product that is a whole number may come out a bit above it. */
const ROUNDING = 2 ** -50;

/** The nearest rank of a quantile, 1 being the lowest. */
export function rankOf(quantile: number, count: number): number {
  const rank = quantile * count;
  return Math.max(1, Math.ceil(rank - rank * ROUNDING));
}
