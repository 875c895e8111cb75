import type { PageSpectrum } from '../../model/report/page-data.js';
import type { Spectrum } from '../../model/report/report.js';
import type { LatencyFigures } from '../../model/results/operation-record.js';
import { rounded, roundedDown } from './round-figures.js';

/** As many as the tables show of a bound, which must not fall below it. */
const BOUND_DIGITS = 6;

interface Point {
  readonly slowerShare: number;
  readonly valueMs: number;
  readonly isLowerBound: boolean;
}

const NAMED_QUANTILES = { p50: 0.5, p75: 0.75, p90: 0.9, p95: 0.95, p99: 0.99, p999: 0.999, max: 1 } as const;

/** A spectrum as columns. The cell's own figures are among its points, so that both say the same. */
export function pageSpectrum({ count, points }: Spectrum, figures: LatencyFigures): PageSpectrum {
  const ascending = [...namedPoints(figures), ...points.map((point) => ofSpectrum(point))].sort(
    (a, b) => b.slowerShare - a.slowerShare,
  );
  const drawn = withoutRepetitions(ascending);
  const bound = drawn.findIndex(({ isLowerBound }) => isLowerBound);
  const boundFrom = bound === -1 ? drawn.length : bound;
  return {
    count,
    slowerShare: drawn.map(({ slowerShare }) => slowerShare),
    valueMs: drawn.map(({ valueMs }, at) =>
      at < boundFrom ? rounded(valueMs) : roundedDown(valueMs, BOUND_DIGITS),
    ),
    boundFrom,
  };
}

function ofSpectrum({ quantile, valueMs, isLowerBound }: Spectrum['points'][number]): Point {
  return { slowerShare: slowerShareAt(quantile), valueMs, isLowerBound };
}

function namedPoints(figures: LatencyFigures): Point[] {
  return Object.entries(NAMED_QUANTILES).flatMap(([name, quantile]) => {
    const valueMs = figures[name as keyof typeof NAMED_QUANTILES];
    if (valueMs === null) return [];
    return [
      { slowerShare: slowerShareAt(quantile), valueMs, isLowerBound: figures.lowerBounds.includes(name) },
    ];
  });
}

function slowerShareAt(quantile: number): number {
  return rounded(Math.max(0, 1 - quantile));
}

/** Of points at the same share the first stays: the named one. */
function withoutRepetitions(points: readonly Point[]): Point[] {
  return points.filter(({ slowerShare }, at) => slowerShare !== points[at - 1]?.slowerShare);
}
