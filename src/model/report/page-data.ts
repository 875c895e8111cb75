import type { Sizing } from '../results/sizing.js';
import type { VerdictState } from '../results/verdict.js';

/**
 * What the HTML report gives its own script, as JSON in the page. Columns of numbers instead of objects,
 * since it must stay small for hundreds of cells; `null` = not known.
 */
export interface PageData {
  /** One; in a comparison two, the base first. */
  readonly runs: readonly PageRun[];
  /** What charts across loads go across, as in `across rates`, and under their axis; `null` where all loads change. */
  readonly across: { readonly name: string; readonly title: string } | null;
  /** What is charted of each cell, in the order in which people look. */
  readonly metrics: readonly PageMetric[];
  /** What was good enough under every load, where a chart shows what it is about. */
  readonly limits: readonly PageLimit[];
}

/** An objective as a line across a chart. */
export interface PageLimit {
  /** As it was asked for: `p95 < 300ms`. */
  readonly text: string;
  /** The id of its metric. */
  readonly metric: string;
  /** In the unit of the metric. */
  readonly value: number;
  /** The endpoints that it is about; `null` = all. */
  readonly endpoints: readonly string[] | null;
}

export interface PageMetric {
  readonly id: string;
  readonly title: string;
  readonly unit: string;
  /** `log`: on a logarithmic axis where values lie far apart; `share`: on one that ends at 100. */
  readonly scale: 'linear' | 'log' | 'share';
}

export interface PageRun {
  /** Tells the runs of a comparison apart: `A`, `B`. */
  readonly label: string;
  readonly cells: readonly PageCell[];
}

export interface PageCell extends Sizing {
  readonly id: string;
  readonly endpoint: string;
  readonly method: string;
  readonly path: string;
  readonly repeat: number;
  /** As in titles: `1000/s`. */
  readonly load: string;
  /** Mean target rate; null where the load has no rate to reach. */
  readonly targetRps: number | null;
  /** The x of charts across loads, and what it is called; `null` where the load changes, so that the cell has no place there. */
  readonly place: { readonly x: number; readonly label: string } | null;
  readonly verdict: VerdictState;
  readonly planned: number;
  /** Planned requests that never ended: the heat-map has none of them. */
  readonly censored: number;
  /** By the id of the metric. */
  readonly metrics: Readonly<Record<string, number | null>>;
  /** The metrics that are only lower bounds. */
  readonly lowerBounds: readonly string[];
  readonly spectra: {
    readonly response: PageSpectrum;
    readonly service: PageSpectrum;
    readonly sendLag: PageSpectrum;
  };
  readonly series: PageSeries;
  /** `null` when the seconds' distributions are not there. */
  readonly heat: PageHeat | null;
}

/**
 * Columns of the same length. In long cells a point covers several seconds: counts are added up, of
 * percentiles, requests in flight and gauges the highest is kept, of gauges in per cent the mean.
 */
export interface PageSeries {
  /** How many seconds a point covers; the last one may cover fewer. */
  readonly secondsPerPoint: number;
  /** Where the last point ends. */
  readonly endSecond: number;
  /** Seconds from the opening of the window: the start of each point. */
  readonly second: readonly number[];
  readonly sent: readonly number[];
  readonly succeeded: readonly number[];
  readonly failed: readonly number[];
  readonly p50Ms: readonly (number | null)[];
  readonly p99Ms: readonly (number | null)[];
  readonly inFlight: readonly number[];
  readonly gauges: readonly PageGauge[];
  /** Length of the measured window; what comes after is the drain. */
  readonly windowSeconds: number;
}

/** The course of a gauge, in the unit in which it is shown. */
export interface PageGauge {
  readonly id: string;
  readonly title: string;
  readonly unit: string;
  readonly values: readonly (number | null)[];
}

/** Columns of the same length, from the shortest to the longest value. */
export interface PageSpectrum {
  /** Requests that are ranked. */
  readonly count: number;
  /** Share of the requests that were slower: 1 to 0, descending. What is near 1 as a quantile keeps its digits so. */
  readonly slowerShare: readonly number[];
  readonly valueMs: readonly number[];
  /** From this point on the values are lower bounds; the number of points when none is. */
  readonly boundFrom: number;
}

/** How many answers took how long, over time. */
export interface PageHeat {
  /** How much of the time axis a column covers; the last one may cover less. */
  readonly secondsPerColumn: number;
  /** Lower edges of the rows, ascending, and the upper edge of the last one. */
  readonly edgesMs: readonly number[];
  /** For each column: row, count, row, count, … */
  readonly columns: readonly (readonly number[])[];
}
