import type { PageCell, PageSpectrum } from '../../../model/page-data.js';
import type { ChartModel, LineStyle, Series, XTick } from './chart-model.js';

export type SpectrumKind = 'response' | 'service' | 'sendLag';

export const SPECTRUM_KINDS: Readonly<
  Record<SpectrumKind, { readonly title: string; readonly line: LineStyle }>
> = {
  response: { title: 'Response time', line: 'solid' },
  service: { title: 'Service time', line: 'dashed' },
  sendLag: { title: 'Send lag', line: 'dotted' },
};

export interface SpectrumChoice {
  /** Empty when only one cell is shown. */
  readonly name: string;
  readonly color: number;
  readonly cell: PageCell;
}

const NOTE =
  'What share of the requests was not slower, finer towards the slowest ones. Small dots with an arrow: at least so much, for those requests never ended.';

/** Latencies by percentile, of several cells over one another or of one cell's kinds. */
export function spectrumChart(
  choices: readonly SpectrumChoice[],
  kinds: readonly SpectrumKind[],
): ChartModel {
  const shares = sharesDownTo(
    Math.max(1, ...choices.flatMap(({ cell }) => kinds.map((kind) => cell.spectra[kind].count))),
  );
  const isOneCell = choices.length === 1;
  const series = choices.flatMap(({ name, color, cell }) =>
    kinds.map((kind, at): Series => {
      const { title, line } = SPECTRUM_KINDS[kind];
      const values = shares.map((share) => valueAt(cell.spectra[kind], share));
      return {
        key: isOneCell ? title : name,
        column: isOneCell || kinds.length === 1 ? '' : title,
        style: {
          color: isOneCell ? (color + at) % 10 : color,
          line: isOneCell ? 'solid' : line,
          hasMarkers: false,
        },
        values: values.map((value) => value?.valueMs ?? null),
        bounds: values.map((value) => value?.isLowerBound ?? false),
        dots: [],
      };
    }),
  );
  return {
    title: 'Latency by percentile',
    note: NOTE,
    x: {
      title: 'percentile',
      isLog: true,
      ticks: ticksDownTo(shares.at(-1) ?? 1),
      told: (x) => percentileName(1 / x),
      range: [1, Math.max(2, 1 / (shares.at(-1) ?? 1))],
    },
    xs: shares.map((share) => 1 / share),
    panels: [{ title: 'Latency', unit: 'ms', yScale: 'log', heightPx: 320, max: null, series }],
    marks: [],
  };
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

/** `99.9 %`: as many digits as the share of slower requests needs, and never 100. */
export function percentileName(slowerShare: number): string {
  const decimals = Math.max(
    0,
    Math.ceil(-Math.log10(slowerShare) - 1e-9) - (isPowerOfTen(slowerShare) ? 2 : 1),
  );
  return `${(100 * (1 - slowerShare)).toFixed(Math.min(10, decimals))} %`;
}

function isPowerOfTen(share: number): boolean {
  return Math.abs(Math.log10(share) - Math.round(Math.log10(share))) < 1e-9;
}
