import { formatFigure } from '../../../kernel/format.js';
import { braillePlot, type PlotSeries } from './braille-plot.js';
import type { ChartStyle } from './chart-style.js';
import { fittedRight } from './display-width.js';
import { headingOf } from './draw-bars.js';
import { linearScale, logScale } from './scale.js';

/** Values along a common horizontal axis, two for each column of the plot. */
export interface Panel {
  readonly title: string;
  readonly explanation: string;
  readonly scale: 'linear' | 'log';
  readonly series: readonly {
    readonly values: readonly (number | null)[];
    readonly shape: PlotSeries['shape'];
  }[];
  readonly rows: number;
}

/** Before the plot: the values at its top and its bottom. */
export const MARGIN_COLUMNS = 9;
const LONGEST_PLOT = 120;

export function plotColumnsOf({ width }: ChartStyle): number {
  return Math.min(LONGEST_PLOT, width - MARGIN_COLUMNS);
}

export function drawPanel(
  { title, explanation, scale: kind, series, rows }: Panel,
  style: ChartStyle,
): string[] {
  const values = series.flatMap((one) => one.values.filter((value) => value !== null));
  if (values.length === 0) return [];
  const scale = kind === 'log' ? logScale(values) : linearScale(values);
  const plotted = series.map(({ values: own, shape }) => ({
    shape,
    shares: own.map((value) => (value === null ? null : scale.at(value))),
  }));
  const lines = braillePlot(plotted, plotColumnsOf(style), rows).map((line, at) => {
    const value = at === 0 ? scale.high : at === rows - 1 ? scale.low : null;
    const label = value === null ? '' : formatFigure(value);
    return `${style.paint.dim(`${fittedRight(label, MARGIN_COLUMNS - 2)} ${value === null ? '│' : '┤'}`)}${line}`;
  });
  return [...headingOf({ title, explanation }, style), ...lines];
}
