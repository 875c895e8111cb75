import type { PageHeat } from '../../../model/report/page-data.js';

/** What a chart shows, without a word on how it is drawn. Panels lie over one another on one x axis. */
export interface ChartModel {
  /** The caption. */
  readonly title: string;
  /** How to read it, and what is left out; empty for nothing. */
  readonly note: string;
  readonly x: XAxis;
  /** Ascending; the values of every series stand at these. */
  readonly xs: readonly number[];
  readonly panels: readonly Panel[];
  /** Vertical lines that mean something, such as the end of the window. */
  readonly marks: readonly XMark[];
}

export interface XAxis {
  readonly title: string;
  readonly isLog: boolean;
  /** Where labels stand; `null` = wherever there is room for round numbers. */
  readonly ticks: readonly XTick[] | null;
  /** A value of x in the readout and in tables. */
  readonly told: (value: number) => string;
  /** Where the axis begins and ends before somebody zooms. */
  readonly range: readonly [min: number, max: number];
}

export interface XTick {
  readonly value: number;
  readonly label: string;
}

export interface XMark {
  readonly value: number;
  readonly label: string;
}

export interface Panel {
  readonly title: string;
  readonly unit: string;
  readonly yScale: 'linear' | 'log';
  readonly heightPx: number;
  /** Where the linear scale ends; `null` = a little over the highest value. */
  readonly max: number | null;
  /** Where the logarithmic scale begins [at the lowest value]. */
  readonly min?: number;
  readonly series: readonly Series[];
  readonly heat?: HeatLayer;
}

/** Counts as colours, in columns as wide as each other and rows between edges. */
export interface HeatLayer {
  readonly heat: PageHeat;
  readonly highest: number;
  /** What lies at a position of the x axis and a value; `null` outside the rows. */
  readonly told: (at: number, valueMs: number) => string | null;
}

export interface Series {
  /** What the legend turns on and off together: the endpoint. */
  readonly key: string;
  /** Tells series of one key apart in the readout: the run, the number of workers; empty for none. */
  readonly column: string;
  readonly style: SeriesStyle;
  readonly values: readonly (number | null)[];
  /** Which values are only lower bounds; empty for none. */
  readonly bounds: readonly boolean[];
  /** Single measurements around a line that is their median. */
  readonly dots: readonly Dot[];
  /** Single measurements of which the line is the median, as long as `values`, thin behind it; left out for none. */
  readonly behind?: readonly (readonly (number | null)[])[];
  /** Which values cannot be trusted; left out for none. */
  readonly invalid?: readonly boolean[];
  /** What the readout says in place of the values. */
  readonly told?: readonly (string | null)[];
}

export interface Dot {
  readonly x: number;
  readonly value: number;
  readonly isLowerBound: boolean;
}

export interface SeriesStyle {
  /** Position among the colours of series; `null` = the quiet colour of what is not a measurement. */
  readonly color: number | null;
  readonly line: LineStyle;
  readonly hasMarkers: boolean;
  /** Steps from each x to the next, filled: a histogram. */
  readonly isHistogram?: boolean;
  /** From one edge to the other, beyond the first and last x: a limit. */
  readonly isAcross?: boolean;
}

export type LineStyle = 'solid' | 'dashed' | 'dotted';

export const COLORS = 10;

/** The keys in the order in which they come first. */
export function keysOf({ panels }: ChartModel): string[] {
  return [...new Set(panels.flatMap(({ series }) => series.map(({ key }) => key)))];
}

export function columnsOf({ panels }: ChartModel): string[] {
  return [...new Set(panels.flatMap(({ series }) => series.map(({ column }) => column)))];
}
