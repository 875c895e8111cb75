import type { CellRecord } from '../results/cell-record.js';
import type { LatencyFigures } from '../results/operation-record.js';
import { exact } from './exact.js';
import type { Figure, FigureDefinition, FigureSource, Outputs } from './figure.js';
import { COUNT, MILLISECONDS } from './units.js';

export type LatencyName = Exclude<keyof LatencyFigures, 'censored' | 'lowerBounds'>;
type Stamp = keyof CellRecord['latencyMs'];

/** In the order of the record. */
const NAMES = ['min', 'mean', 'stdev', 'p50', 'p75', 'p90', 'p95', 'p99', 'p999', 'max'] as const;

const QUANTILES: Partial<Record<LatencyName, string>> = {
  min: '0.0',
  p50: '0.5',
  p75: '0.75',
  p90: '0.9',
  p95: '0.95',
  p99: '0.99',
  p999: '0.999',
  max: '1.0',
};

export function latencyFigure(figures: LatencyFigures, name: LatencyName): Figure | null {
  const value = figures[name];
  return value === null ? null : { value, isLowerBound: figures.lowerBounds.includes(name) };
}

interface StampWords {
  /** Before the names of its figures: `service.`. */
  readonly prefix: string;
  readonly title: string;
  /** What its metrics say; left out where it has none. */
  readonly metric?: { readonly place: number; readonly help: string };
}

type Extra = Pick<FigureDefinition, 'leastPlanned'> & Outputs;

/** All figures of one kind of latency; `extras` says where some of them are shown beside CSV and OpenMetrics. */
export function latencyFigures(
  stamp: Stamp,
  words: StampWords,
  extras: Partial<Record<LatencyName | 'censored', Extra>> = {},
): FigureDefinition[] {
  const { prefix, title } = words;
  const named = NAMES.map((name): FigureDefinition => ({
    id: `${prefix}${name}`,
    title: `${title} ${name}`,
    unit: MILLISECONDS,
    better: 'lower',
    csv: `latencyMs.${stamp}.${name}`,
    ...metricOf(stamp, name, words),
    storedOf: ({ latencyMs }: FigureSource) => {
      const figures = latencyMs[stamp];
      return figures === undefined ? null : latencyFigure(figures, name);
    },
    ...extras[name],
  }));
  const censored: FigureDefinition = {
    id: `${prefix}censored`,
    title: `${title}, not ended`,
    unit: COUNT,
    better: 'lower',
    csv: `latencyMs.${stamp}.censored`,
    storedOf: ({ latencyMs }) => exact(latencyMs[stamp]?.censored),
    ...extras.censored,
  };
  return [...named, censored];
}

function metricOf(stamp: Stamp, name: LatencyName, { metric }: StampWords): Outputs {
  if (metric === undefined) return {};
  const { place, help } = metric;
  const family = stamp.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  const quantile = QUANTILES[name];
  if (quantile !== undefined) return { metric: [`${family}_seconds`, place, `${help}.`, { quantile }] };
  return name === 'mean'
    ? { metric: [`${family}_mean_seconds`, place + 1, `Mean. ${help}.`] }
    : { metric: [`${family}_stdev_seconds`, place + 2, `Standard deviation. ${help}.`] };
}
