import type { PageSpectrum } from '../../../model/report/page-data.js';
import type { ChartModel, LineStyle, Series, SeriesStyle, XTick } from './chart-model.js';
import { medianLine, REPEATS_NOTE, type Value } from './median-line.js';
import { lineOfRun } from './metric-series.js';
import { repeatsOf, type LabelledCell } from './time-chart.js';

export type SpectrumKind = 'response' | 'service' | 'sendLag';

interface KindStyle {
  readonly title: string;
  readonly color: number;
  readonly line: LineStyle;
}

/** The kinds in the order in which they are drawn: what is seen first lies below. */
export const SPECTRUM_KINDS: Readonly<Record<SpectrumKind, KindStyle>> = {
  response: { title: 'Response time', color: 0, line: 'solid' },
  service: { title: 'Service time', color: 1, line: 'dashed' },
  sendLag: { title: 'Send lag', color: 2, line: 'dotted' },
};

export interface SpectrumLine extends Omit<SeriesStyle, 'hasMarkers'> {
  /** What the legend turns on and off together. */
  readonly key: string;
  readonly column: string;
  /** Of all repeats, at least one. */
  readonly spectra: readonly PageSpectrum[];
}

/** All kinds of one cell; of a comparison without the service time, the candidate dashed. */
export function linesOfCell(cells: readonly LabelledCell[]): SpectrumLine[] {
  const isComparison = cells.length > 1;
  const kinds = isComparison
    ? (['response', 'sendLag'] as const)
    : (['response', 'service', 'sendLag'] as const);
  return kinds.flatMap((kind) =>
    cells.map((cell, run): SpectrumLine => {
      const { title, color, line } = SPECTRUM_KINDS[kind];
      return {
        key: title,
        column: cell.label,
        color,
        line: isComparison ? lineOfRun(run) : line,
        spectra: repeatsOf(cell).map(({ spectra }) => spectra[kind]),
      };
    }),
  );
}

const NOTE = 'What share of the requests was not slower; each step towards the right is ten times rarer.';
const NOTE_ON_BOUNDS = 'Fine dots: at least so much, as requests of that rank never ended.';

/** Latencies by percentile over one another. */
export function spectrumChart(lines: readonly SpectrumLine[]): ChartModel {
  const shares = sharesDownTo(Math.max(1, ...lines.flatMap(({ spectra }) => spectra.map(({ count }) => count))));
  const series = lines.map(({ key, column, color, line, spectra }): Series => ({
    key,
    column,
    style: { color, line, hasMarkers: false },
    ...medianLine(spectra.map((spectrum) => shares.map((share) => figureAt(spectrum, share)))),
    dots: [],
  }));
  const least = shares.at(-1) ?? 1;
  return {
    title: 'Latency by percentile',
    note: [
      NOTE,
      series.some(({ bounds }) => bounds.includes(true)) ? NOTE_ON_BOUNDS : '',
      lines.some(({ spectra }) => spectra.length > 1) ? REPEATS_NOTE : '',
    ]
      .filter(Boolean)
      .join(' '),
    x: {
      title: 'percentile',
      isLog: true,
      ticks: ticksDownTo(least),
      told: (x) => percentileName(1 / x),
      range: [1, Math.max(2, 1 / least)],
    },
    xs: shares.map((share) => 1 / share),
    panels: [{ title: 'Latency', unit: 'ms', yScale: 'log', heightPx: 320, max: null, series }],
    marks: [],
  };
}

function figureAt(spectrum: PageSpectrum, share: number): Value {
  const found = valueAt(spectrum, share);
  return found && { value: found.valueMs, isLowerBound: found.isLowerBound };
}

interface SpectrumValue {
  readonly valueMs: number;
  readonly isLowerBound: boolean;
}

/** The value that no more than this share of the requests exceeds; `null` where that is not known. */
export function valueAt(
  { count, slowerShare, valueMs, boundFrom }: PageSpectrum,
  share: number,
): SpectrumValue | null {
  // Finer than half a request there is nothing to rank: the slowest stands in the middle of its own share.
  if (count === 0 || share < 0.5 / count) return null;
  let [low, high] = [0, slowerShare.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((slowerShare[middle] ?? 0) <= share) high = middle;
    else low = middle + 1;
  }
  const value = valueMs[low];
  return value === undefined ? null : { valueMs: value, isLowerBound: low >= boundFrom };
}

const STEPS_PER_HALVING = 8;
/** Percentiles that people name stand in the chart exactly. */
const NAMED_SHARES = [0.25, 0.05, ...Array.from({ length: 9 }, (_, digits) => Number(`1e-${digits + 1}`))];

/** Shares of slower requests from 1 down to where the slowest of so many requests stands. */
export function sharesDownTo(count: number): number[] {
  const least = 0.5 / count;
  const steps = Math.floor(Math.log2(1 / least) * STEPS_PER_HALVING);
  const even = Array.from({ length: steps + 1 }, (_, step) => 2 ** (-step / STEPS_PER_HALVING));
  return [...new Set([...even, ...NAMED_SHARES, least])]
    .filter((share) => share >= least)
    .sort((a, b) => b - a);
}

function ticksDownTo(share: number): XTick[] {
  return [1, 0.5, ...NAMED_SHARES.slice(2)]
    .filter((named) => named >= share)
    .map((named) => ({ value: 1 / named, label: percentileName(named) }));
}

/** `99.9 %`: with so many digits that the share of slower requests is right within a twentieth; never 100. */
export function percentileName(slowerShare: number): string {
  const percentile = 100 * (1 - slowerShare);
  for (let decimals = 0; decimals < MOST_DECIMALS; decimals += 1) {
    const name = percentile.toFixed(decimals);
    const error = Math.abs(Number(name) - percentile) / 100;
    if (Number(name) < 100 && error <= slowerShare / 20) return `${name} %`;
  }
  return `${percentile.toFixed(MOST_DECIMALS)} %`;
}

const MOST_DECIMALS = 10;
