import type { CellRecord, LatencyFigures } from './run-record.js';

/** A figure of a cell; `isLowerBound` when requests that never ended touch it. */
export interface Figure {
  readonly value: number;
  readonly isLowerBound: boolean;
}

export interface CellMetric {
  readonly id: string;
  /** As in a heading: `p99 response time`. */
  readonly title: string;
  /** `ms`, `%`; empty for none. */
  readonly unit: string;
  readonly better: 'higher' | 'lower';
  /** `null` = not known. */
  of(cell: CellRecord): Figure | null;
}

const MEBIBYTE = 1024 * 1024;

/** What is charted and compared of each cell, in the order in which people look. */
export const CELL_METRICS = [
  metric('achieved', 'Achieved rate', 'req/s', 'higher', (cell) => cell.achievedRps),
  latencyMetric('p50'),
  latencyMetric('p95'),
  latencyMetric('p99'),
  metric('success', 'Success', '%', 'higher', (cell) => 100 * cell.successRate),
  metric('cpu', 'CPU of the target', '%', 'lower', ({ resources }) => resources?.cpuPercent.mean ?? null),
  metric(
    'memory',
    'Memory of the target',
    'MB',
    'lower',
    ({ resources }) => resources && resources.memoryBytes.mean / MEBIBYTE,
  ),
  metric(
    'cpu-per-request',
    'CPU for each request',
    'ms',
    'lower',
    ({ resources }) => resources?.cpuMsPerRequest ?? null,
  ),
] as const;

export type CellMetricId = (typeof CELL_METRICS)[number]['id'];

function metric<Id extends string>(
  id: Id,
  title: string,
  unit: string,
  better: CellMetric['better'],
  value: (cell: CellRecord) => number | null,
): CellMetric & { readonly id: Id } {
  const of = (cell: CellRecord): Figure | null => {
    const known = value(cell);
    return known === null ? null : { value: known, isLowerBound: false };
  };
  return { id, title, unit, better, of };
}

function latencyMetric<Id extends 'p50' | 'p95' | 'p99'>(id: Id): CellMetric & { readonly id: Id } {
  return {
    id,
    title: `Response time ${id}`,
    unit: 'ms',
    better: 'lower',
    of: ({ latencyMs }) => latencyFigure(latencyMs.response, id),
  };
}

export function latencyFigure(
  figures: LatencyFigures,
  name: Exclude<keyof LatencyFigures, 'censored' | 'lowerBounds'>,
): Figure | null {
  const value = figures[name];
  return value === null ? null : { value, isLowerBound: figures.lowerBounds.includes(name) };
}
