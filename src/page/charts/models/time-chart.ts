import type { PageCell, PageGauge, PageSeries } from '../../../model/report/page-data.js';
import type { ChartModel, LineStyle, Panel, Series, XMark } from './chart-model.js';
import { medianLine, REPEATS_NOTE, type Value } from './median-line.js';
import { lineOfRun } from './metric-series.js';
import { tickLabel } from './told-values.js';

/** A cell of a run; in a comparison the same cell of both, the base first. */
export interface LabelledCell {
  /** Empty when there is but one run. */
  readonly label: string;
  readonly cell: PageCell;
  /** All measurements of it, of which `cell` is one; left out where that is the only one. */
  readonly repeats?: readonly PageCell[];
}

export function repeatsOf({ cell, repeats = [cell] }: LabelledCell): readonly PageCell[] {
  return repeats;
}

const PANEL_PX = 110;
/** Colours that mean the same in each chart of a cell. */
const COLOR = { sent: 8, succeeded: 2, failed: 1, p50: 0, p99: 3, inFlight: 4 } as const;

/** Of CPU, memory and further gauges, each in a panel of its own. */
const GAUGE_COLORS = [6, 9, 5, 7] as const;

/** What happened second by second: rate, latency, requests in flight and gauges on one time axis. */
export function timeChart(cells: readonly LabelledCell[]): ChartModel {
  const all = cells.flatMap((cell) => repeatsOf(cell)).map(({ series }) => series);
  const xs = [...new Set(all.flatMap(middlesOf))].sort((a, b) => a - b);
  const line = (
    key: string,
    color: number,
    values: (series: PageSeries) => readonly (number | null)[],
  ): Series[] =>
    cells.map((cell, run) =>
      seriesOf(xs, cell, { key, label: cell.label, color, line: lineOfRun(run) }, values),
    );
  const panel = (title: string, unit: string, series: readonly Series[]): Panel => ({
    title,
    unit,
    yScale: 'linear',
    heightPx: PANEL_PX,
    max: null,
    series,
  });
  return {
    title: 'Over time',
    note: noteOnTime(cells),
    x: {
      title: 'seconds from the opening of the window',
      isLog: false,
      ticks: null,
      told: (middle) => toldSeconds(middle, cells[0]?.cell.series.secondsPerPoint ?? 1),
      range: [0, Math.max(1, ...all.map(({ endSecond }) => endSecond))],
    },
    xs,
    panels: [
      panel('Rate', '/s', [
        ...line('sent', COLOR.sent, (series) => perSecond(series, series.sent)),
        ...line('succeeded', COLOR.succeeded, (series) => perSecond(series, series.succeeded)),
        ...line('failed', COLOR.failed, (series) => perSecond(series, series.failed)),
      ]),
      panel('Response time', 'ms', [
        ...line('p50', COLOR.p50, ({ p50Ms }) => p50Ms),
        ...line('p99', COLOR.p99, ({ p99Ms }) => p99Ms),
      ]),
      panel(
        'In flight',
        '',
        line('in flight', COLOR.inFlight, ({ inFlight }) => inFlight),
      ),
      ...gaugesOf(cells).map(({ id, title, unit }, at) =>
        panel(
          title,
          unit,
          line(inSentence(title), GAUGE_COLORS[at % GAUGE_COLORS.length] ?? 0, ({ gauges }) =>
            valuesOf(gauges, id),
          ),
        ),
      ),
    ].filter(({ series }) => series.some(({ values }) => values.some((value) => value !== null))),
    marks: windowEnds(cells),
  };
}

/** Those of any of the cells, by their id. */
function gaugesOf(cells: readonly LabelledCell[]): PageGauge[] {
  const all = cells.flatMap((cell) => repeatsOf(cell)).flatMap(({ series }) => series.gauges);
  return [...new Map(all.toReversed().map((gauge) => [gauge.id, gauge])).values()].reverse();
}

function valuesOf(gauges: readonly PageGauge[], id: string): PageGauge['values'] {
  return gauges.find((gauge) => gauge.id === id)?.values ?? [];
}

/** `memory`, but `CPU`. */
function inSentence(title: string): string {
  return /^\p{Lu}\p{Ll}/u.test(title) ? title.charAt(0).toLowerCase() + title.slice(1) : title;
}

interface Look {
  readonly key: string;
  readonly label: string;
  readonly color: number;
  readonly line: LineStyle;
}

function seriesOf(
  xs: readonly number[],
  cell: LabelledCell,
  { key, label, color, line }: Look,
  values: (series: PageSeries) => readonly (number | null)[],
): Series {
  return {
    key,
    column: label,
    style: { color, line, hasMarkers: false },
    ...medianLine(repeatsOf(cell).map(({ series }) => valuesAt(xs, series, values(series)))),
    dots: [],
  };
}

function valuesAt(xs: readonly number[], series: PageSeries, column: readonly (number | null)[]): Value[] {
  const byMiddle = new Map(middlesOf(series).map((middle, at) => [middle, column[at] ?? null]));
  return xs.map((middle) => {
    const value = byMiddle.get(middle) ?? null;
    return value === null ? null : { value, isLowerBound: false };
  });
}

/** A point stands in the middle of what it covers. */
function middlesOf({ second, secondsPerPoint }: PageSeries): number[] {
  return second.map((start) => start + secondsPerPoint / 2);
}

/** Counts of points that cover several seconds, for one of these. */
export function perSecond({ second, endSecond }: PageSeries, counts: readonly number[]): number[] {
  return counts.map((count, at) => count / Math.max(1, (second[at + 1] ?? endSecond) - (second[at] ?? 0)));
}

/** Where the measured window ends, if anything came after it. */
export function windowEnds(cells: readonly LabelledCell[]): XMark[] {
  const [first] = cells;
  if (!first) return [];
  const { windowSeconds, endSecond } = first.cell.series;
  return endSecond > windowSeconds ? [{ value: windowSeconds, label: 'end of the window' }] : [];
}

function toldSeconds(middle: number, secondsPerPoint: number): string {
  const start = Math.round(middle - secondsPerPoint / 2);
  return secondsPerPoint === 1 ? `second ${start}` : `seconds ${start} to ${start + secondsPerPoint - 1}`;
}

function hasFurther(cells: readonly LabelledCell[]): boolean {
  return gaugesOf(cells).some(({ id }) => !id.startsWith('target.'));
}

function knowsTarget({ gauges }: PageSeries): boolean {
  return gauges.some(({ id, values }) => id.startsWith('target.') && values.some((value) => value !== null));
}

function noteOnTime(cells: readonly LabelledCell[]): string {
  const secondsPerPoint = cells[0]?.cell.series.secondsPerPoint ?? 1;
  return [
    'Answers count in the second in which they came.',
    windowEnds(cells).length === 0
      ? ''
      : 'The dotted line is the end of the window: after it nothing new is due.',
    secondsPerPoint === 1
      ? ''
      : `A point covers ${tickLabel(secondsPerPoint)} seconds: rate and CPU are their mean; of percentiles, requests in flight and memory it is the highest.${hasFurther(cells) ? ' Of further gauges, those in per cent are the mean, the others the highest.' : ''}`,
    cells.some(({ cell }) => !knowsTarget(cell.series))
      ? 'CPU and memory are not known: the process of the target was not found.'
      : '',
    cells.some((cell) => repeatsOf(cell).length > 1) ? REPEATS_NOTE : '',
  ]
    .filter(Boolean)
    .join(' ');
}
