import type { GaugeSample } from '../../model/results/gauges.js';
import type { Outcome } from './probe.js';

/** Below this a slope says nothing about a leak. */
const SHORTEST_FOR_GROWTH_MS = 60_000;

/** One value of a gauge. */
export interface Point {
  readonly elapsedMs: number;
  readonly value: number;
}

/** The values of one gauge in the looks that knew it. */
export function pointsOf(samples: readonly GaugeSample[], id: string): Point[] {
  return samples.flatMap(({ elapsedMs, values }) => {
    const value = values[id];
    return value === undefined ? [] : [{ elapsedMs, value }];
  });
}

/** What a quantity came to that stands at some level at any time: memory, connections. */
export function levelOutcome(points: readonly Point[]): Outcome {
  const first = points[0];
  const last = points.at(-1);
  if (first === undefined || last === undefined) return { why: 'no look has found it' };
  const values = points.map(({ value }) => value);
  return {
    mean: values.reduce((sum, value) => sum + value, 0) / values.length,
    max: Math.max(...values),
    growthPerMinute:
      last.elapsedMs - first.elapsedMs < SHORTEST_FOR_GROWTH_MS ? null : slopePerMs(points) * 60_000,
    samples: values.length,
  };
}

/** Least squares. */
function slopePerMs(points: readonly Point[]): number {
  const meanOf = (of: (point: Point) => number): number =>
    points.reduce((sum, point) => sum + of(point), 0) / points.length;
  const meanMs = meanOf(({ elapsedMs }) => elapsedMs);
  const mean = meanOf(({ value }) => value);
  let products = 0;
  let squares = 0;
  for (const { elapsedMs, value } of points) {
    products += (elapsedMs - meanMs) * (value - mean);
    squares += (elapsedMs - meanMs) ** 2;
  }
  return squares === 0 ? 0 : products / squares;
}
